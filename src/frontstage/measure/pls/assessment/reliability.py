"""Do the items of a construct measure one thing, and how dependably: α, ρ_A, ρ_C and AVE.

Sources: Cronbach (1951); Dijkstra & Henseler (2015) for ρ_A; Jöreskog (1971) for ρ_C; Fornell & Larcker (1981).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frontstage.measure.pls.consistent import rho_a
from frontstage.measure.pls.estimation import Estimate
from frontstage.measure.pls.model import PathModel

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Reliability:
    """Of one construct; every figure is None where it does not apply (see ``is_judged``).

    ``alpha`` is from correlations (as if the items were standardised), ``alpha_covariance`` from covariances.
    """

    alpha: float | None = None
    alpha_covariance: float | None = None
    rho_a: float | None = None
    rho_c: float | None = None
    ave: float | None = None


def is_judged(model: PathModel, j: int) -> bool:
    """Whether construct ``j`` has a reliability: mode A and two items or more.

    A single item has nothing to agree with, and items that form a construct (mode B) need not agree.
    """
    block = model.blocks[j]
    return model.constructs[j].mode == "A" and block.stop - block.start > 1


def cronbach_alpha(matrix: Values) -> Values:
    """(B,) α = k/(k − 1)·(1 − trace/sum) of items' correlations or covariances (k, k, B), k ≥ 2."""
    k = len(matrix)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(k / (k - 1) * (1 - np.einsum("iib->b", matrix) / matrix.sum(axis=(0, 1))))


def composite_reliability(loadings: Values) -> Values:
    """(B,) ρ_C = (Σλ)²/((Σλ)² + Σ(1 − λ²)) of standardised loadings (k, B).

    Jöreskog's; Dillon-Goldstein's ρ of plspm puts first-component correlations in the place of λ.
    """
    common = loadings.sum(axis=0) ** 2
    return np.asarray(common / (common + (1 - loadings**2).sum(axis=0)))


def average_variance_extracted(loadings: Values) -> Values:
    """(B,) AVE = mean λ² of standardised loadings (k, B)."""
    return np.asarray((loadings**2).mean(axis=0))


def reliability(estimate: Estimate, loadings: Values | None = None) -> dict[str, Reliability]:
    """By construct. ``loadings`` (s,): others than the estimate's own, such as those of consistent PLS."""
    model = estimate.model
    used = estimate.loadings if loadings is None else np.asarray(loadings, float)
    dependable = rho_a(model, estimate.correlation[..., None], estimate.found.weights)[:, 0]
    covariance = estimate.correlation * np.outer(estimate.sd, estimate.sd)
    out = {}
    for j, (name, block) in enumerate(zip(model.names, model.blocks, strict=True)):
        if not is_judged(model, j):
            out[name] = Reliability()
            continue
        out[name] = Reliability(
            alpha=_known(cronbach_alpha(estimate.correlation[block, block, None])[0]),
            alpha_covariance=_known(cronbach_alpha(covariance[block, block, None])[0]),
            rho_a=_known(dependable[j]),
            rho_c=_known(composite_reliability(used[block, None])[0]),
            ave=_known(average_variance_extracted(used[block, None])[0]),
        )
    return out


def first_eigenvalues(estimate: Estimate) -> dict[str, tuple[float, float]]:
    """The two largest eigenvalues of each construct's correlations; one dimension: only the first is over 1.

    Constructs of a single item are left out. Source: Tenenhaus et al. (2005).
    """
    out = {}
    for name, block in zip(estimate.model.names, estimate.model.blocks, strict=True):
        if block.stop - block.start > 1:
            values = np.linalg.eigvalsh(estimate.correlation[block, block])
            out[name] = (float(values[-1]), float(values[-2]))
    return out


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
