"""BG/NBD: how often customers buy, and whether they are still customers, from counts and dates alone.

Purchases are Poisson at a gamma-distributed rate (r, α); after each a customer leaves with a beta-distributed
chance (a, b). Sources: Fader, Hardie & Lee (2005), Marketing Science 24, equation 6 for the likelihood and 10
for the expected purchases; Fader, Hardie & Lee (2008), Computing P(alive) using the BG/NBD model (their note
21), for the chance of being a customer still.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special

from frontstage.measure.arrays import Values, as_numbers
from frontstage.measure.errors import MeasureError


@dataclass(frozen=True)
class PurchaseModel:
    """Fitted r, α (in units of time), a, b; the log-likelihood, and the number of customers."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    n: int

    def alive(self, frequency: ArrayLike, recency: ArrayLike, age: ArrayLike) -> Values:
        """(n,) chance of still being a customer: 1/(1 + a/(b+x−1)·((α+T)/(α+t_x))^(r+x)), 1 for x = 0."""
        x, last, t = _history(frequency, recency, age)
        return 1.0 / (1.0 + self._gone(x, last, t))

    def expected_purchases(
        self, horizon: float, frequency: ArrayLike, recency: ArrayLike, age: ArrayLike
    ) -> Values:
        """(n,) purchases expected in the next ``horizon`` units of time, given each customer's history.

        Equation 10 after Euler's transformation of its hypergeometric series, with z = horizon/(α+T+horizon):
        (a+b+x−1)/(a−1) · (1 − (1−z)^(a−1)·₂F₁(a+b−1−r, a−1; a+b+x−1; z)) · P(alive): the factor that
        overflows for frequent customers cancels.
        """
        if not 0 <= horizon < np.inf:
            raise MeasureError("horizon", f"A horizon of {horizon} cannot be.", "Give a time of 0 or more.")
        x, last, t = _history(frequency, recency, age)
        a = self.a if abs(self.a - 1.0) > 1e-6 else self.a + 1e-6  # the formula's removable hole at a = 1
        z = horizon / (self.alpha + t + horizon)
        lead = a + self.b + x - 1.0
        series = (1.0 - z) ** (a - 1.0) * special.hyp2f1(a + self.b - 1.0 - self.r, a - 1.0, lead, z)
        return lead / (a - 1.0) * (1.0 - series) / (1.0 + self._gone(x, last, t))

    def _gone(self, x: Values, last: Values, t: Values) -> Values:
        power = (self.r + x) * (np.log(self.alpha + t) - np.log(self.alpha + last))
        odds = self.a / (self.b + np.maximum(x, 1.0) - 1.0) * np.exp(np.minimum(power, 700.0))
        return np.where(x > 0, odds, 0.0)


def fit_purchases(frequency: ArrayLike, recency: ArrayLike, age: ArrayLike) -> PurchaseModel:
    """Maximum likelihood. ``frequency``: repeat purchases (the first not counted); ``recency``: time of the
    last one since the first (0 without repeats); ``age``: time since the first; all (n,), one unit of time.
    Raises MeasureError for histories that cannot be, without repeat purchases, or without a maximum.
    """
    x, last, t = _history(frequency, recency, age)
    if not (x > 0).any() or t.mean() <= 0:
        raise MeasureError("no_repeats", "Nobody bought a second time.", "Wait for repeat purchases.")
    unit = float(t.mean())  # the search is done in units of the mean age, so that days and years fit alike
    rows, counts = np.unique(np.stack([x, last / unit, t / unit], axis=1), axis=0, return_counts=True)
    columns = rows[:, 0], rows[:, 1], rows[:, 2]

    def loss(logs: Values) -> float:
        return -float(counts @ _log_likelihood(np.exp(logs), *columns)) / x.size

    starts = ([0.0, 0.0, 0.0, 0.0], [-1.0, -1.0, -0.5, 1.0])
    found = min((_search(loss, np.array(start)) for start in starts), key=lambda f: float(f.fun))
    r, alpha, a, b = np.exp(found.x)
    if not found.success or not np.isfinite(found.x).all() or np.abs(found.x).max() > 15:
        raise MeasureError(
            "model_not_found",
            "The purchase model has no maximum in these data.",
            "It needs more customers with repeat purchases, and some who stopped.",
        )
    # A density of times in units of u has 1/u for each purchase.
    total = -float(found.fun) * x.size - float(x.sum()) * np.log(unit)
    return PurchaseModel(float(r), float(alpha) * unit, float(a), float(b), total, x.size)


def _search(loss: Callable[[Values], float], start: Values) -> optimize.OptimizeResult:
    options = {"maxiter": 6000, "maxfev": 6000, "fatol": 1e-13, "xatol": 1e-9}
    with np.errstate(all="ignore"):  # far away from a maximum that is not there; the result is checked
        return optimize.minimize(loss, start, method="Nelder-Mead", options=options)


def _log_likelihood(parameters: Values, x: Values, last: Values, t: Values) -> Values:
    r, alpha, a, b = parameters
    first = special.gammaln(r + x) - special.gammaln(r) + r * np.log(alpha)
    second = special.gammaln(a + b) + special.gammaln(b + x) - special.gammaln(b) - special.gammaln(a + b + x)
    alive = -(r + x) * np.log(alpha + t)
    gone = np.log(a) - np.log(b + np.maximum(x, 1.0) - 1.0) - (r + x) * np.log(alpha + last)
    return first + second + np.where(x > 0, np.logaddexp(alive, gone), alive)


def _history(frequency: ArrayLike, recency: ArrayLike, age: ArrayLike) -> tuple[Values, Values, Values]:
    x, last, t = (as_numbers(v, "The history", 1, least=1) for v in (frequency, recency, age))
    if x.shape != last.shape or x.shape != t.shape:
        raise MeasureError(
            "shape", "Frequency, recency and age need one number for each customer.", "Give as many of each."
        )
    wrong = ~np.isfinite(x + last + t) | (x < 0) | (last < 0) | (t < last) | ((x == 0) & (last != 0))
    wrong |= x != np.floor(x)
    if wrong.any():
        raise MeasureError(
            "history",
            f"The history of customer {int(np.flatnonzero(wrong)[0]) + 1} cannot be ({int(wrong.sum())} such).",
            "Whole purchases of 0 or more; 0 ≤ recency ≤ age; recency 0 without repeat purchases.",
        )
    return x, last, t
