"""Expectation, perception and gap of every dimension, from answers or from sums of them.

A respondent's gap in a dimension is the mean of P - E over the pairs that she answered in it; the dimension's
gap is the mean of that over respondents. So an unanswered pair never counts as zero, and raising any
perception never lowers a score. Source: Parasuraman, Zeithaml and Berry (1985, 1988).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from frontstage.measure.arrays import Values, as_numbers
from frontstage.measure.errors import MeasureError
from frontstage.measure.gaps.combining import check_allocation
from frontstage.measure.gaps.instruments import GapInstrument
from frontstage.measure.gaps.results import GapResult, PairSums, gaps_from_sums
from frontstage.measure.intervals import Summary


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
        raise MeasureError(
            "shape", "Expectations and perceptions must have the same number of rows.", "One a respondent."
        )
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
