"""Lifetime value: by a constant retention, or by the purchase and spending models."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from frontstage.measure.errors import MeasureError
from frontstage.measure.operations.value.purchases import PurchaseModel
from frontstage.measure.operations.value.spending import SpendingModel


def lifetime_value(
    margin: float,
    retention: float,
    discount: float,
    acquisition_cost: float = 0.0,
    periods: int | None = None,
    first: Literal[0, 1] = 0,
) -> float:
    """Σ m·rᵗ/(1+d)ᵗ − acquisition cost, t from ``first`` (0: the first margin comes at once) for ``periods``.

    Without ``periods`` the sum has no end: m·qᶠⁱʳˢᵗ/(1−q), q = r/(1+d); from 1 on it is m·r/(1+d−r).
    Sources: Berger & Nasr (1998), Journal of Interactive Marketing 12; Gupta & Lehmann (2003), in volume 17.
    """
    finite = math.isfinite(margin) and math.isfinite(acquisition_cost)
    if not finite or not 0 <= retention <= 1 or not -1 < discount < math.inf or (periods or 0) < 0:
        raise MeasureError(
            "lifetime_value",
            "Retention must be a share, the discount above −1, the periods 0 or more, the money known.",
            "Give 90 % as 0.9.",
        )
    q = retention / (1 + discount)
    if periods is not None:
        steps = np.arange(first, first + periods)
        return float(margin * np.power(q, steps).sum() - acquisition_cost)
    if q >= 1:
        raise MeasureError(
            "lifetime_value",
            "With this retention and discount the value has no end.",
            "Give a number of periods, a retention below 1 or a discount above 0.",
        )
    return margin * q**first / (1 - q) - acquisition_cost


def expected_value(
    purchases: PurchaseModel,
    spending: SpendingModel,
    history: tuple[ArrayLike, ArrayLike, ArrayLike],
    mean_amount: ArrayLike,
    periods: int,
    period: float = 1.0,
    discount: float = 0.0,
    margin: float = 1.0,
) -> NDArray[np.float64]:
    """(n,) discounted value of each customer's expected purchases over the next ``periods``.

    ``history`` is (frequency, recency, age) as in ``fit_purchases``; ``period`` is a period's length in its
    unit of time, ``discount`` per period, ``margin`` the share of an amount that is profit. A period's
    purchases count at its end. Source: Fader, Hardie & Lee (2005), Journal of Marketing Research 42.
    """
    if periods < 0 or not 0 < period < math.inf or not -1 < discount < math.inf or not math.isfinite(margin):
        raise MeasureError(
            "lifetime_value",
            "The periods must be 0 or more, their length above 0, the discount above −1.",
            "Give 1 % as 0.01.",
        )
    amount = margin * spending.expected_amount(history[0], mean_amount)
    total, before = np.zeros_like(amount), np.zeros_like(amount)
    for t in range(1, periods + 1):
        until = purchases.expected_purchases(t * period, *history)
        total, before = total + (until - before) / (1 + discount) ** t, until
    return total * amount
