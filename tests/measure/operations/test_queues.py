"""Erlang B, C and A and staffing against published figures, a peer's, and the process itself."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from frontstage.measure.errors import MeasureError
from frontstage.measure.operations.queueing import (
    erlang_a,
    erlang_b,
    erlang_c,
    erlang_c_wait_probability,
)
from frontstage.measure.operations.staffing import agents_needed, rostered


@pytest.mark.parametrize(
    ("a", "n", "b"), [(10, 10, 0.21458), (5, 10, 0.01838), (1, 1, 0.5), (20, 30, 0.00846)]
)
def test_erlang_b_agrees_with_the_definition_and_the_published_tables(a: float, n: int, b: float) -> None:
    terms = [a**k / math.factorial(k) for k in range(n + 1)]
    assert erlang_b(a, n) == pytest.approx(terms[-1] / sum(terms))
    assert erlang_b(a, n) == pytest.approx(b, abs=5e-6)


def steady_state(rate: float, handling: float, patience: float, n: int, size: int = 1500) -> np.ndarray:
    """Number in the system from the birth and death rates themselves."""
    death = np.minimum(np.arange(1, size), n) / handling + np.maximum(np.arange(1, size) - n, 0) / patience
    logs = np.concatenate([[0.0], np.cumsum(np.log(rate) - np.log(death))])
    weights = np.exp(logs - logs.max())
    return weights / weights.sum()


def served_in_time(rate: float, handling: float, patience: float, n: int, target: float) -> float:
    """Service level by Kolmogorov's equations: a caller behind k others, each step served or given up."""
    p = steady_state(rate, handling, patience, n, n + 250)
    depth = 250
    mu, theta = n / handling, 1 / patience
    generator = np.zeros((depth + 1, depth + 1))  # states 0..depth−1 ahead; depth: served
    for ahead in range(depth):
        leave = mu + ahead * theta
        generator[ahead, ahead] = -(leave + theta)
        generator[ahead, ahead - 1 if ahead else depth] += leave
    served = expm(generator * target)[:depth, depth]
    return float(p[:n].sum() + p[n : n + depth] @ served[: len(p) - n])


@pytest.mark.parametrize(
    ("rate", "patience", "n"), [(2.0, 2.0, 8), (2.0, 1.0, 6), (3.0, 5.0, 9), (0.5, 3.0, 2)]
)
def test_erlang_a_agrees_with_the_birth_and_death_process(rate: float, patience: float, n: int) -> None:
    handling, target = 3.0, 0.4
    p = steady_state(rate, handling, patience, n)
    waiting = float(np.maximum(np.arange(p.size) - n, 0) @ p)
    found = erlang_a(rate, handling, patience, n, target)
    assert found.wait_probability == pytest.approx(p[n:].sum(), abs=1e-9)
    assert found.abandoned == pytest.approx(waiting / patience / rate, abs=1e-9)
    assert found.mean_wait == pytest.approx(waiting / rate, abs=1e-9)
    assert found.service_level == pytest.approx(served_in_time(rate, handling, patience, n, target), abs=1e-7)


def test_endless_patience_is_erlang_c() -> None:
    patient, c = erlang_a(2.0, 3.0, 1e6, 8, 0.5), erlang_c(2.0, 3.0, 8, 0.5)
    assert patient.service_level == pytest.approx(c.service_level, abs=1e-4)
    assert patient.mean_wait == pytest.approx(c.mean_wait, rel=1e-3)


def test_erlang_c_agrees_with_its_sum_and_grows_without_end_when_overloaded() -> None:
    a, n = 6.0, 8
    queue = a**n / math.factorial(n) * n / (n - a)
    wanted = queue / (sum(a**k / math.factorial(k) for k in range(n)) + queue)
    assert erlang_c_wait_probability(a, n) == pytest.approx(wanted)
    assert erlang_c(4, 3, 10, 0.3).mean_wait == math.inf


def test_the_published_staffing_example_needs_fourteen_agents() -> None:
    """100 calls of 3 minutes in half an hour, 80 % in 20 s: 14 agents, 88.8 %, 7.8 s (callcentrehelper)."""
    found = agents_needed(100 / 1800, 180, 20, 0.8)
    assert found.agents == 14
    assert found.service_level == pytest.approx(0.888, abs=0.001)
    assert found.mean_wait == pytest.approx(7.8, abs=0.1)


