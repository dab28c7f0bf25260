"""Indices from 0 to 100 on the scales of the items, and which construct and item moves them most.

Every array ends in the axis B of data sets. Performance is on the scale's theoretical limits, not on the
observed ones; importance is the unstandardised total effect. Sources: Fornell, Johnson, Anderson, Cha & Bryant
(1996); Ringle & Sarstedt (2016) on importance-performance maps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frontstage.measure.pls.model import PathModel

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Indices:
    """(J, B) ``values`` and ``spread`` (standard deviation of the respondents' own indices);
    ``shares`` (s, B): the points by which a construct's index rises when a slot rises by one scale point.

    A construct with a negative weight has no index: nan, and ``negative`` (J, B) is True.
    """

    values: Values
    spread: Values
    shares: Values
    negative: NDArray[np.bool_]


def indices(model: PathModel, weights: Values, mean: Values, sd: Values) -> Indices:
    """100·(E[ξ] − Min)/(Max − Min) with ξ = Σ w_i x_i, w_i = (w*_i/s_i)/Σ(w*_k/s_k).

    ``weights`` (s, B) are w* of standardised slots, ``mean`` and ``sd`` (s, B) of the slots. Min and Max are ξ
    with every item at the lowest and highest value of its scale.
    """
    limits = np.array([model.scale(model.items[i]) for i in model.slots])
    low, high = limits[:, :1], limits[:, 1:]
    raw = weights / sd
    values = np.empty((len(model.names), weights.shape[-1]))
    spread = np.empty_like(values)
    shares = np.empty_like(weights)
    negative = np.zeros(values.shape, bool)
    for j, block in enumerate(model.blocks):
        w = raw[block]
        with np.errstate(all="ignore"):
            span = (w * (high[block] - low[block])).sum(axis=0)
            values[j] = 100 * (w * (mean[block] - low[block])).sum(axis=0) / span
            spread[j] = 100 / span
            shares[block] = 100 * w / span
        # What is only rounding about zero is no negative weight.
        negative[j] = (w < -1e-9 * np.abs(w).max(axis=0)).any(axis=0)
    values[negative] = np.nan
    return Indices(values, spread, shares, negative)


def importance(found: Indices, total: Values, target: int) -> Values:
    """(J, B) index points by which the target rises when a construct's index rises by one point.

    ``total`` (J, J, B) are standardised total effects. Of the target itself it is 1.
    """
    with np.errstate(all="ignore"):
        out = total[:, target] * found.spread[target] / found.spread
    out[target] = 1.0
    return out


def item_gains(model: PathModel, found: Indices, importances: Values) -> Values:
    """(s, B) index points by which the target rises when a slot's item rises by one point of its scale."""
    return np.asarray(found.shares * importances[model.owners])
