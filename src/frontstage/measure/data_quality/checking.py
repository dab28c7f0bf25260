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
    times = None if seconds is None else as_numbers(seconds, "The times", 1)
    who = None if ids is None else np.asarray(ids, object).ravel()
    for given in (times, who):
        if given is not None:
            _one_each(given.size, len(x))
    data = Answers(x, tuple(names), minimum, maximum, step, times, who, chosen, needed)
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
    # Infinity passes: it is an impossible value, which that rule reports with its place.
    x = as_numbers(values, "Answers", 2, infinite=True)
    if not items or x.shape[1] != items:
        raise MeasureError(
            "shape",
            f"Answers need one row a respondent and {items} columns.",
            "Name each column, and one at least.",
        )
    return x


def _one_each(given: int, n: int) -> None:
    if given != n:
        raise MeasureError("shape", f"{given} times or respondents for {n} rows.", "Give one for each row.")
