"""Scores, service levels, queues and order quantities against published figures and direct solutions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from frontstage.measure.errors import MeasureError
from frontstage.measure.operations.inventory import economic_order_quantity
from frontstage.measure.operations.staffing import agents_needed
from frontstage.measure.operations.queueing import (
    erlang_a,
    erlang_b,
    erlang_c,
    erlang_c_wait_probability,
)
from frontstage.measure.operations.satisfaction_scores import (
    effort_score,
    promoter_score,
    promoter_score_of,
    satisfied_share,
)
from frontstage.measure.operations.service_level import CallCounts, service_levels


def test_the_promoter_scores_interval_is_that_of_a_variable_of_one_zero_and_minus_one() -> None:
    found = promoter_score(50, 30, 20)
    values = np.repeat([100, 0, -100], [50, 30, 20])
    half = stats.norm.ppf(0.975) * values.std() / 10
    assert found.score is not None
    assert (found.score.estimate, found.score.low, found.score.high) == pytest.approx(
        (30, 30 - half, 30 + half)
    )


def test_answers_of_zero_to_ten_fall_into_their_groups() -> None:
    found = promoter_score_of([0, 6, 7, 8, 9, 10, np.nan])
    assert (found.promoters, found.passives, found.detractors) == (2, 2, 2)
    with pytest.raises(MeasureError, match="off the scale"):
        promoter_score_of([11])


def test_the_satisfied_share_has_scipys_wilson_interval() -> None:
    found = satisfied_share([5] * 40 + [4] * 30 + [2] * 10)
    limits = stats.binomtest(70, 80).proportion_ci(method="wilson")
    assert found is not None
    assert (found.estimate, found.low, found.high) == pytest.approx((70 / 80, limits.low, limits.high))


def test_the_effort_score_has_scipys_t_interval() -> None:
    found, limits = effort_score([1, 5, 6, 7, 7]), stats.ttest_1samp([1, 5, 6, 7, 7], 0).confidence_interval()
    assert found is not None and (found.low, found.high) == pytest.approx((limits.low, limits.high))
    assert effort_score([]) is None


def test_four_formulas_give_four_service_levels_of_the_same_calls() -> None:
    calls = CallCounts(answered=90, answered_in_time=72, abandoned=10, abandoned_in_time=4)
    found = service_levels(calls)
    assert calls.answer_rate == 0.9
    assert found.abandons_count_as_met == 0.76
    assert found.of_answered == 0.80
    assert found.of_offered == 0.72
    assert found.early_abandons_left_out == 0.75


def test_calls_that_cannot_be_are_refused_and_none_give_none() -> None:
    with pytest.raises(MeasureError):
        CallCounts(1, 2, 0, 0)
    assert service_levels(CallCounts(0, 0, 0, 0)).of_offered is None


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
    from scipy.linalg import expm

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


def test_the_order_quantity_is_the_textbooks() -> None:
    found = economic_order_quantity(1200, 50, 6)
    assert (round(found.quantity, 2), round(found.cost, 2)) == (141.42, 848.53)
    with pytest.raises(MeasureError):
        economic_order_quantity(1200, 50, 0)
