"""What is measured of an instrument: every dimension's gap, the overall scores, and what was left out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import stats

from frontstage.measure.corrections import adjust_holm
from frontstage.measure.gaps.combining import combine_gaps
from frontstage.measure.intervals import Interval, Summary, mean_interval


@dataclass(frozen=True)
class PairSums:
    """A dimension's sums over respondents: of expectation, perception and gap (each respondent's mean over
    her pairs), and of the squares of the gaps.
    """

    n: int
    expectation: float
    perception: float
    gap: float
    gap_squares: float

    @property
    def summary(self) -> Summary:
        return Summary(self.n, self.gap, self.gap_squares)


@dataclass(frozen=True)
class DimensionGap:
    """One dimension (or item): means, the signed gap P - E with interval, and the paired t test of no gap."""

    code: str
    n: int
    expectation: float | None
    perception: float | None
    gap: Interval | None
    t: float | None
    p: float | None
    scores: Summary | None = None  # the respondents' own gaps, for comparisons


@dataclass(frozen=True)
class GapResult:
    """All dimensions in order, the overall scores, and what was left out.

    ``unweighted`` and ``weighted`` are None while a dimension has no answers; ``excluded`` counts answered
    halves of pairs that lack their other half.
    """

    dimensions: tuple[DimensionGap, ...]
    items: tuple[DimensionGap, ...]
    respondents: int
    excluded: int
    unweighted: Interval | None
    weighted: Interval | None
    overall_scores: Summary | None = None
    weighted_scores: Summary | None = None
    allocation: Mapping[str, float] | None = None
    confidence: float = 0.95

    @property
    def widest(self) -> DimensionGap | None:
        """The dimension whose signed gap is the lowest: where service falls short most."""
        known = [dimension for dimension in self.dimensions if dimension.gap is not None]
        return min(known, key=lambda d: d.gap.estimate) if known else None  # type: ignore[union-attr]

    @property
    def p_holm(self) -> dict[str, float | None]:
        """Each dimension's p of no gap, corrected for their number (Holm); None where there is no test."""
        raw = [np.nan if d.p is None else d.p for d in self.dimensions]
        corrected = adjust_holm(raw).tolist()
        pairs = zip(self.dimensions, corrected, strict=True)
        return {d.code: None if d.p is None else p for d, p in pairs}


def _dimension(code: str, sums: PairSums, confidence: float) -> DimensionGap:
    interval = mean_interval(sums.summary, confidence)
    if interval is None:
        return DimensionGap(code, 0, None, None, None, None, None)
    t = p = None
    if sums.n > 1 and sums.summary.variance > 0:
        t = interval.estimate / math.sqrt(sums.summary.variance / sums.n)
        p = float(2 * stats.t.sf(abs(t), sums.n - 1))
    return DimensionGap(
        code, sums.n, sums.expectation / sums.n, sums.perception / sums.n, interval, t, p, sums.summary
    )


def gaps_from_sums(
    dimensions: Mapping[str, PairSums],
    *,
    overall: Summary | None = None,
    weighted: Summary | None = None,
    allocation: Mapping[str, float] | None = None,
    items: Mapping[str, PairSums] | None = None,
    respondents: int = 0,
    excluded: int = 0,
    confidence: float = 0.95,
) -> GapResult:
    """The result from sums.

    ``overall`` and ``weighted`` are sums of the respondents' own overall scores (those who answered every
    dimension), which carry the intervals; the estimates themselves are combined from the dimensions' gaps, so
    that they equal what combine_gaps gives.
    """
    drawn = tuple(_dimension(code, sums, confidence) for code, sums in dimensions.items())
    unweighted_interval = weighted_interval = None
    if drawn and all(dimension.gap is not None for dimension in drawn):
        gaps = {dimension.code: dimension.gap.estimate for dimension in drawn}  # type: ignore[union-attr]
        plain, with_points = combine_gaps(gaps, allocation)
        unweighted_interval = _around(plain, overall, confidence)
        weighted_interval = None if with_points is None else _around(with_points, weighted, confidence)
    return GapResult(
        dimensions=drawn,
        items=tuple(_dimension(code, sums, confidence) for code, sums in (items or {}).items()),
        respondents=respondents,
        excluded=excluded,
        unweighted=unweighted_interval,
        weighted=weighted_interval,
        overall_scores=overall,
        weighted_scores=weighted,
        allocation=allocation,
        confidence=confidence,
    )


def _around(estimate: float, scores: Summary | None, confidence: float) -> Interval:
    """The estimate with the half-width that the respondents' own scores give."""
    own = mean_interval(scores, confidence) if scores else None
    if own is None or own.low is None or own.high is None:
        return Interval(estimate, None, None, own.n if own else 0)
    half = (own.high - own.low) / 2
    return Interval(estimate, estimate - half, estimate + half, own.n)
