"""What the customers of the story answer: it follows from what happened on their cases."""

from __future__ import annotations

import datetime as dt
from random import Random

# dimension -> (expectation, perception) of a case that went well, on the scale 1 to 7
BASE = {
    "tangibles": (5.6, 5.5),
    "reliability": (6.5, 5.9),
    "responsiveness": (6.4, 5.3),
    "assurance": (6.2, 5.9),
    "empathy": (5.9, 5.3),
}
# What a broken promise costs, by dimension.
COST = {"tangibles": 0.1, "reliability": 1.2, "responsiveness": 1.7, "assurance": 0.5, "empathy": 0.4}
# Before the initiative on empathy (times agreed with the customer) the times suited her less.
EMPATHY_BEFORE = 0.9


def _score(chance: Random, mean: float, spread: float) -> int:
    return min(max(round(chance.gauss(mean, spread)), 1), 7)


def answers(
    chance: Random,
    *,
    items: list[tuple[str, str]],
    broken: int,
    district: str,
    closed: dt.datetime,
    improved: dt.datetime,
) -> tuple[dict[str, tuple[int, int]], int]:
    """Item code -> (expectation, perception), and the overall rating."""
    mood = chance.gauss(0, 0.55)
    pairs = {}
    for code, dimension in items:
        expected, perceived = BASE[dimension]
        perceived -= COST[dimension] * min(broken, 2) * 0.8
        if dimension == "empathy" and closed < improved:
            perceived -= EMPATHY_BEFORE
        if district == "northgate":
            perceived -= 0.25
        pairs[code] = (_score(chance, expected, 0.7), _score(chance, perceived + mood, 0.85))
    mean = sum(p for _, p in pairs.values()) / len(pairs)
    return pairs, _score(chance, mean, 0.5)
