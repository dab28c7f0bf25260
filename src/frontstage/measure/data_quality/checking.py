"""All rules that are on, over one set of answers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from frontstage.measure.arrays import Values, as_numbers
from frontstage.measure.data_quality.report import QualityReport
from frontstage.measure.data_quality.rules import RULES, SAMPLE_RULES, Answers, QualityRules
from frontstage.measure.errors import MeasureError


def check_quality(
    values: ArrayLike,
    names: Sequence[str],
    *,
    minimum: float | None = None,
    maximum: float | None = None,
    step: float | None = None,
    seconds: ArrayLike | None = None,
    ids: ArrayLike | None = None,
    needed: int | None = None,
    rules: QualityRules | None = None,
) -> QualityReport:
    """Apply the rules that are on to ``values`` (n, items; nan = not answered).

    ``minimum``, ``maximum`` and ``step`` (1: whole numbers) say which values are possible; ``seconds`` (n,)
    the time each respondent took, ``ids`` (n,) who answered, ``needed`` how many usable answers the model
    needs (``answers_needed``); a rule without its data reports nothing. Rules report in the order in which
    they are named; those of the whole sample come last.
    """
    chosen = rules or QualityRules()
    x = _answers(values, len(names))
    unknown = sorted(set(chosen.actions) - set(RULES) - set(SAMPLE_RULES))
    if unknown:
        known = ", ".join([*RULES, *SAMPLE_RULES])
        raise MeasureError("unknown_rule", f"There are no rules {', '.join(unknown)}.", f"Known: {known}.")
    data = Answers(
        x,
        tuple(names),
        minimum,
        maximum,
        step,
        None if seconds is None else _each(as_numbers(seconds, "The times", 1), len(x), "times"),
        None if ids is None else _each(np.asarray(ids, object), len(x), "respondents"),
        chosen,
        needed,
    )
    findings = [RULES[code](data, code, action) for code, action in chosen.actions.items() if code in RULES]
    kept = np.ones(len(x), bool)
    for finding in findings:
        if finding.action == "leave_out":
            kept[finding.rows] = False
    for code, action in chosen.actions.items():
        if code in SAMPLE_RULES:
            findings.append(SAMPLE_RULES[code](data, code, action, int(kept.sum())))
    return QualityReport(len(x), tuple(findings), kept)


def _answers(values: ArrayLike, items: int) -> Values:
    """Infinity passes: it is an impossible value, which its rule reports with its place."""
    given = np.asarray(values)
    kind = given.dtype.kind
    infinite = np.isinf(given) if kind == "f" else np.zeros(given.shape, bool)
    x = as_numbers(np.where(infinite, np.nan, given) if kind == "f" else values, "Answers", 2)
    if not items or x.shape[1] != items:
        raise MeasureError(
            "shape",
            f"Answers need one row a respondent and {items} columns.",
            "Name each column, and one at least.",
        )
    return np.where(infinite, given, x) if kind == "f" else x


def _each[T: np.ndarray](given: T, n: int, what: str) -> T:
    if given.shape != (n,):
        raise MeasureError("shape", f"{given.size} {what} for {n} rows.", "Give one for each row.")
    return given
