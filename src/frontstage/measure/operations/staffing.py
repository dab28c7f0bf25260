"""How many agents: the fewest that keep every promise made to callers, and to agents."""

from __future__ import annotations

import math

from frontstage.measure.errors import MeasureError
from frontstage.measure.operations.queueing import QueueState, check_times, erlang_a, erlang_c

MOST_AGENTS = 100_000


def agents_needed(
    rate: float,
    handling: float,
    target: float,
    share: float,
    patience: float | None = None,
    *,
    longest_wait: float = math.inf,
    most_abandoned: float = 1.0,
    highest_occupancy: float = 1.0,
) -> QueueState:
    """The fewest agents that answer ``share`` of all calls within ``target``; Erlang A when patience is given.

    Also, where given: mean wait at most ``longest_wait``, share of callers who give up at most
    ``most_abandoned`` (Erlang A only; nobody does in Erlang C), agents busy at most ``highest_occupancy``.
    Each of these improves with every further agent, so halving finds the first number that keeps them all.
    Times and sources as in ``queueing``. Raises MeasureError where 100,000 agents would not do.
    """
    check_times(rate, handling, target)
    if not 0 < share < 1:
        raise MeasureError("share", f"The service level {share} is not between 0 and 1.", "Give it as 0.8.")
    if not (longest_wait > 0 and 0 < most_abandoned <= 1 and 0 < highest_occupancy <= 1):
        raise MeasureError(
            "staffing_limits",
            "The longest wait, the share abandoned and the occupancy must be above 0, the shares at most 1.",
            "Give 5 % as 0.05.",
        )

    def state(agents: int) -> QueueState:
        if patience is None:
            return erlang_c(rate, handling, agents, target)
        return erlang_a(rate, handling, patience, agents, target)

    def enough(agents: int) -> bool:
        found = state(agents)
        return (
            found.service_level >= share
            and found.mean_wait <= longest_wait
            and found.abandoned <= most_abandoned
            and found.occupancy <= highest_occupancy
        )

    high = max(1, math.ceil(min(rate * handling, 2.0 * MOST_AGENTS)))
    while not enough(high):
        high *= 2
        if high > MOST_AGENTS:
            raise MeasureError(
                "too_many_agents", "More than 100,000 agents would be needed.", "Check the units."
            )
    low = 0
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return state(high)


def rostered(agents: int, shrinkage: float) -> int:
    """Agents on the roster so that ``agents`` are at their places: ⌈agents/(1 − shrinkage)⌉.

    ``shrinkage`` is the share of paid time in breaks, training, leave and illness.
    """
    if agents < 0 or not 0 <= shrinkage < 1:
        raise MeasureError("shrinkage", f"A shrinkage of {shrinkage} cannot be.", "Give 30 % as 0.3.")
    return math.ceil(agents / (1 - shrinkage) - 1e-9)
