"""Consistent PLS: correlations between constructs freed of the items' measurement error.

Every array ends in the axis B of data sets. Source: Dijkstra & Henseler (2015), MIS Quarterly 39.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frontstage.measure.pls.fixed_point import FixedPoint
from frontstage.measure.pls.model import PathModel
from frontstage.measure.pls.structure import regressions

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Consistent:
    """Disattenuated (J, J, B) correlations and paths, (J, B) R² and ρ_A, (s, B) loadings.

    ``proper`` (B,) is False where a correlation leaves −1 to 1 or a ρ_A is not positive, and for every data set
    of a model with second-order constructs, whose repeated items carry one error into two constructs: not to be
    shown.
    """

    correlations: Values
    paths: Values
    r2: Values
    rho_a: Values
    loadings: Values
    proper: NDArray[np.bool_]


def rho_a(model: PathModel, correlation: Values, weights: Values) -> Values:
    """(J, B) reliability ρ_A = (w'w)²·w'(S − diag S)w / w'(ww' − diag ww')w of scores with variance 1.

    1 for single items and for mode B, whose scores are taken as free of error.
    """
    out = np.ones((len(model.names), weights.shape[-1]))
    for j, block in enumerate(model.blocks):
        if model.constructs[j].mode == "A" and block.stop - block.start > 1:
            w = weights[block]
            squares = (w * w).sum(axis=0)
            among = np.einsum("ib,ihb,hb->b", w, correlation[block, block], w) - squares
            with np.errstate(all="ignore"):
                out[j] = squares**2 * among / (squares**2 - (w**4).sum(axis=0))
    return out


def consistent(model: PathModel, correlation: Values, found: FixedPoint) -> Consistent:
    """PLSc of a converged estimate. ``correlation`` (s, s, B) of slots."""
    with np.errstate(all="ignore"):  # what has no reliability has no freed correlation, and is not proper
        return _freed(model, correlation, found)


def _freed(model: PathModel, correlation: Values, found: FixedPoint) -> Consistent:
    reliability = rho_a(model, correlation, found.weights)
    root = np.sqrt(reliability)
    freed = found.correlations / (root[:, None] * root[None])
    for j in range(len(model.names)):
        freed[j, j] = 1.0
    paths, r2 = regressions(model, freed)
    loadings = np.empty_like(found.weights)
    for j, block in enumerate(model.blocks):
        if model.constructs[j].mode == "A":
            w = found.weights[block]
            loadings[block] = root[j] * w / (w * w).sum(axis=0)
        else:
            loadings[block] = found.cross[j, block]
    proper = (np.abs(freed) <= 1 + 1e-12).all(axis=(0, 1)) & (reliability > 0).all(axis=0)
    proper &= not any(construct.of for construct in model.constructs)
    return Consistent(freed, paths, r2, reliability, loadings, proper)
