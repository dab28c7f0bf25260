"""Gamma-gamma: what a customer spends at a time, shrunk towards all customers when she has bought little.

Source: Fader & Hardie (2013), The gamma-gamma model of monetary value (their note 25), equations 1a and 5.
Spending must not depend on how often people buy: check their correlation first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special

from frontstage.measure.arrays import Values, as_numbers
from frontstage.measure.errors import MeasureError


@dataclass(frozen=True)
class SpendingModel:
    """Fitted p, q and γ (in money); the log-likelihood, and the number of customers."""

    p: float
    q: float
    gamma: float
    log_likelihood: float
    n: int

    def expected_amount(self, purchases: ArrayLike, mean_amount: ArrayLike) -> Values:
        """(n,) expected amount of a purchase: p(γ + xm)/(px + q − 1); the population's pγ/(q − 1) for x = 0.

        nan where q ≤ 1 leaves customers without purchases no mean.
        """
        x, m = as_numbers(purchases, "The purchases"), as_numbers(mean_amount, "The mean amounts")
        if x.shape != m.shape or not (x >= 0).all() or not (m[x > 0] >= 0).all():
            raise MeasureError(
                "spending", "Each customer needs a number of purchases and a mean amount.", "Give 0 or more."
            )
        below = self.p * x + self.q - 1.0
        amount = self.p * (self.gamma + x * np.where(x > 0, m, 0.0))
        return np.divide(amount, below, out=np.full(np.shape(amount), np.nan), where=below > 0)


def fit_spending(purchases: ArrayLike, mean_amount: ArrayLike) -> SpendingModel:
    """Maximum likelihood from each customer's number of purchases (≥ 1) and their mean amount (> 0), (n,)."""
    x = as_numbers(purchases, "The purchases", 1, least=1)
    m = as_numbers(mean_amount, "The mean amounts", 1)
    if x.shape != m.shape or not ((x >= 1) & (m > 0)).all():
        raise MeasureError(
            "spending",
            "Each customer needs a purchase or more and a mean amount above 0.",
            "Leave customers without purchases, and free ones, out.",
        )
    unit = float(m.mean())
    scaled = m / unit

    def loss(logs: Values) -> float:
        p, q, gamma = np.exp(logs)
        terms = special.gammaln(p * x + q) - special.gammaln(p * x) - special.gammaln(q) + q * np.log(gamma)
        terms += (p * x - 1) * np.log(scaled) + p * x * np.log(x) - (p * x + q) * np.log(gamma + x * scaled)
        return -float(terms.mean())

    options = {"maxiter": 6000, "maxfev": 6000, "fatol": 1e-13, "xatol": 1e-9}
    with np.errstate(all="ignore"):  # far away from a maximum that is not there; the result is checked
        found = optimize.minimize(loss, np.array([1.0, 1.0, 0.0]), method="Nelder-Mead", options=options)
    if not found.success or not np.isfinite(found.x).all() or np.abs(found.x).max() > 15:
        raise MeasureError(
            "model_not_found",
            "The spending model has no maximum in these data.",
            "It needs more customers whose amounts differ.",
        )
    p, q, gamma = (float(v) for v in np.exp(found.x))
    return SpendingModel(p, q, gamma * unit, -float(found.fun) * x.size - x.size * np.log(unit), x.size)
