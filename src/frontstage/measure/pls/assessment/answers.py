"""Rows of answers made ready for what moments of the whole cannot say: cross-validation and blindfolding."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from frontstage.measure.errors import MeasureError
from frontstage.measure.pls.model import PathModel

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Answers:
    """(n, p) ``z`` standardised by all rows' mean and ``sd`` (p,), missing = 0; ``there`` (n, p); ``weights`` (n,)."""

    z: Values
    there: NDArray[np.bool_]
    sd: Values
    weights: Values


def prepared(model: PathModel, values: ArrayLike, weights: ArrayLike | None) -> Answers:
    """Of ``values`` (n, p) in the order of ``model.items``, nan = missing.

    Raises MeasureError for another shape, for weights that are no weights, and for an item that is constant
    or has no data.
    """
    x = np.asarray(values, float)
    if x.ndim != 2 or x.shape[1] != len(model.items):
        raise MeasureError("shape", f"Answers need the {len(model.items)} columns of the model's items.")
    w = np.ones(len(x)) if weights is None else np.asarray(weights, float)
    if w.shape != (len(x),) or not np.isfinite(w).all() or (w < 0).any() or not w.any():
        raise MeasureError(
            "respondent_weights",
            f"{len(x)} weights of 0 or more are needed.",
            "Correct the column of weights.",
        )
    there = ~np.isnan(x)
    mass = w @ there
    known = np.where(there, x, 0.0)
    mean = np.divide(w @ known, mass, out=np.zeros(x.shape[1]), where=mass > 0)
    z = np.where(there, x - mean, 0.0)
    sd = np.sqrt((w @ z**2) / w.sum())
    if flat := [item for item, s in zip(model.items, sd, strict=True) if not s > 1e-6]:
        raise MeasureError(
            "constant_item",
            f"Every answer to {', '.join(flat)} is the same (or missing): it cannot vary with anything.",
            "Leave the item out of the model.", names=flat,
        )  # fmt: skip
    z /= sd
    return Answers(z, there, sd, w)
