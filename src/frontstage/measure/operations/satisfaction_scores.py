"""NPS, CSAT and CES with intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from frontstage.measure.errors import MeasureError
from frontstage.measure.intervals import Interval, Summary, mean_interval, proportion_interval


@dataclass(frozen=True)
class PromoterScore:
    """Counts of each group, and the score, −100 to 100, with its interval; None without answers."""

    promoters: int
    passives: int
    detractors: int
    score: Interval | None


def promoter_score(promoters: int, passives: int, detractors: int, confidence: float = 0.95) -> PromoterScore:
    """Net promoter score from counts: 100(p − d), variance 100²[p + d − (p − d)²]/n, normal interval.

    The limits are kept within −100 and 100. Sources: Reichheld (2003); the variance is that of a variable
    that is 1, 0 or −1 (multinomial).
    """
    if min(promoters, passives, detractors) < 0:
        raise MeasureError("negative_count", "A count of answers is negative.", "Give counts of 0 or more.")
    n = promoters + passives + detractors
    if n == 0:
        return PromoterScore(0, 0, 0, None)
    p, d = promoters / n, detractors / n
    score = 100 * (p - d)
    half = float(stats.norm.ppf((1 + confidence) / 2)) * 100 * math.sqrt(max(p + d - (p - d) ** 2, 0) / n)
    interval = Interval(score, max(score - half, -100.0), min(score + half, 100.0), n)
    return PromoterScore(promoters, passives, detractors, interval)


def promoter_score_of(answers: ArrayLike, confidence: float = 0.95) -> PromoterScore:
    """Net promoter score of answers 0 to 10 (nan left out): 9 and 10 promote, 0 to 6 detract."""
    x = _on_scale(answers, 0, 10)
    high, low = int((x >= 9).sum()), int((x <= 6).sum())
    return promoter_score(high, x.size - high - low, low, confidence)


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
    x = _on_scale(answers, minimum, maximum)
    return proportion_interval(int((x >= satisfied_from).sum()), x.size, confidence)


def effort_score(
    answers: ArrayLike, minimum: float = 1, maximum: float = 7, confidence: float = 0.95
) -> Interval | None:
    """CES: mean agreement that the matter was easy, Student's interval. Dixon, Freeman & Toman (2010)."""
    x = _on_scale(answers, minimum, maximum)
    return mean_interval(Summary(x.size, float(x.sum()), float(x @ x)), confidence)


def _on_scale(answers: ArrayLike, minimum: float, maximum: float) -> np.ndarray:
    x = np.asarray(answers, float).ravel()
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
