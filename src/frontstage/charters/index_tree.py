"""What the satisfaction index of a charter says of itself: a tree whose every leaf is a question, each asked once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from frontstage.charters.meaning import codes, names_problem, twice
from frontstage.foundation.placed_yaml import Path, Problem, Reading
from frontstage.satisfaction.public import FACTORS

AT: Path = ("survey", "index")


def index_problems(reading: Reading) -> Iterator[Problem]:
    """Mistakes of the index's questions, tree and study; none where the charter has no index."""
    survey = reading.data.get("survey") if isinstance(reading.data, dict) else None
    if not survey or not survey.get("index"):
        return
    index = survey["index"]
    instrument = index["instrument"]
    yield from twice(reading, (*AT, "instrument", "items"), [item["code"] for item in instrument["items"]])
    if instrument.get("minimum", 1) >= instrument.get("maximum", 10):
        yield reading.problem(
            (*AT, "instrument", "maximum"),
            "The scale runs backwards.",
            "The maximum must exceed the minimum.",
        )
    yield from _factors(reading, index)
    yield from _leaves(reading, index)
    yield from _asked(reading, survey)


def _factors(reading: Reading, index: dict[str, Any]) -> Iterator[Problem]:
    found = [factor["code"] for factor in index["factors"]]
    yield from twice(reading, (*AT, "factors"), found)
    missing = [code for code in FACTORS if code not in found]
    if missing:
        yield reading.problem(
            (*AT, "factors"), f"The index lacks {', '.join(missing)}.", "Add it: an index has six factors."
        )
    yield from twice(
        reading,
        (*AT, "factors"),
        [indicator["code"] for factor in index["factors"] for indicator in factor["indicators"]],
    )


def _leaves(reading: Reading, index: dict[str, Any]) -> Iterator[Problem]:
    """A leaf without a question, a question without a leaf, a question on two leaves."""
    ratings = [item["code"] for item in index["instrument"]["items"] if item["kind"] == "rating"]
    on_a_leaf: set[str] = set()
    for f, factor in enumerate(index["factors"]):
        for i, indicator in enumerate(factor["indicators"]):
            for q, code in enumerate(indicator["questions"]):
                at: Path = (*AT, "factors", f, "indicators", i, "questions", q)
                yield from names_problem(reading, at, code, ratings, "rating question")
                if code in on_a_leaf:
                    yield reading.problem(at, f"“{code}” measures two indicators.", "Leave it with one.")
                on_a_leaf.add(code)
    for i, item in enumerate(index["instrument"]["items"]):
        if item["kind"] == "rating" and item["code"] not in on_a_leaf:
            yield reading.problem(
                (*AT, "instrument", "items", i),
                f"No indicator is measured by “{item['code']}”.",
                "Name it among the questions of an indicator, or remove it.",
            )


def _asked(reading: Reading, survey: dict[str, Any]) -> Iterator[Problem]:
    """Kinds that exist, and that the other study does not ask about: one case, one questionnaire."""
    index, other = survey["index"], survey["study"]
    for part, one, two in (
        ("study", index["study"]["code"], other["code"]),
        ("instrument", index["instrument"]["code"], survey["instrument"]["code"]),
    ):
        if one == two:
            yield reading.problem(
                (*AT, part, "code"), f"The code “{one}” is used twice.", "Give each another code."
            )
    kinds = codes(reading, "kinds")
    for i, kind in enumerate(index["study"].get("asks_after_kinds") or []):
        at: Path = (*AT, "study", "asks_after_kinds", i)
        yield from names_problem(reading, at, kind, kinds, "kind of case")
        if kind in (other.get("asks_after_kinds") or []):
            yield reading.problem(
                at, f"Two studies ask about “{kind}”.", f"Leave it with “{other['code']}” or with this one."
            )