@settings(max_examples=25, deadline=None)
@given(rate=st.floats(0.2, 20), handling=st.floats(0.5, 6), patience=st.floats(0.5, 20))
def test_no_fewer_agents_would_do_and_impatience_never_needs_more(
    rate: float, handling: float, patience: float
) -> None:
    needed = agents_needed(rate, handling, 0.33, 0.8, patience)
    assert (
        needed.agents == 1 or erlang_a(rate, handling, patience, needed.agents - 1, 0.33).service_level < 0.8
    )
    assert needed.agents <= agents_needed(rate, handling, 0.33, 0.8).agents


@pytest.mark.parametrize(
    ("calls", "minutes", "interval", "target", "share", "agents", "level", "waits"),
    [
        (100, 3, 30, 1 / 3, 0.8, 14, 0.8883500191794669, 0.1741319335950498),
        (400, 4.5, 60, 0.25, 0.9, 38, 0.9282422359913397, 0.11191509488362869),
        (12, 10, 60, 1, 0.8, 4, 0.8576120429429597, 0.17391304347826084),
    ],
)
def test_staffing_without_abandonment_agrees_with_pyworkforce(
    calls: float,
    minutes: float,
    interval: float,
    target: float,
    share: float,
    agents: int,
    level: float,
    waits: float,
) -> None:
    """Figures of pyworkforce 0.5.1, ErlangC.required_positions, run once."""
    found = agents_needed(calls / interval, minutes, target, share)
    assert found.agents == agents
    assert (found.service_level, found.wait_probability) == pytest.approx((level, waits), rel=1e-12)


def test_the_published_comparison_with_and_without_abandonment_comes_out() -> None:
    """Mandelbaum & Zeltyn, The Palm/Erlang-A queue: 48 calls a minute, 1 min each, 50 agents, patience 2 min.

    Without abandonment a mean wait of 20.8 s and 96 % busy; with it 3.7 s, 3.1 % abandon, 93 % busy.
    """
    c, a = erlang_c(48 / 60, 60, 50, 20), erlang_a(48 / 60, 60, 120, 50, 20)
    assert (round(c.mean_wait, 1), round(c.occupancy, 2)) == (20.8, 0.96)
    assert (round(a.mean_wait, 1), round(a.abandoned, 3), round(a.occupancy, 2)) == (3.7, 0.031, 0.93)


@settings(max_examples=25, deadline=None)
@given(rate=st.floats(0.2, 10), handling=st.floats(0.5, 6), patience=st.floats(0.5, 20))
def test_every_promise_is_kept_and_one_agent_fewer_would_break_one(
    rate: float, handling: float, patience: float
) -> None:
    limits = {"longest_wait": 0.2, "most_abandoned": 0.03, "highest_occupancy": 0.85}
    found = agents_needed(rate, handling, 0.33, 0.8, patience, **limits)

    def kept(agents: int) -> bool:
        s = erlang_a(rate, handling, patience, agents, 0.33)
        promised = s.mean_wait <= 0.2 and s.abandoned <= 0.03 and s.occupancy <= 0.85
        return promised and s.service_level >= 0.8

    assert kept(found.agents) and (found.agents == 1 or not kept(found.agents - 1))


@settings(max_examples=25, deadline=None)
@given(rate=st.floats(0.2, 20), handling=st.floats(0.5, 6), patience=st.floats(0.5, 20), n=st.integers(1, 40))
def test_another_agent_never_makes_a_queue_worse(
    rate: float, handling: float, patience: float, n: int
) -> None:
    few, more = (erlang_a(rate, handling, patience, agents, 0.33) for agents in (n, n + 1))
    assert more.service_level >= few.service_level - 1e-9
    assert more.abandoned <= few.abandoned + 1e-9 and more.mean_wait <= few.mean_wait + 1e-9


def test_a_roster_has_room_for_breaks_and_leave() -> None:
    assert rostered(14, 0.3) == 20 and rostered(7, 0.3) == 10 and rostered(5, 0) == 5
    with pytest.raises(MeasureError):
        rostered(5, 1)
