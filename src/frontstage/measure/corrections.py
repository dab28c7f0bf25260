"""Many comparisons at once: p values corrected for their number."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from frontstage.measure.arrays import Values, as_numbers
from frontstage.measure.errors import MeasureError


def adjust_holm(p_values: ArrayLike) -> Values:
    """Holm's (1979, Scandinavian Journal of Statistics 6) step-down adjusted p: the chance of any false
    finding stays below α.

    Shape (m,) in and out; nan stays nan and does not count as a test.
    """
    return _adjusted(p_values, _holm)


def adjust_benjamini_hochberg(p_values: ArrayLike) -> Values:
    """Benjamini and Hochberg's (1995, Journal of the Royal Statistical Society B 57) step-up adjusted p: the
    expected share of false findings stays below α. Shape and nan as in ``adjust_holm``.
    """
    return _adjusted(p_values, lambda p: np.asarray(stats.false_discovery_control(p), float))


def _holm(p: Values) -> Values:
    order = np.argsort(p, kind="stable")
    stepped = np.minimum(np.maximum.accumulate(p[order] * np.arange(p.size, 0, -1)), 1.0)
    out = np.empty_like(p)
    out[order] = stepped
    return out


def _adjusted(p_values: ArrayLike, rule: Callable[[Values], Values]) -> Values:
    p = as_numbers(p_values, "The p values", 1).copy()
    if (p < 0).any() or (p > 1).any():
        raise MeasureError("p_values", "Each p value lies between 0 and 1, in one list.", "Correct them.")
    known = ~np.isnan(p)
    if known.any():
        p[known] = rule(p[known])
    return p
