"""The rules: straight-lining, speeding, duplicates, impossible values, little variance, few answers.

Sources: Johnson (2005), Journal of Research in Personality 39, the longest run of one answer; Huang, Curran,
Keeney, Poposki & DeShon (2012), Journal of Business and Psychology 27, two seconds an item; Meade & Craig
(2012), Psychological Methods 17, on careless answers in general. The other thresholds are ours: settings, shown
in reports.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from frontstage.measure.data_quality.report import Action, Finding
from frontstage.measure.errors import MeasureError

Values = NDArray[np.float64]


@dataclass(frozen=True)
class QualityRules:
    """Every threshold, and which rules are on (``actions``: a rule that is not named there is off).

    A row straight-lines when one answer runs over ``straight_share`` of its answered items, at least
    ``straight_least`` of them. It is too fast below ``seconds_per_item`` · answered items, or below
    ``speed_share`` of the median time. An item varies too little when one answer makes up ``same_share``.
    """

    actions: dict[str, Action] = field(
        default_factory=lambda: {
            "straight_lining": "warn",
            "speeding": "warn",
            "duplicates": "warn",
            "duplicate_ids": "leave_out",
            "impossible_values": "refuse",
            "little_variance": "warn",
            "few_answers": "leave_out",
            "too_few_answers": "refuse",
        }
    )
    straight_share: float = 1.0
    straight_least: int = 5
    seconds_per_item: float = 2.0
    speed_share: float = 0.3
    same_share: float = 0.95
    answered_share: float = 0.5
    duplicates_least: int = 5

    def __post_init__(self) -> None:
        shares = (self.straight_share, self.speed_share, self.same_share, self.answered_share)
        if not all(0 <= share <= 1 for share in shares) or not self.seconds_per_item >= 0:
            raise MeasureError(
                "quality_threshold",
                "A threshold is not a share from 0 to 1, or a time below 0.",
                "Correct it.",
            )


@dataclass(frozen=True)
class Answers:
    """What the rules look at: (n, items) values, and what else is known of the answers."""

    values: Values
    names: tuple[str, ...]
    minimum: float | None
    maximum: float | None
    step: float | None
    seconds: Values | None
    ids: NDArray[np.object_] | None
    rules: QualityRules
    needed: int | None = None

    @property
    def answered(self) -> NDArray[np.intp]:
        return (~np.isnan(self.values)).sum(axis=1)


def longest_run(values: Values) -> NDArray[np.intp]:
    """(n,) the longest run of one and the same answer in each row; an unanswered item does not break it."""
    n, items = values.shape
    best, run = np.zeros(n, np.intp), np.zeros(n, np.intp)
    last = np.full(n, np.nan)
    for column in range(items):
        current = values[:, column]
        there = ~np.isnan(current)
        run = np.where(there, np.where(current == last, run + 1, 1), run)
        last = np.where(there, current, last)
        best = np.maximum(best, run)
    return best


def _rows(
    d: Answers, code: str, action: Action, doubted: NDArray[np.bool_], what: str, **values: float | str
) -> Finding:
    rows, n = np.flatnonzero(doubted), len(d.values)
    share = len(rows) / n if n else 0.0
    numbers = {"count": len(rows), "n": n, **values}
    return Finding(code, action, rows, (), share, f"{len(rows)} of {n} respondents {what}", numbers)


def _straight_lining(d: Answers, code: str, action: Action) -> Finding:
    least = np.maximum(np.ceil(d.rules.straight_share * d.answered), d.rules.straight_least)
    what = f"gave one answer to {d.rules.straight_share:.0%} of the items in a row."
    return _rows(d, code, action, longest_run(d.values) >= least, what, share=d.rules.straight_share)


def _speeding(d: Answers, code: str, action: Action) -> Finding:
    if d.seconds is None or np.isnan(d.seconds).all():
        return Finding(code, action, np.array([], np.intp), (), 0.0, "No times were given.")
    fastest = np.maximum(d.rules.seconds_per_item * d.answered, d.rules.speed_share * np.nanmedian(d.seconds))
    what = (
        f"took less than {d.rules.seconds_per_item:g} s an item or {d.rules.speed_share:.0%} of the median."
    )
    fast = np.nan_to_num(d.seconds, nan=np.inf) < fastest
    each, share = d.rules.seconds_per_item, d.rules.speed_share
    return _rows(d, code, action, fast, what, seconds=each, share=share)


def _duplicates(d: Answers, code: str, action: Action) -> Finding:
    # Short rows agree by chance and straight lines have their own rule: neither is counted here.
    open_to_doubt = (d.answered >= d.rules.duplicates_least) & (longest_run(d.values) < d.answered)
    keys = np.where(np.isnan(d.values), np.inf, d.values)
    _, first = np.unique(keys, axis=0, return_index=True)
    repeated = np.ones(len(keys), bool)
    repeated[first] = False
    return _rows(d, code, action, repeated & open_to_doubt, "repeat an earlier row in every answer.")


def _duplicate_ids(d: Answers, code: str, action: Action) -> Finding:
    seen: set[object] = set()
    again = np.zeros(len(d.values), bool)
    for row, who in enumerate(d.ids if d.ids is not None else ()):
        # An unknown respondent (None, nan) is not the same person as another unknown one.
        known = who is not None and who == who
        again[row] = known and who in seen
        if known:
            seen.add(who)
    return _rows(d, code, action, again, "answered a second time; the first answer counts.")


def _impossible_values(d: Answers, code: str, action: Action) -> Finding:
    x = d.values
    with np.errstate(invalid="ignore"):
        off: NDArray[np.bool_] = np.isinf(x)
        off |= x < (-np.inf if d.minimum is None else d.minimum)
        off |= x > (np.inf if d.maximum is None else d.maximum)
        if d.step:
            steps = (x - (d.minimum or 0.0)) / d.step
            off |= np.abs(steps - np.round(steps)) > 1e-9
    if not off.any():
        return _rows(
            d, code, action, np.asarray(off.any(axis=1)), "have values that the scale does not have."
        )
    row, column = np.argwhere(off)[0]
    what = (
        f"have values that the scale does not have; the first is {x[row, column]:g} in row {row + 1}, "
        f"item {d.names[column]}."
    )
    place = {"value": float(x[row, column]), "row": int(row) + 1, "item": d.names[column]}
    found = _rows(d, code, action, np.asarray(off.any(axis=1)), what, **place)
    return replace(found, items=tuple(d.names[i] for i in np.flatnonzero(off.any(axis=0))))


def _little_variance(d: Answers, code: str, action: Action) -> Finding:
    flat = []
    for column, name in enumerate(d.names):
        answers = d.values[:, column]
        answers = answers[~np.isnan(answers)]
        if (
            not answers.size
            or np.unique(answers, return_counts=True)[1].max() >= d.rules.same_share * answers.size
        ):
            flat.append(name)
    message = f"{len(flat)} of {len(d.names)} items have one answer in {d.rules.same_share:.0%} or more."
    numbers: dict[str, float | str] = {"count": len(flat), "n": len(d.names), "share": d.rules.same_share}
    return Finding(
        code, action, np.array([], np.intp), tuple(flat), len(flat) / len(d.names), message, numbers
    )


def _few_answers(d: Answers, code: str, action: Action) -> Finding:
    few = d.answered < d.rules.answered_share * len(d.names)
    return _rows(
        d,
        code,
        action,
        few,
        f"answered fewer than {d.rules.answered_share:.0%} of the items.",
        share=d.rules.answered_share,
    )


def _too_few_answers(d: Answers, code: str, action: Action, usable: int) -> Finding:
    needed = d.needed or 0
    message = f"{usable} usable answers; {needed} are needed for this model."
    none = np.array([], np.intp)
    share = max(needed - usable, 0) / needed if needed else 0.0
    return Finding(
        code, action, none, (), share, message, {"n": usable, "needed": needed}, max(needed - usable, 0)
    )


RULES: dict[str, Callable[[Answers, str, Action], Finding]] = {
    "straight_lining": _straight_lining,
    "speeding": _speeding,
    "duplicates": _duplicates,
    "duplicate_ids": _duplicate_ids,
    "impossible_values": _impossible_values,
    "little_variance": _little_variance,
    "few_answers": _few_answers,
}
# Of the sample as a whole, once the rules for rows have left some out.
SAMPLE_RULES: dict[str, Callable[[Answers, str, Action, int], Finding]] = {
    "too_few_answers": _too_few_answers
}
