"""Before and after, or one group beside another: differences of gaps, corrected for their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from frontstage.measure.corrections import adjust_benjamini_hochberg, adjust_holm
from frontstage.measure.errors import MeasureError
from frontstage.measure.gaps.results import DimensionGap, GapResult
from frontstage.measure.intervals import Difference, Interval, Summary, difference_of_means


@dataclass(frozen=True)
class GapDifference:
    """After minus before, in points of the scale, with Welch's interval and p, and p corrected two ways.

    ``difference`` is None where a side has no answers.
    """

    code: str
    before: Interval | None
    after: Interval | None
    difference: Difference | None
    p_holm: float | None = None
    p_benjamini_hochberg: float | None = None

    def is_proven(self, alpha: float = 0.05) -> bool:
        """Whether the difference stands after Holm's correction."""
        return self.p_holm is not None and self.p_holm <= alpha


@dataclass(frozen=True)
class GapComparison:
    """Items are one family for the correction, dimensions another; the overall difference is one question."""

    dimensions: tuple[GapDifference, ...]
    items: tuple[GapDifference, ...]
    unweighted: GapDifference
    weighted: GapDifference | None


def compare_gaps(before: GapResult, after: GapResult, confidence: float = 0.95) -> GapComparison:
    """Two independent samples of one instrument: differences after − before with Welch's interval and test.

    With respondents' weights the degrees of freedom still count respondents. Intervals are not corrected; p
    values are, by Holm (1979) and by Benjamini and Hochberg (1995). The weighted difference needs the same
    points on both sides: a change of points is no change of service, so otherwise it is None. Raises
    MeasureError when the two do not have the same dimensions and items.
    """
    check_same_instrument(before, after)
    same_points = before.allocation is not None and before.allocation == after.allocation
    return GapComparison(
        dimensions=_family(before.dimensions, after.dimensions, confidence),
        items=_family(before.items, after.items, confidence),
        unweighted=corrected([overall_difference(before, after, confidence)])[0],
        weighted=corrected([_weighted(before, after, confidence)])[0] if same_points else None,
    )


def check_same_instrument(before: GapResult, after: GapResult) -> None:
    """Refuse results whose dimensions or items are not the same."""
    for one, other in ((before.dimensions, after.dimensions), (before.items, after.items)):
        if [d.code for d in one] != [d.code for d in other]:
            raise MeasureError(
                "instruments_differ",
                "The two measurements do not have the same dimensions and items.",
                "Compare results of one instrument, or map the older version's items to the newer first.",
            )


def overall_difference(before: GapResult, after: GapResult, confidence: float) -> GapDifference:
    """The difference of the unweighted overall gaps, not corrected."""
    first, second = before.overall_scores, after.overall_scores
    return difference_of("overall", before.unweighted, first, after.unweighted, second, confidence)


def _weighted(before: GapResult, after: GapResult, confidence: float) -> GapDifference:
    first, second = before.weighted_scores, after.weighted_scores
    return difference_of("weighted", before.weighted, first, after.weighted, second, confidence)


def _family(
    before: Sequence[DimensionGap], after: Sequence[DimensionGap], confidence: float
) -> tuple[GapDifference, ...]:
    pairs = zip(before, after, strict=True)
    rows = [difference_of(b.code, b.gap, b.scores, a.gap, a.scores, confidence) for b, a in pairs]
    return tuple(corrected(rows))


def difference_of(
    code: str,
    before: Interval | None,
    first: Summary | None,
    after: Interval | None,
    second: Summary | None,
    confidence: float,
) -> GapDifference:
    """One dimension's or item's difference from the estimates and the respondents' own scores."""
    if before is None or after is None or first is None or second is None:
        return GapDifference(code, before, after, None)
    # Centred on the published estimates: they differ from the means of complete respondents when answers
    # miss.
    found = difference_of_means(_moved(first, before.estimate), _moved(second, after.estimate), confidence)
    return GapDifference(code, before, after, found)


def _moved(scores: Summary, mean: float) -> Summary:
    """The same number and spread round another mean."""
    if scores.n < 1:
        return scores
    around = scores.squares - scores.total**2 / scores.n
    return Summary(scores.n, mean * scores.n, around + mean * mean * scores.n)


def corrected(rows: Sequence[GapDifference]) -> list[GapDifference]:
    """The rows as one family of tests: their p values corrected for their number."""
    raw = [row.difference.p if row.difference else None for row in rows]
    p = np.array([np.nan if value is None else value for value in raw])
    holm, hochberg = adjust_holm(p), adjust_benjamini_hochberg(p)
    return [
        row
        if np.isnan(p[i])
        else replace(row, p_holm=float(holm[i]), p_benjamini_hochberg=float(hochberg[i]))
        for i, row in enumerate(rows)
    ]
