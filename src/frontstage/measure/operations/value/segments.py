"""RFM quintiles and ABC classes: the same customers give the same segments, in whatever order they come."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from frontstage.measure.errors import MeasureError


def quantile_scores(values: ArrayLike, bins: int = 5) -> NDArray[np.intp]:
    """(n,) 1 to ``bins``, the highest values highest: 1 + ⌊bins · (share of values strictly below)⌋.

    Equal values have equal scores, so a tie needs no lot and no order of rows. With many ties some scores
    stay empty.
    """
    x = np.asarray(values, float)
    if x.ndim != 1 or not np.isfinite(x).all():
        raise MeasureError(
            "shape", "Scores need one number for each customer.", "Leave unknown customers out."
        )
    below = np.searchsorted(np.sort(x), x, side="left")
    return 1 + below * bins // max(x.size, 1)


def rfm_scores(
    days_since_last: ArrayLike, purchases: ArrayLike, amount: ArrayLike, bins: int = 5
) -> NDArray[np.intp]:
    """(n, 3) scores of recency (fewer days are better), frequency and money. Hughes (1994)."""
    columns = [-np.asarray(days_since_last, float), purchases, amount]
    return np.stack([quantile_scores(column, bins) for column in columns], axis=1)


def abc_classes(profit: ArrayLike, a_share: float = 0.8, b_share: float = 0.95) -> NDArray[np.str_]:
    """(n,) "A", "B" or "C" by cumulative share of all positive profit, the largest first.

    A customer is A while those larger than she (strictly) have less than ``a_share``, B while less than
    ``b_share``; equal profits share a class, and whoever brings no profit is C. Pareto (1896), Dickie (1951).
    """
    x = np.asarray(profit, float)
    if x.ndim != 1 or not np.isfinite(x).all() or not 0 < a_share < b_share <= 1:
        raise MeasureError("shape", "Classes need one profit for each customer and cuts 0 < A < B ≤ 1.")
    gains = np.sort(x[x > 0])
    if not gains.size:
        return np.full(x.shape, "C")
    above = gains.sum() - np.concatenate([[0.0], np.cumsum(gains)])  # after the i smallest
    larger = above[np.searchsorted(gains, x, side="right")] / gains.sum()
    # The slack keeps shares that are equal on paper (0.8) from being split by rounding.
    return np.where(
        x <= 0, "C", np.where(larger < a_share - 1e-12, "A", np.where(larger < b_share - 1e-12, "B", "C"))
    )
