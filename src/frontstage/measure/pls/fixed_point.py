"""The weights of a path model, for many data sets at once, from their correlations alone.

Lohmöller's iteration: neighbours give each construct an inner proxy, its items get weights from that proxy
(mode A: their covariances; mode B: regression), until no weight moves. Every array ends in the axis B of data
sets, so a bootstrap's replicates are iterated together. Sources: Wold (1982); Lohmöller (1989), chapter 2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frontstage.measure.pls.model import PathModel
from frontstage.measure.pls.structure import solve

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Stopping:
    """Stop when no weight moves by more than ``tolerance``; after ``rounds`` it has not converged."""

    tolerance: float = 1e-10
    rounds: int = 500


@dataclass(frozen=True)
class FixedPoint:
    """(s, B) weights of standardised items, each construct's score of variance 1; (J, s, B) correlations of
    constructs and slots; (J, J, B) correlations of constructs; (B,) whether it converged; rounds used.
    """

    weights: Values
    cross: Values
    correlations: Values
    converged: NDArray[np.bool_]
    rounds: int


def find_weights(
    model: PathModel, correlation: Values, stopping: Stopping, toward: Values | None = None
) -> FixedPoint:
    """Iterate from equal weights. ``correlation`` (s, s, B) of slots.

    Sign rule: a construct whose score correlates negatively with the sum of its items is turned round; given
    weights ``toward`` (s,), such as those of the data that replicates were drawn from, with the score that they
    make. Else replicates of a construct whose items pull both ways would face now one way, now the other.
    A data set without a solution (a constant item, a singular block) ends in nan and disturbs no other.
    """
    with np.errstate(all="ignore"):
        return _iterated(
            model, correlation, stopping, np.ones(len(correlation)) if toward is None else toward
        )


def _iterated(model: PathModel, correlation: Values, stopping: Stopping, toward: Values) -> FixedPoint:
    inverse = {j: _inverse(correlation[b, b]) for j, b in enumerate(model.blocks) if _is_formed(model, j)}
    weights, cross = _standardised(model, correlation, np.ones(correlation.shape[1:]))
    converged = np.zeros(correlation.shape[-1], bool)
    turn = 0
    while turn < stopping.rounds and not converged.all():
        turn += 1
        new = _outer(model, cross, _inner(model, _correlations(model, weights, cross)), inverse)
        new, cross = _standardised(model, correlation, new)
        converged = np.abs(new - weights).max(axis=0) < stopping.tolerance
        weights = new
        if np.isnan(weights).any():
            # A data set without a solution must not hold up the others.
            converged |= np.isnan(weights).any(axis=0)
    weights, cross = _turned(model, weights, cross, toward)
    correlations = _correlations(model, weights, cross)
    converged &= np.isfinite(weights).all(axis=0)
    return FixedPoint(weights, cross, correlations, converged, turn)


def _is_formed(model: PathModel, j: int) -> bool:
    block = model.blocks[j]
    return model.constructs[j].mode == "B" and block.stop - block.start > 1


def _inverse(block: Values) -> Values:
    """(k, k, B) inverses; nan where there is none."""
    stacked: Values = np.moveaxis(block, -1, 0)
    try:
        return np.moveaxis(np.asarray(np.linalg.inv(stacked), float), 0, -1)
    except np.linalg.LinAlgError:
        out = np.full(stacked.shape, np.nan)
        for b, one in enumerate(stacked):
            if np.linalg.matrix_rank(one) == len(one):
                out[b] = np.linalg.inv(one)
        return np.moveaxis(out, 0, -1)


def _standardised(model: PathModel, correlation: Values, weights: Values) -> tuple[Values, Values]:
    """Weights scaled to scores of variance 1, and the correlations (J, s, B) of scores and slots."""
    cross = np.empty((len(model.names), *weights.shape))
    out = np.empty_like(weights)
    for j, block in enumerate(model.blocks):
        w = weights[block]
        np.einsum("isb,ib->sb", correlation[block], w, out=cross[j])
        variance = np.einsum("ib,ib->b", cross[j, block], w)
        scale = 1.0 / np.sqrt(variance)
        cross[j] *= scale
        np.multiply(w, scale, out=out[block])
    return out, cross


def _correlations(model: PathModel, weights: Values, cross: Values) -> Values:
    """(J, J, B) correlations of scores."""
    out = np.empty((len(model.names), len(model.names), weights.shape[-1]))
    for j, block in enumerate(model.blocks):
        np.einsum("ib,kib->kb", weights[block], cross[:, block], out=out[j])
        out[j, j] = 1.0
    return out


def _inner(model: PathModel, correlations: Values) -> Values:
    """(J, J, B) weight [k, j] of construct k in the inner proxy of j.

    centroid: the sign of their correlation; factorial: the correlation; path: for predecessors the regression
    coefficient, for successors the correlation.
    """
    near = (model.matrix | model.matrix.T)[..., None]
    if model.scheme == "centroid":
        return np.asarray(np.where(near, np.sign(correlations), 0.0))
    inner = np.where(near, correlations, 0.0)
    if model.scheme == "path":
        for j, before in enumerate(model.predecessors):
            if before.size > 1:
                inner[before, j] = solve(correlations[np.ix_(before, before)], correlations[before, j])
    return inner


def _outer(model: PathModel, cross: Values, inner: Values, inverse: dict[int, Values]) -> Values:
    """(s, B) new weights: each slot's covariance with its construct's inner proxy; mode B regresses on it."""
    out = np.empty(cross.shape[1:])
    for j, block in enumerate(model.blocks):
        near = np.flatnonzero(model.matrix[:, j] | model.matrix[j])
        np.einsum("kib,kb->ib", cross[near, block], inner[near, j], out=out[block])
        if j in inverse:
            out[block] = np.einsum("ihb,hb->ib", inverse[j], out[block])
    return out


def _turned(model: PathModel, weights: Values, cross: Values, toward: Values) -> tuple[Values, Values]:
    for j, block in enumerate(model.blocks):
        # A score's correlations with the items, weighted, are its covariance with the other score.
        sign = np.where(toward[block] @ cross[j, block] < 0, -1.0, 1.0)
        weights[block] *= sign
        cross[j] *= sign
    return weights, cross
