"""Blindfolding: Q² of a construct, how well omitted answers are rebuilt through its causes.

In each of D turns every D-th answer to the construct's items is left out and replaced by the mean of those that
stay, the model is estimated again, and what was left out is foretold as loading × the score that the causes
foretell (cross-validated redundancy). Q² = 1 − ΣSSE/ΣSSO, SSO with the mean in the place of the foretold.

The answer of row r to item c of the block is left out in turn (r + c) mod D, whatever the number of rows: so no
turn takes a whole item or a whole row, as numbering the answers row by row does when D divides the number of
items (seven in the ECSI model). Rows of one remainder r mod D therefore share what is left out, and the moments
of those D classes give everything exactly; rows are read once.
Sources: Stone (1974); Geisser (1974); Wold (1982); Chin (1998).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from frontstage.measure.errors import MeasureError
from frontstage.measure.pls.assessment.answers import Answers, prepared
from frontstage.measure.pls.fixed_point import Stopping, find_weights
from frontstage.measure.pls.model import PathModel
from frontstage.measure.pls.structure import regressions

Values = NDArray[np.float64]


def q_squared(
    model: PathModel, values: ArrayLike, *, omission: int = 7, weights: ArrayLike | None = None
) -> dict[str, float]:
    """Q² by construct with predecessors, of ``values`` (n, p) in the order of ``model.items``; nan = missing.

    ``omission`` is D, 2 or more (5 to 10 is usual). A missing value counts as its item's mean. nan where the
    model has no estimate in one of the turns. Raises MeasureError for fewer than 2·D rows.
    """
    answers = prepared(model, values, weights)
    if omission < 2 or len(answers.z) < 2 * omission:
        raise MeasureError(
            "omission", f"{len(answers.z)} rows are too few for an omission distance of {omission}.",
            "Choose a smaller distance, 2 or more.", rows=len(answers.z), omission=omission,
        )  # fmt: skip
    classes = _class_moments(answers, omission)
    return {
        name: _q_squared_of(model, j, omission, classes)
        for j, name in enumerate(model.names)
        if model.predecessors[j].size
    }


def _class_moments(answers: Answers, omission: int) -> tuple[Values, Values, Values]:
    """Mass (T,), sums (T, p) and products (T, p, p) of the rows of each remainder."""
    mass, sums, products = [], [], []
    for remainder in range(omission):
        z, w = answers.z[remainder::omission], answers.weights[remainder::omission]
        mass.append(w.sum())
        sums.append(w @ z)
        products.append((z * w[:, None]).T @ z)
    return np.array(mass), np.array(sums), np.array(products)


def _q_squared_of(model: PathModel, j: int, omission: int, classes: tuple[Values, Values, Values]) -> float:
    items = model.slots[model.blocks[j]]
    keep = _kept(len(model.items), items, omission)
    around = _around_kept_means(keep, *classes)
    filled = keep[..., :, None] * around * keep[..., None, :]
    with np.errstate(invalid="ignore", divide="ignore"):
        sd, scores, loadings = _foretelling(model, j, filled.sum(axis=1))
        reach = loadings * sd[items]
        squared = np.einsum("bg,btgh,bh->bt", scores, filled, scores)
        own = np.einsum("btii->bti", around)[..., items]
        shared = np.einsum("btih,bth,bh->bti", around[:, :, items], keep, scores)
        error = own - 2 * reach.T[:, None] * shared + reach.T[:, None] ** 2 * squared[..., None]
        omitted = 1 - keep[..., items]
        return float(1 - (omitted * error).sum() / (omitted * own).sum())


def _kept(p: int, items: NDArray[np.intp], omission: int) -> Values:
    """(turns, classes, p) 0 where an answer is left out, 1 where it stays."""
    keep = np.ones((omission, omission, p))
    turn, remainder = np.ogrid[:omission, :omission]
    for c, item in enumerate(items):
        keep[..., item] = (remainder + c) % omission != turn
    return keep


def _around_kept_means(keep: Values, mass: Values, sums: Values, products: Values) -> Values:
    """(turns, classes, p, p) products about the means of what stays."""
    mean = np.einsum("bti,ti->bi", keep, sums) / np.einsum("bti,t->bi", keep, mass)
    crossed = mean[:, None, :, None] * sums[None, :, None, :]
    square = mean[:, :, None] * mean[:, None, :]
    about = products[None] - crossed - np.swapaxes(crossed, 2, 3)
    return np.asarray(about + mass[None, :, None, None] * square[:, None])


def _foretelling(model: PathModel, j: int, products: Values) -> tuple[Values, Values, Values]:
    """Of the filled data: (p, B) spreads, (B, p) the foretold score's coefficients, (k, B) loadings."""
    slots = model.slots
    sd = np.sqrt(np.einsum("bii->ib", products))
    correlation = np.moveaxis(products, 0, -1) / (sd[:, None] * sd[None])
    found = find_weights(model, correlation[np.ix_(slots, slots)], Stopping())
    paths = regressions(model, found.correlations)[0]
    scores = np.zeros((len(products), len(model.items)))
    for slot, owner in enumerate(model.owners):
        scores[:, slots[slot]] += paths[owner, j] * found.weights[slot] / sd[slots[slot]]
    loadings = np.where(found.converged, found.cross[j, model.blocks[j]], np.nan)
    return sd, scores, loadings
