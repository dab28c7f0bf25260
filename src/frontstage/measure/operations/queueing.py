"""Queues of calls: Erlang B, C and A.

Arrivals are Poisson at ``rate`` per unit of time, a call takes ``handling`` on average (exponential), and for
Erlang A a caller's patience is exponential with mean ``patience``; all in the same unit of time.
Sources: Erlang (1917) for B and C; Palm (1957), in Tele, and Garnett, Mandelbaum & Reiman (2002),
Manufacturing & Service Operations Management 4, for A; Gans, Koole & Mandelbaum (2003), in volume 5 of the
same, on all of them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import integrate

from frontstage.measure.errors import MeasureError


@dataclass(frozen=True)
class QueueState:
    """Steady state. Shares 0 to 1, times in the caller's unit.

    ``service_level`` is the share of all calls answered within the target; ``mean_wait`` is over all calls,
    served or not.
    """

    agents: int
    load: float
    occupancy: float
    wait_probability: float
    mean_wait: float
    service_level: float
    abandoned: float


def erlang_b(load: float, agents: int) -> float:
    """Share of calls blocked with ``agents`` lines and no queue: B(n) = aB(n−1)/(n + aB(n−1)), B(0) = 1."""
    _check(load, agents)
    blocked = 1.0
    for n in range(1, agents + 1):
        blocked = load * blocked / (n + load * blocked)
    return blocked


def erlang_c_wait_probability(load: float, agents: int) -> float:
    """Share of calls that wait: C = B/(1 − ρ(1 − B)), ρ = load/agents; 1 when the load is not below the
    agents.
    """
    if load >= agents:
        _check(load, agents)
        return 1.0
    blocked = erlang_b(load, agents)
    return blocked / (1.0 - load / agents * (1.0 - blocked))


def erlang_c(rate: float, handling: float, agents: int, target: float) -> QueueState:
    """M/M/n without abandonment: service level 1 − C·exp(−(n − a)·T/h), mean wait C·h/(n − a).

    A queue whose load is not below its agents grows without end: wait infinite, service level 0.
    """
    check_times(rate, handling, target)
    load = rate * handling
    waits = erlang_c_wait_probability(load, agents)
    spare = agents - load
    if spare <= 0:
        return QueueState(agents, load, 1.0, 1.0, math.inf, 0.0, 0.0)
    level = 1.0 - waits * math.exp(-spare * target / handling)
    return QueueState(agents, load, load / agents, waits, waits * handling / spare, level, 0.0)


def erlang_a(rate: float, handling: float, patience: float, agents: int, target: float) -> QueueState:
    """M/M/n+M: as Erlang C, but a caller gives up after an exponential patience. Always stable.

    With λ = rate, μ = 1/handling, θ = 1/patience, the wait V that an endlessly patient caller would meet has
    the density λ·e^H(t)/N for t > 0, H(t) = λ/θ·(1 − e^(−θt)) − nμt, N = 1/B(n−1) + λJ(0), where B is Erlang
    B's blocking and J(t) = ∫_t^∞ e^H. Hence P(wait) = λJ(0)/N; abandoned = (1 + (λ − nμ)J(0))/N; served after
    more than T: ∫_T^∞ λe^(−θt)e^H(t) dt / N = (nμJ(T) − e^H(T))/N, by parts.
    Source: Zeltyn & Mandelbaum (2005), Queueing Systems 51, for patience of any distribution.
    """
    check_times(rate, handling, target)
    if not 0 < patience < math.inf:
        raise MeasureError("patience", "The patience must be above 0.", "Give the mean time to hanging up.")
    load = rate * handling
    _check(load, agents)
    if agents == 0:
        return QueueState(0, load, 1.0, 1.0, patience, 0.0, 1.0)
    if rate == 0:
        return QueueState(agents, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0)
    mu, theta = 1.0 / handling, 1.0 / patience
    blocked = erlang_b(load, agents - 1)
    if blocked < 1e-290:  # so many agents that no call ever waits
        return QueueState(agents, load, load / agents, 0.0, 0.0, 1.0, 0.0)
    # All of N, J and e^H are divided by the integrand's height, which overflows under a great overload.
    log_height = max(_exponent(_peak(rate, mu, theta, agents), rate, mu, theta, agents), 0.0)
    unit = math.exp(-log_height)
    whole = _patience_integral(rate, mu, theta, agents, 0.0, log_height)
    total = unit / blocked + rate * whole
    abandoned = (unit + (rate - agents * mu) * whole) / total
    beyond = _patience_integral(rate, mu, theta, agents, target, log_height)
    at_target = math.exp(_exponent(target, rate, mu, theta, agents) - log_height)
    served_later = (agents * mu * beyond - at_target) / total
    answered = 1.0 - abandoned
    return QueueState(
        agents=agents,
        load=load,
        occupancy=min(load * answered / agents, 1.0),
        wait_probability=rate * whole / total,
        mean_wait=abandoned / theta,  # rate of abandonment = θ · mean number waiting (Little)
        service_level=max(answered - served_later, 0.0),
        abandoned=abandoned,
    )


def _exponent(x: float, rate: float, mu: float, theta: float, agents: int) -> float:
    return rate / theta * -math.expm1(-theta * x) - agents * mu * x


def _peak(rate: float, mu: float, theta: float, agents: int) -> float:
    return math.log(rate / (agents * mu)) / theta if rate > agents * mu else 0.0


def _patience_integral(
    rate: float, mu: float, theta: float, agents: int, start: float, log_height: float
) -> float:
    """∫_start^∞ exp(H(x) − log_height) dx, by quadrature in pieces that widen away from the peak."""
    peak = max(_peak(rate, mu, theta, agents), start)
    slope = abs(rate * math.exp(-theta * peak) - agents * mu)
    width = min(1.0 / math.sqrt(rate * theta), 1.0 / slope if slope > 0 else math.inf)
    points = sorted({max(peak + k * width, start) for k in (-60, -20, -8, -3, -1, 0, 1, 3, 8, 20, 60, 200)})
    points = [start, *points] if points[0] > start else points

    def height(x: float) -> float:
        return math.exp(_exponent(x, rate, mu, theta, agents) - log_height)

    pieces = zip(points, [*points[1:], math.inf], strict=True)
    return float(sum(integrate.quad(height, a, b, limit=200)[0] for a, b in pieces))


def _check(load: float, agents: int) -> None:
    if not (0 <= load < math.inf and 0 <= agents < math.inf) or int(agents) != agents:
        raise MeasureError(
            "queue", f"A load of {load} and {agents} agents make no queue.", "Give 0 or more, whole agents."
        )


def check_times(rate: float, handling: float, target: float) -> None:
    """Refuse times that make no queue."""
    if not (0 <= rate < math.inf and 0 < handling < math.inf and target >= 0):
        raise MeasureError(
            "queue",
            f"A rate of {rate}, handling of {handling} and target of {target} make no queue.",
            "Give a rate and a target of 0 or more and a handling time above 0, all in one unit of time.",
        )
