"""RFM quintiles and ABC classes: the same customers give the same segments, in whatever order they come."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from frontstage.measure.arrays import as_numbers
from frontstage.measure.errors import MeasureError


def quantile_scores(values: ArrayLike, bins: int = 5) -> NDArray[np.intp]:
    """(n,) 1 to ``bins``, the highest values highest: 1 + ⌊bins · (share of values strictly below)⌋.

    Equal values have equal scores, so a tie needs no lot and no order of rows. With many ties some scores
    stay empty.
    """
    x = as_numbers(values, "The customers' figures", 1, holes=False)
    if bins < 2:
        raise MeasureError("bins", f"{bins} scores tell nobody apart.", "Use 5.")
    below = np.searchsorted(np.sort(x), x, side="left")
    return 1 + below * bins // max(x.size, 1)


def rfm_scores(
    days_since_last: ArrayLike, purchases: ArrayLike, amount: ArrayLike, bins: int = 5
) -> NDArray[np.intp]:
    """(n, 3) scores of recency (fewer days are better), frequency and money, 1 to ``bins``, 5 the best.

    Source: Hughes (1994), Strategic Database Marketing. Each of the three is scored over all customers by
    itself (not frequency within each score of recency), so equal customers stay equal.
    """
    columns = [-as_numbers(days_since_last, "The days"), as_numbers(purchases, "The purchases")]
    columns.append(as_numbers(amount, "The amounts"))
    if len({column.shape for column in columns}) != 1:
        raise MeasureError(
            "shape", "Each customer needs days, purchases and an amount.", "Give as many of each."
        )
    return np.stack([quantile_scores(column, bins) for column in columns], axis=1)


def abc_classes(profit: ArrayLike, a_share: float = 0.8, b_share: float = 0.95) -> NDArray[np.str_]:
    """(n,) "A", "B" or "C" by cumulative share of all positive profit, the largest first.

    A customer is A while those larger than she (strictly) have less than ``a_share``, B while less than
    ``b_share``; equal profits share a class, and whoever brings no profit is C. The cuts are usual, not a
    source's. Source: Dickie (1951), Factory Management and Maintenance 109, for the idea.
    """
    x = as_numbers(profit, "The profits", 1, holes=False)
    if not 0 < a_share < b_share <= 1:
        raise MeasureError(
            "class_cuts",
            f"The cuts {a_share} and {b_share} do not rise.",
            "Use 0 < A < B ≤ 1, as 0.8 and 0.95.",
        )
    gains = np.sort(x[x > 0])
    if not gains.size:
        return np.full(x.shape, "C")
    above = gains.sum() - np.concatenate([[0.0], np.cumsum(gains)])  # after the i smallest
    larger = above[np.searchsorted(gains, x, side="right")] / gains.sum()
    # The slack keeps shares that are equal on paper (0.8) from being split by rounding.
    return np.where(
        x <= 0, "C", np.where(larger < a_share - 1e-12, "A", np.where(larger < b_share - 1e-12, "B", "C"))
    )
