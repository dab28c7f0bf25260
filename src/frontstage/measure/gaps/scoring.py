"""Expectation, perception and gap of every dimension, from answers or from sums of them.

A respondent's gap in a dimension is the mean of P - E over the pairs that she answered in it; the dimension's
gap is the mean of that over respondents. So an unanswered pair never counts as zero, and raising any
perception never lowers a score. Source: Parasuraman, Zeithaml and Berry (1985, 1988).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from frontstage.measure.arrays import Values, as_numbers
from frontstage.measure.errors import MeasureError
from frontstage.measure.gaps.combining import check_allocation, combine_gaps
from frontstage.measure.gaps.instruments import GapInstrument
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


def _checked(instrument: GapInstrument, values: ArrayLike, name: str) -> Values:
    array = as_numbers(values, name, 2)
    if array.shape[1] != len(instrument.items):
        raise MeasureError(
            "shape",
            f"{name} must have one row a respondent and {len(instrument.items)} columns, one an item.",
            "Give the items in the instrument's order, with nan where unanswered.",
        )
    off = (array < instrument.minimum) | (array > instrument.maximum)
    if off.any():
        row, column = np.argwhere(off)[0]
        raise MeasureError(
            "off_scale",
            f"{name}, row {row + 1}, item {instrument.items[column]}: {array[row, column]:g} is off the "
            f"scale {instrument.minimum} to {instrument.maximum}.",
            "Correct it, or give it as missing.",
            row=int(row) + 1,
            item=instrument.items[column],
        )
    return np.where(instrument.reversed_mask, instrument.minimum + instrument.maximum - array, array)


def _sums(e: Values, p: Values, weights: Values) -> PairSums:
    """Sums over respondents of their means over the given columns; nan: no pair answered."""
    answered = ~np.isnan(e)
    pairs = answered.sum(axis=1)
    who = pairs > 0
    if not who.any():
        return PairSums(0, 0.0, 0.0, 0.0, 0.0)
    own_e, own_p = (np.where(answered, side, 0).sum(axis=1)[who] / pairs[who] for side in (e, p))
    w, n = weights[who], int(who.sum())
    gap, share = _summary(own_p - own_e, w), w / w.sum()
    return PairSums(n, float(n * (share @ own_e)), float(n * (share @ own_p)), gap.total, gap.squares)


def _summary(scores: Values, weights: Values) -> Summary:
    """Sums whose mean is the weighted mean m and whose s²/n is its variance n/(n-1) · Σ w²(g - m)²/(Σ w)².

    With equal weights these are the plain sums. The variance is the linearised one of a ratio of weighted
    sums. Source: Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, chapter 5.
    """
    n, mean = len(scores), float(weights @ scores / weights.sum())
    around = float(np.square(weights * (scores - mean)).sum()) * (n / weights.sum()) ** 2
    return Summary(n, n * mean, around + n * mean * mean)


def _weights(weights: ArrayLike | None, n: int) -> Values:
    if weights is None:
        return np.ones(n)
    w = as_numbers(weights, "The respondents' weights")
    if w.shape != (n,) or not (w >= 0).all():
        raise MeasureError(
            "respondent_weights",
            f"The weights must be {n} numbers of 0 or more, one a respondent.",
            "Weight again, or measure without weights.",
        )
    return w


def measure_gaps(
    instrument: GapInstrument,
    expectations: ArrayLike,
    perceptions: ArrayLike,
    allocation: Mapping[str, float] | None = None,
    confidence: float = 0.95,
    respondent_weights: ArrayLike | None = None,
) -> GapResult:
    """Gaps of every item, dimension and overall.

    ``expectations`` and ``perceptions``: (n, items) in the instrument's order, nan where unanswered. A pair
    with one half missing is left out and counted. ``respondent_weights``: (n,), 0 or more; a respondent of
    weight 0 does not count. Raises MeasureError for a wrong shape, an answer off the
    scale, or points that do not total exactly 100.
    """
    e, p = (
        _checked(instrument, expectations, "expectations"),
        _checked(instrument, perceptions, "perceptions"),
    )
    if e.shape != p.shape:
        raise MeasureError("shape", "Expectations and perceptions must have the same number of rows.")
    if allocation is not None:
        check_allocation(allocation, instrument.dimensions)
    w = _weights(respondent_weights, len(e))
    e, p, w = e[w > 0], p[w > 0], w[w > 0]
    unpaired = np.isnan(e) ^ np.isnan(p)
    e, p = np.where(unpaired, np.nan, e), np.where(unpaired, np.nan, p)
    columns = _columns(instrument)
    own = np.column_stack([_own_gap(e[:, index], p[:, index]) for index in columns.values()])
    whole = ~np.isnan(own).any(axis=1)
    complete, w_whole = own[whole], w[whole]
    points = np.array([allocation[code] / 100 for code in columns]) if allocation else None
    return gaps_from_sums(
        {code: _sums(e[:, index], p[:, index], w) for code, index in columns.items()},
        overall=_summary(complete.mean(axis=1), w_whole) if len(complete) else None,
        weighted=_summary(complete @ points, w_whole) if points is not None and len(complete) else None,
        allocation=allocation,
        items={code: _sums(e[:, [i]], p[:, [i]], w) for i, code in enumerate(instrument.items)},
        respondents=int((~np.isnan(e)).any(axis=1).sum()),
        excluded=int(unpaired.sum()),
        confidence=confidence,
    )


def _columns(instrument: GapInstrument) -> dict[str, list[int]]:
    place = {item: index for index, item in enumerate(instrument.items)}
    return {code: [place[item] for item in items] for code, items in instrument.dimensions.items()}


def _own_gap(e: Values, p: Values) -> Values:
    answered = ~np.isnan(e)
    pairs = answered.sum(axis=1)
    total = np.where(answered, p - e, 0).sum(axis=1)
    return np.divide(total, pairs, out=np.full(len(total), np.nan), where=pairs > 0)
