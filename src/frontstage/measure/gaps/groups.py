"""Several groups beside one another: whether they differ at all, and which differ from which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy import stats

from frontstage.measure.errors import MeasureError
from frontstage.measure.gaps.comparison import (
    GapDifference,
    check_same_instrument,
    corrected,
    difference_of,
    overall_difference,
)
from frontstage.measure.gaps.results import GapResult
from frontstage.measure.intervals import Summary

Pair = tuple[str, str]


@dataclass(frozen=True)
class AnyDifference:
    """Welch's F test that all groups have one mean; ``f`` and ``p`` None where a group is too small."""

    f: float | None
    between: float
    within: float | None
    p: float | None


def any_difference(groups: Mapping[str, Summary]) -> AnyDifference:
    """Whether any of two or more groups differs, with unequal variances. Source: Welch (1951), Biometrika 38.

    None for f and p where a group has fewer than two respondents or no spread.
    """
    k, summaries = len(groups), list(groups.values())
    if k < 2:
        raise MeasureError("too_few_groups", f"{k} groups cannot be compared.", "Give two or more.")
    if any(s.n < 2 or s.variance == 0 for s in summaries):
        return AnyDifference(None, k - 1, None, None)
    n = np.array([s.n for s in summaries], float)
    w = n / np.array([s.variance for s in summaries])
    means = np.array([s.mean for s in summaries])
    centre = float(w @ means / w.sum())
    spill = float(np.square(1 - w / w.sum()) @ (1 / (n - 1)))
    f = float(w @ np.square(means - centre)) / (k - 1) / (1 + 2 * (k - 2) / (k * k - 1) * spill)
    within = (k * k - 1) / (3 * spill)
    return AnyDifference(f, k - 1, within, float(stats.f.sf(f, k - 1, within)))


def compare_groups(
    groups: Mapping[str, GapResult], dimension: str | None = None, confidence: float = 0.95
) -> dict[Pair, GapDifference]:
    """Every pair of groups on one dimension (None: overall, unweighted), corrected over all the pairs.

    Raises MeasureError for fewer than two groups, another instrument in one, or an unknown dimension.
    """
    pairs = _pairs(groups)
    rows = [_pair(groups[a], groups[b], dimension, confidence) for a, b in pairs]
    return dict(zip(pairs, corrected(rows), strict=True))


def compare_groups_everywhere(
    groups: Mapping[str, GapResult], confidence: float = 0.95
) -> dict[str, dict[Pair, GapDifference]]:
    """Every pair of groups on every dimension: {dimension: {pair: difference}}.

    All pairs and dimensions are one family for the corrections: who looks at all of them at once is misled by
    corrections for each dimension alone.
    """
    pairs = _pairs(groups)
    codes = [d.code for d in next(iter(groups.values())).dimensions]
    rows = corrected([_pair(groups[a], groups[b], code, confidence) for code in codes for a, b in pairs])
    each = iter(rows)
    return {code: {pair: next(each) for pair in pairs} for code in codes}


def groups_differ(groups: Mapping[str, GapResult], dimension: str | None = None) -> AnyDifference:
    """Welch's F test over all groups on one dimension (None: overall, unweighted)."""
    _pairs(groups)
    empty = Summary(0, 0.0, 0.0)
    if dimension is None:
        return any_difference({name: r.overall_scores or empty for name, r in groups.items()})
    place = _place(next(iter(groups.values())), dimension)
    return any_difference({name: r.dimensions[place].scores or empty for name, r in groups.items()})


def _pairs(groups: Mapping[str, GapResult]) -> list[Pair]:
    results = list(groups.values())
    if len(results) < 2:
        raise MeasureError(
            "too_few_groups", f"{len(results)} groups cannot be compared.", "Give two or more."
        )
    for other in results[1:]:
        check_same_instrument(results[0], other)
    return list(combinations(groups, 2))


def _place(result: GapResult, dimension: str) -> int:
    codes = [d.code for d in result.dimensions]
    if dimension not in codes:
        raise MeasureError(
            "unknown_dimension", f"There is no dimension {dimension}.", f"Known: {', '.join(codes)}."
        )
    return codes.index(dimension)


def _pair(one: GapResult, other: GapResult, dimension: str | None, confidence: float) -> GapDifference:
    if dimension is None:
        return overall_difference(one, other, confidence)
    place = _place(one, dimension)
    a, b = one.dimensions[place], other.dimensions[place]
    return difference_of(dimension, a.gap, a.scores, b.gap, b.scores, confidence)
