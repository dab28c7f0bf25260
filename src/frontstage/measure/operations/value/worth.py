"""Lifetime value: by a constant retention, or by the purchase and spending models."""

from __future__ import annotations

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

    Without ``periods`` the sum has no end: m·qᶠⁱʳˢᵗ/(1−q), q = r/(1+d). Source: Berger & Nasr (1998); Gupta &
    Lehmann (2003).
    """
    if not 0 <= retention <= 1 or discount <= -1:
        raise MeasureError(
            "lifetime_value", "Retention must be a share, and the discount above −1.", "Give 90 % as 0.9."
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
    amount = margin * spending.expected_amount(history[0], mean_amount)
    total, before = np.zeros_like(amount), np.zeros_like(amount)
    for t in range(1, periods + 1):
        until = purchases.expected_purchases(t * period, *history)
        total, before = total + (until - before) / (1 + discount) ** t, until
    return total * amount
