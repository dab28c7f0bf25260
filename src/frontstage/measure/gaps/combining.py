"""From the gaps of the dimensions to one figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from frontstage.measure.arrays import as_numbers
from frontstage.measure.errors import MeasureError


def check_allocation(allocation: Mapping[str, float], dimensions: Mapping[str, object]) -> None:
    """Points for exactly these dimensions, none negative, 100 in all. Raises MeasureError."""
    if set(allocation) != set(dimensions):
        raise MeasureError(
            "allocation_dimensions", f"Give points to each of: {', '.join(dimensions)}.", "No more, no fewer."
        )
    if any(points < 0 for points in allocation.values()):
        raise MeasureError("allocation_negative", "Points cannot be negative.", "Give 0 or more.")
    total = sum(allocation.values())
    if not abs(total - 100) <= 1e-9:  # so that nan is refused too
        raise MeasureError(
            "allocation_total",
            f"The points must total exactly 100; they total {total:g}.",
            "Share out 100.",
            total=float(total),
        )


def combine_gaps(
    gaps: Mapping[str, float], allocation: Mapping[str, float] | None = None
) -> tuple[float, float | None]:
    """(unweighted, weighted) of the dimensions' gaps.

    Unweighted: their mean. Weighted: Σ (points/100)·gap, once; it is not divided by the number of dimensions
    again, as some guides do. Source: Zeithaml, Parasuraman and Berry (1990), Delivering Quality Service, for
    the allocation of 100 points.
    """
    if not gaps:
        raise MeasureError("no_gaps", "There is no dimension to combine.", "Give one gap at least.")
    unweighted = sum(gaps.values()) / len(gaps)
    if allocation is None:
        return unweighted, None
    check_allocation(allocation, gaps)
    return unweighted, sum(allocation[code] / 100 * gap for code, gap in gaps.items())


def mean_allocation(points: ArrayLike, dimensions: Sequence[str]) -> tuple[dict[str, float], int]:
    """One allocation from the respondents' own: (mean points of each dimension, rows left out).

    ``points`` is (n, dimensions). A row that does not total 100 is left out and counted, not rescaled: what
    its author meant is not known.
    """
    p = as_numbers(points, "The points", 2)
    if p.shape[1] != len(dimensions):
        raise MeasureError(
            "shape",
            f"Points need one row a respondent and {len(dimensions)} columns.",
            "Give a column for each dimension.",
        )
    usable = (np.abs(p.sum(axis=1) - 100.0) <= 1e-9) & (p >= 0).all(axis=1)
    if not usable.any():
        raise MeasureError(
            "allocation_total", "No respondent's points total 100.", "Use the organisation's own points."
        )
    means = p[usable].mean(axis=0)
    return dict(zip(dimensions, means.tolist(), strict=True)), int((~usable).sum())
