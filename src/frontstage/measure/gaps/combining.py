"""From the gaps of the dimensions to one figure."""

from __future__ import annotations

from collections.abc import Mapping

from frontstage.measure.errors import MeasureError


def check_allocation(allocation: Mapping[str, float], dimensions: Mapping[str, object]) -> None:
    """Points for exactly these dimensions, none negative, 100 in all. Raises MeasureError."""
    if set(allocation) != set(dimensions):
        raise MeasureError("allocation_dimensions", f"Give points to each of: {', '.join(dimensions)}.")
    if any(points < 0 for points in allocation.values()):
        raise MeasureError("allocation_negative", "Points cannot be negative.")
    total = sum(allocation.values())
    if abs(total - 100) > 1e-9:
        raise MeasureError("allocation_total", f"The points must total exactly 100; they total {total:g}.")


def combine_gaps(gaps: Mapping[str, float], allocation: Mapping[str, float] | None = None) -> tuple[float, float | None]:
    """(unweighted, weighted) of the dimensions' gaps.

    Unweighted: their mean. Weighted: Σ (points/100)·gap, once; it is not divided by the number of dimensions
    again, as some guides do. Source: Parasuraman, Zeithaml and Berry (1988); science notes of the project.
    """
    if not gaps:
        raise MeasureError("no_gaps", "There is no dimension to combine.")
    unweighted = sum(gaps.values()) / len(gaps)
    if allocation is None:
        return unweighted, None
    check_allocation(allocation, gaps)
    return unweighted, sum(allocation[code] / 100 * gap for code, gap in gaps.items())
