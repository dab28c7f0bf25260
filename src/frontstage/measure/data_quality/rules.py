"""The rules: straight-lining, speeding, duplicates, impossible values, little variance, few answers.

Sources: Johnson (2005) longest run of one answer; Huang, Curran, Keeney, Poposki & DeShon (2012) two seconds
an item; Meade & Craig (2012) on careless answers in general. The thresholds are settings, shown in reports.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from frontstage.measure.data_quality.report import Action, Finding, QualityReport
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
        }
    )
    straight_share: float = 1.0
    straight_least: int = 5
    seconds_per_item: float = 2.0
    speed_share: float = 0.3
    same_share: float = 0.95
    answered_share: float = 0.5
    duplicates_least: int = 5


@dataclass(frozen=True)
class _Answers:
    values: Values
    names: tuple[str, ...]
    minimum: float | None
    maximum: float | None
    step: float | None
    seconds: Values | None
    ids: NDArray[np.object_] | None
    rules: QualityRules

    @property
    def answered(self) -> NDArray[np.intp]:
        return (~np.isnan(self.values)).sum(axis=1)


def check_quality(
    values: ArrayLike,
    names: Sequence[str],
    *,
    minimum: float | None = None,
    maximum: float | None = None,
    step: float | None = None,
    seconds: ArrayLike | None = None,
    ids: ArrayLike | None = None,
    rules: QualityRules | None = None,
) -> QualityReport:
    """Apply the rules that are on to ``values`` (n, items; nan = not answered).

    ``minimum``, ``maximum`` and ``step`` (1: whole numbers) say which values are possible; ``seconds`` (n,)
    the time each respondent took, and ``ids`` (n,) who answered; a rule without its data reports nothing.
    """
    chosen = rules or QualityRules()
    x = np.asarray(values, float)
    if x.ndim != 2 or x.shape[1] != len(names):
        raise MeasureError("shape", f"Answers need one row a respondent and {len(names)} columns.")
    unknown = sorted(set(chosen.actions) - set(RULES))
    if unknown:
        raise MeasureError(
            "unknown_rule", f"There are no rules {', '.join(unknown)}.", f"Known: {', '.join(RULES)}."
        )
    data = _Answers(
        x,
        tuple(names),
        minimum,
        maximum,
        step,
        None if seconds is None else np.asarray(seconds, float),
        None if ids is None else np.asarray(ids, object),
        chosen,
    )
    findings = tuple(RULES[code](data, code, action) for code, action in chosen.actions.items())
    kept = np.ones(len(x), bool)
    for finding in findings:
        if finding.action == "leave_out":
            kept[finding.rows] = False
    return QualityReport(len(x), findings, kept)


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


def _rows(d: _Answers, code: str, action: Action, doubted: NDArray[np.bool_], what: str) -> Finding:
    rows = np.flatnonzero(doubted)
    share = len(rows) / len(d.values) if len(d.values) else 0.0
    return Finding(code, action, rows, (), share, f"{len(rows)} of {len(d.values)} respondents {what}")


def _straight_lining(d: _Answers, code: str, action: Action) -> Finding:
    least = np.maximum(np.ceil(d.rules.straight_share * d.answered), d.rules.straight_least)
    what = f"gave one answer to {d.rules.straight_share:.0%} of the items in a row."
    return _rows(d, code, action, longest_run(d.values) >= least, what)


def _speeding(d: _Answers, code: str, action: Action) -> Finding:
    if d.seconds is None or np.isnan(d.seconds).all():
        return Finding(code, action, np.array([], np.intp), (), 0.0, "No times were given.")
    fastest = np.maximum(d.rules.seconds_per_item * d.answered, d.rules.speed_share * np.nanmedian(d.seconds))
    what = (
        f"took less than {d.rules.seconds_per_item:g} s an item or {d.rules.speed_share:.0%} of the median."
    )
    return _rows(d, code, action, np.nan_to_num(d.seconds, nan=np.inf) < fastest, what)


def _duplicates(d: _Answers, code: str, action: Action) -> Finding:
    # Short rows agree by chance and straight lines have their own rule: neither is counted here.
    open_to_doubt = (d.answered >= d.rules.duplicates_least) & (longest_run(d.values) < d.answered)
    keys = np.where(np.isnan(d.values), np.inf, d.values)
    _, first = np.unique(keys, axis=0, return_index=True)
    repeated = np.ones(len(keys), bool)
    repeated[first] = False
    return _rows(d, code, action, repeated & open_to_doubt, "repeat an earlier row in every answer.")


def _duplicate_ids(d: _Answers, code: str, action: Action) -> Finding:
    seen: set[object] = set()
    again = np.zeros(len(d.values), bool)
    for row, who in enumerate(d.ids if d.ids is not None else ()):
        # An unknown respondent (None, nan) is not the same person as another unknown one.
        known = who is not None and who == who
        again[row] = known and who in seen
        if known:
            seen.add(who)
    return _rows(d, code, action, again, "answered a second time; the first answer counts.")


def _impossible_values(d: _Answers, code: str, action: Action) -> Finding:
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
    found = _rows(d, code, action, np.asarray(off.any(axis=1)), what)
    items = tuple(d.names[i] for i in np.flatnonzero(off.any(axis=0)))
    return Finding(code, action, found.rows, items, found.share, found.message)


def _little_variance(d: _Answers, code: str, action: Action) -> Finding:
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
    return Finding(
        code, action, np.array([], np.intp), tuple(flat), len(flat) / max(len(d.names), 1), message
    )


def _few_answers(d: _Answers, code: str, action: Action) -> Finding:
    few = d.answered < d.rules.answered_share * len(d.names)
    return _rows(d, code, action, few, f"answered fewer than {d.rules.answered_share:.0%} of the items.")


RULES: dict[str, Callable[[_Answers, str, Action], Finding]] = {
    "straight_lining": _straight_lining,
    "speeding": _speeding,
    "duplicates": _duplicates,
    "duplicate_ids": _duplicate_ids,
    "impossible_values": _impossible_values,
    "little_variance": _little_variance,
    "few_answers": _few_answers,
}
