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


# The index: question -> (mean of a case that went well, weight of its factor's own mood), on the scale 1 to 10.
EXPECTED, MET, WORTH, CONTENT, ANNOYED, LOYAL = 7.6, 7.9, 7.1, 7.7, 2.7, 7.4
# What single questions add: reaching us is a weak point, supply and safety a strong one.
QUESTION = {
    "qua_reach": -0.8,
    "qua_inform": -0.9,
    "qua_supply": 0.7,
    "val_price": -0.5,
    "sat_ideal": -0.4,
    "loy_more": -0.6,
}
# What a broken promise costs; time is where it hurts.
BROKEN, BROKEN_ON_TIME = 1.5, 0.9


def index_answers(
    chance: Random, *, questions: list[tuple[str, str]], broken: int, district: str, closed: dt.datetime, improved: dt.datetime
) -> dict[str, int]:  # fmt: skip
    """Question -> mark from 1 to 10, along the causes: expectation moves quality, both move value, all move
    satisfaction, which moves complaints and loyalty.
    """
    expectation = chance.gauss(0, 1.0)
    quality = 0.75 * expectation + chance.gauss(0, 0.9) - BROKEN * min(broken, 2)
    quality -= 0.5 if district == "northgate" else 0.0
    quality -= 0.45 if closed < improved else 0.0
    value = 0.2 * expectation + 0.55 * quality + chance.gauss(0, 0.8)
    satisfaction = 0.1 * expectation + 0.6 * quality + 0.25 * value + chance.gauss(0, 0.5)
    complaints = -0.8 * satisfaction + chance.gauss(0, 0.7)
    loyalty = 0.75 * satisfaction - 0.15 * complaints + chance.gauss(0, 0.7)
    level = {
        "expectation": EXPECTED + expectation,
        "quality": MET + quality,
        "value": WORTH + value,
        "satisfaction": CONTENT + satisfaction,
        "complaints": ANNOYED + complaints,
        "loyalty": LOYAL + loyalty,
    }
    marks = {}
    for question, factor in questions:
        mean = level[factor] + QUESTION.get(question, 0.0)
        mean -= BROKEN_ON_TIME * min(broken, 1) if question == "qua_time" else 0.0
        marks[question] = min(max(round(chance.gauss(mean, 0.8)), 1), 10)
    return marks
