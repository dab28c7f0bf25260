"""How far the correlations that the model implies are from those of the items: SRMR.

The composite model of Henseler et al. (2014): correlations within a construct's
items are taken as they are, and those between items of constructs j and k are λ_i·ρ_jk·λ_h, with loadings λ of
items on their scores. SRMR = √(Σ_{i≤h} (r_ih − r̂_ih)²/(p(p + 1)/2)), the diagonal counted. The factor model,
which reproduces the correlations within as λ_i·λ_h, gives a larger number and is not this one.
Sources: Henseler et al. (2014); Henseler, Hubona & Ray (2016); Hu & Bentler (1999).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frontstage.measure.pls.estimation import Estimate

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Fit:
    """SRMR: ``saturated`` lets all constructs correlate as they do, ``estimated`` as the paths imply."""

    saturated: float
    estimated: float


def implied_construct_correlations(estimate: Estimate) -> Values:
    """(J, J) correlations that the paths imply, with those of exogenous constructs as observed."""
    model = estimate.model
    out = np.array(estimate.correlations)
    done: list[int] = []
    for j in model.order:
        before = model.predecessors[j]
        if before.size:
            out[j, done] = out[done, j] = estimate.paths[before, j] @ out[before][:, done]
        done.append(j)
    return out


def implied_correlations(estimate: Estimate, between: Values) -> tuple[Values, Values]:
    """(p, p) observed and implied correlations of the model's items, from those ``between`` constructs (J, J).

    Each item counts once, with its first-order construct.
    """
    model = estimate.model
    first = np.flatnonzero([not model.constructs[j].of for j in model.owners])
    owners, loadings = model.owners[first], estimate.loadings[first]
    observed = estimate.correlation[np.ix_(first, first)]
    implied = np.outer(loadings, loadings) * between[np.ix_(owners, owners)]
    return observed, np.where(owners[:, None] == owners[None], observed, implied)


def srmr(estimate: Estimate) -> Fit:
    """Of the saturated and of the estimated model."""
    return Fit(
        _root_mean_square(*implied_correlations(estimate, estimate.correlations)),
        _root_mean_square(*implied_correlations(estimate, implied_construct_correlations(estimate))),
    )


def _root_mean_square(observed: Values, implied: Values) -> float:
    below = np.tril_indices(len(observed))
    return float(np.sqrt(((observed - implied)[below] ** 2).mean()))
