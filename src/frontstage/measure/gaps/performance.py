"""SERVPERF: perceptions alone. Source: Cronin and Taylor (1992), Journal of Marketing 56."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from frontstage.measure.arrays import as_numbers
from frontstage.measure.errors import MeasureError
from frontstage.measure.gaps.instruments import GapInstrument
from frontstage.measure.gaps.results import GapResult
from frontstage.measure.gaps.scoring import measure_gaps
from frontstage.measure.intervals import Interval


@dataclass(frozen=True)
class PerformanceResult:
    """Mean perceptions with intervals, on the instrument's scale; None where nobody answered."""

    dimensions: Mapping[str, Interval | None]
    items: Mapping[str, Interval | None]
    respondents: int
    unweighted: Interval | None
    weighted: Interval | None
    above_minimum: GapResult  # the same as gaps over the scale's minimum: what compare_gaps takes


def measure_performance(
    instrument: GapInstrument,
    perceptions: ArrayLike,
    allocation: Mapping[str, float] | None = None,
    confidence: float = 0.95,
    respondent_weights: ArrayLike | None = None,
) -> PerformanceResult:
    """Mean perception of every item, dimension and overall; ``perceptions``: (n, items), nan where
    unanswered.

    The same engine as the gaps, against an expectation of the scale's minimum, which is then added back.
    """
    p = as_numbers(perceptions, "perceptions", 2)
    if p.shape[1] != len(instrument.items):
        raise MeasureError(
            "shape",
            f"perceptions must have one row a respondent and {len(instrument.items)} columns.",
            "Give the items in the instrument's order, with nan where unanswered.",
        )
    lowest = np.where(instrument.reversed_mask, instrument.maximum, instrument.minimum)
    floor = np.where(np.isnan(p), np.nan, lowest)
    result = measure_gaps(instrument, floor, p, allocation, confidence, respondent_weights)
    base = float(instrument.minimum)
    return PerformanceResult(
        dimensions={d.code: _raised(d.gap, base) for d in result.dimensions},
        items={i.code: _raised(i.gap, base) for i in result.items},
        respondents=result.respondents,
        unweighted=_raised(result.unweighted, base),
        weighted=_raised(result.weighted, base),
        above_minimum=result,
    )


def _raised(interval: Interval | None, base: float) -> Interval | None:
    if interval is None:
        return None
    low = None if interval.low is None else interval.low + base
    high = None if interval.high is None else interval.high + base
    return Interval(interval.estimate + base, low, high, interval.n)
