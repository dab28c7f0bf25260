"""PLSpredict: does the model foretell answers that it has not seen better than plain regression does?

Rows are dealt into folds; each fold is foretold by the model of the others. Moments of the others are those of all
less those of the fold, and all folds of all repetitions are estimated as one batch. Items of caused constructs
are foretold from items of exogenous constructs alone, through the earliest antecedents' total effects; the
benchmark regresses them on the same items. Sources: Shmueli, Ray, Velasquez Estrada & Chatla (2016); Shmueli,
Sarstedt, Hair, Cheah, Ting, Vaithilingam & Ringle (2019).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from frontstage.measure.errors import MeasureError
from frontstage.measure.pls.assessment.answers import Answers, prepared
from frontstage.measure.pls.fixed_point import Stopping, find_weights
from frontstage.measure.pls.model import PathModel
from frontstage.measure.pls.structure import regressions, total_effects

Values = NDArray[np.float64]
Power = Literal["high", "medium", "low", "none"]


@dataclass(frozen=True)
class ItemPrediction:
    """Errors in units of the item's scale; ``q2`` = 1 − SSE/SSE of the training rows' mean."""

    q2: float
    rmse: float
    rmse_linear: float
    mae: float
    mae_linear: float


@dataclass(frozen=True)
class Prediction:
    """By item of caused constructs, and the verdict (see ``power``)."""

    items: dict[str, ItemPrediction]
    verdict: Power
    folds: int
    repetitions: int
    seed: int


def predict(
    model: PathModel,
    values: ArrayLike,
    *,
    folds: int = 10,
    repetitions: int = 1,
    seed: int = 0,
    weights: ArrayLike | None = None,
) -> Prediction:
    """Cross-validate over ``values`` (n, p), columns in the order of ``model.items``, nan = missing.

    A missing value counts as its item's mean where it helps to foretell, and not at all where it would be
    foretold. ``weights`` (n,) of respondents. Repetitions deal the rows anew; squared and absolute errors are
    averaged over all of them. Time grows with n·p·repetitions: each row is read twice a repetition.
    Raises MeasureError for fewer than 2 folds or fewer rows than folds, and when a fold has no estimate.
    """
    answers = prepared(model, values, weights)
    n = len(answers.z)
    if not 2 <= folds <= n or repetitions < 1:
        raise MeasureError(
            "folds", f"{n} rows cannot be dealt into {folds} folds {repetitions} times.",
            "Choose 2 folds or more, no more than there are rows.", rows=n, folds=folds,
        )  # fmt: skip
    causes, effects = _foretelling(model), _foretold(model)
    deals = [np.random.default_rng([seed, repetition]).permutation(n) for repetition in range(repetitions)]
    pls, linear, mean = _coefficients(model, *_training(answers, deals, folds), causes, effects)
    sums = np.zeros((5, len(effects)))
    for fold, rows in enumerate(_folds(deals, folds)):
        w = answers.weights[rows, None] * answers.there[rows][:, effects]
        away = answers.z[rows][:, effects] - mean[fold, effects]
        about = answers.z[rows][:, causes] - mean[fold, causes]
        sums += _errors(w, away, about @ pls[fold], about @ linear[fold])
    count = repetitions * (answers.weights[:, None] * answers.there[:, effects]).sum(axis=0)
    items = _items(model, effects, sums, count, answers.sd[effects])
    return Prediction(items, power(items), folds, repetitions, seed)


def power(items: dict[str, ItemPrediction]) -> Power:
    """For how many items the model's RMSE is below the benchmark's, and Q² above 0.

    All: high; half or more: medium; fewer: low; none: none. Source: Shmueli et al. (2019), figure 5.
    """
    better = sum(item.rmse < item.rmse_linear and item.q2 > 0 for item in items.values())
    if better == len(items):
        return "high"
    if 2 * better >= len(items):
        return "medium"
    return "low" if better else "none"


def _foretelling(model: PathModel) -> NDArray[np.intp]:
    """The items of constructs without predecessors."""
    first = [j for j, before in enumerate(model.predecessors) if not before.size]
    return np.unique(model.slots[np.isin(model.owners, first)])


def _foretold(model: PathModel) -> NDArray[np.intp]:
    """The items of first-order constructs with predecessors, but for those that foretell."""
    caused = [j for j, before in enumerate(model.predecessors) if before.size and not model.constructs[j].of]
    return np.setdiff1d(np.unique(model.slots[np.isin(model.owners, caused)]), _foretelling(model))


def _folds(deals: list[NDArray[np.int64]], folds: int) -> Iterator[NDArray[np.int64]]:
    for deal in deals:
        yield from np.array_split(deal, folds)


def _training(answers: Answers, deals: list[NDArray[np.int64]], folds: int) -> tuple[Values, Values]:
    """(p, B) means and (p, p, B) covariances of the rows outside each fold: a subtraction for each."""
    parts = []
    for rows in _folds(deals, folds):
        z, w = answers.z[rows], answers.weights[rows]
        parts.append((w.sum(), w @ z, (z * w[:, None]).T @ z))
    mass, sums, products = (np.array(part) for part in zip(*parts, strict=True))
    # The first deal holds every row once.
    mass = mass[:folds].sum(axis=0) - mass
    sums = sums[:folds].sum(axis=0) - sums
    products = products[:folds].sum(axis=0) - products
    mean = sums / mass[:, None]
    covariance = products / mass[:, None, None] - mean[:, :, None] * mean[:, None, :]
    return mean, np.moveaxis(covariance, 0, -1)


def _coefficients(
    model: PathModel, mean: Values, covariance: Values, causes: NDArray[np.intp], effects: NDArray[np.intp]
) -> tuple[Values, Values, Values]:
    """(B, causes, effects) coefficients of the model and of regression; (B, p) means that they start from."""
    variance = np.einsum("iib->ib", covariance)
    if not (variance > 1e-12).all():
        raise _without_estimate()
    sd = np.sqrt(variance)
    correlation = covariance / (sd[:, None] * sd[None])
    slots = model.slots
    found = find_weights(model, correlation[np.ix_(slots, slots)], Stopping())
    if not found.converged.all():
        raise _without_estimate()
    total = total_effects(model, regressions(model, found.correlations)[0])
    place = {item: at for at, item in enumerate(causes)}
    # The score of each exogenous construct, of items in standard deviations.
    scores = np.zeros((len(model.names), len(causes), len(mean)))
    for slot, owner in enumerate(model.owners):
        if not model.predecessors[owner].size:
            scores[owner, place[slots[slot]]] += found.weights[slot]
    pls = np.empty((len(mean), len(causes), len(effects)))
    for at, item in enumerate(effects):
        uses = np.flatnonzero(slots == item)
        use = next(use for use in uses if not model.constructs[model.owners[use]].of)
        j = model.owners[use]
        reach = np.einsum("jcb,jb->cb", scores, total[:, j])
        pls[:, :, at] = (found.cross[j, use] * sd[item] * reach / sd[causes]).T
    inside = np.moveaxis(covariance[np.ix_(causes, causes)], -1, 0)
    across = np.moveaxis(covariance[np.ix_(causes, effects)], -1, 0)
    return pls, np.linalg.pinv(inside, hermitian=True) @ across, mean


def _errors(w: Values, away: Values, pls: Values, linear: Values) -> Values:
    """(5, effects) Σw·e² and Σw·|e| of the model and of regression, and Σw·e² of the training rows' mean."""
    found = []
    for foretold in (pls, linear):
        error = np.abs(away - foretold)
        found += [(w * error**2).sum(axis=0), (w * error).sum(axis=0)]
    return np.array([*found, (w * away**2).sum(axis=0)])


def _items(
    model: PathModel, effects: NDArray[np.intp], sums: Values, count: Values, sd: Values
) -> dict[str, ItemPrediction]:
    squares, absolutes, linear_squares, linear_absolutes, naive = sums
    return {
        model.items[item]: ItemPrediction(
            q2=float(1 - squares[at] / naive[at]),
            rmse=float(np.sqrt(squares[at] / count[at]) * sd[at]),
            rmse_linear=float(np.sqrt(linear_squares[at] / count[at]) * sd[at]),
            mae=float(absolutes[at] / count[at] * sd[at]),
            mae_linear=float(linear_absolutes[at] / count[at] * sd[at]),
        )
        for at, item in enumerate(effects)
    }


def _without_estimate() -> MeasureError:
    return MeasureError(
        "fold_without_estimate", "Without one of its folds the data have no estimate of this model.",
        "Choose fewer folds, or leave out the item that hardly varies.",
    )  # fmt: skip
