"""NPS, CSAT and CES with intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from frontstage.measure.arrays import as_numbers
from frontstage.measure.errors import MeasureError
from frontstage.measure.intervals import (
    Interval,
    Summary,
    mean_interval,
    normal_quantile,
    proportion_interval,
)


@dataclass(frozen=True)
class PromoterScore:
    """Counts of each group, and the score, −100 to 100, with its interval; None without answers."""

    promoters: int
    passives: int
    detractors: int
    score: Interval | None


def promoter_score(
    promoters: int,
    passives: int,
    detractors: int,
    confidence: float = 0.95,
    method: Literal["normal", "adjusted"] = "normal",
) -> PromoterScore:
    """Net promoter score from counts: 100(p − d), variance 100²[p + d − (p − d)²]/n, normal interval.

    That interval has no width when all answers are in one group, and too little for small n: "adjusted" adds
    3 answers first (¾ promoters, 1½ passives, ¾ detractors), for the limits only, which then lie round a
    score that is nearer to 0. The limits are kept within −100 and 100; one answer has none by "normal".
    Sources: Reichheld (2003), Harvard Business Review 81; the variance is that of a variable that is 1, 0 or
    −1; Rocks (2016), The American Statistician 70, for the adjusted interval.
    """
    if not all(0 <= count < math.inf for count in (promoters, passives, detractors)):
        raise MeasureError("negative_count", "A count of answers is negative.", "Give counts of 0 or more.")
    if method not in ("normal", "adjusted"):
        raise MeasureError("method", f"There is no method {method!r}.", 'Say "normal" or "adjusted".')
    z, n = normal_quantile(confidence), promoters + passives + detractors
    if n == 0:
        return PromoterScore(0, 0, 0, None)
    score, low, high = 100 * (promoters - detractors) / n, None, None
    if method == "adjusted" or n > 1:
        extra = 0.75 if method == "adjusted" else 0.0
        p, d = ((count + extra) / (n + 4 * extra) for count in (promoters, detractors))
        half = z * math.sqrt(max(p + d - (p - d) ** 2, 0) / (n + 4 * extra))
        low, high = 100 * max(p - d - half, -1.0), 100 * min(p - d + half, 1.0)
    return PromoterScore(promoters, passives, detractors, Interval(score, low, high, n))


def promoter_score_of(
    answers: ArrayLike, confidence: float = 0.95, method: Literal["normal", "adjusted"] = "normal"
) -> PromoterScore:
    """Net promoter score of whole answers 0 to 10 (nan left out): 9 and 10 promote, 0 to 6 detract."""
    x = _on_scale(answers, 0, 10)
    if (x != np.floor(x)).any():
        raise MeasureError("whole_answers", "Answers from 0 to 10 are whole numbers.", "Correct the others.")
    high, low = int((x >= 9).sum()), int((x <= 6).sum())
    return promoter_score(high, x.size - high - low, low, confidence, method)


def satisfied_share(
    answers: ArrayLike,
    satisfied_from: float = 4,
    minimum: float = 1,
    maximum: float = 5,
    confidence: float = 0.95,
) -> Interval | None:
    """CSAT: the share of answers at or above ``satisfied_from`` (top two boxes of 1 to 5), Wilson's
    interval.
    """
    if not minimum < satisfied_from <= maximum:
        raise MeasureError(
            "satisfied_from",
            f"Satisfied from {satisfied_from:g} on leaves nobody on one side of {minimum:g} to {maximum:g}.",
            "Choose an answer above the lowest.",
        )
    x = _on_scale(answers, minimum, maximum)
    return proportion_interval(int((x >= satisfied_from).sum()), x.size, confidence)


def effort_score(
    answers: ArrayLike, minimum: float = 1, maximum: float = 7, confidence: float = 0.95
) -> Interval | None:
    """CES: the mean answer with Student's interval; None without answers, no limits for one.

    By default the second version's question, agreement from 1 to 7 that the matter was made easy: higher is
    better. Source: Dixon, Toman & DeLisi (2013), The Effortless Experience. The first version (Dixon, Freeman
    & Toman 2010, Harvard Business Review 88) asks for the effort from 1 to 5: there lower is better, and the
    two are not comparable. The share who agree (5 to 7) is ``satisfied_share(answers, 5, 1, 7)``.
    """
    x = _on_scale(answers, minimum, maximum)
    return mean_interval(Summary(x.size, float(x.sum()), float(x @ x)), confidence)


def _on_scale(answers: ArrayLike, minimum: float, maximum: float) -> np.ndarray:
    if not minimum < maximum:
        raise MeasureError("scale_reversed", "The scale's minimum must lie below its maximum.", "Swap them.")
    x = as_numbers(answers, "The answers").ravel()
    x = x[~np.isnan(x)]
    off = x[(x < minimum) | (x > maximum)]
    if off.size:
        raise MeasureError(
            "off_scale",
            f"{off.size} answers are off the scale {minimum:g} to {maximum:g}, the first is {off[0]:g}.",
            "Correct them, or give them as missing.",
            count=int(off.size),
        )
    return x
