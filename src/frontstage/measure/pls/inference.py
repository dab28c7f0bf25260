"""How sure the figures of a path model are: standard errors, intervals and p from replicates.

Sources: Efron (1987) on bias-corrected and accelerated intervals; Efron & Tibshirani (1993), chapters 13, 14.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import special

from frontstage.measure.errors import MeasureError
from frontstage.measure.pls.assessment.validity import heterotrait
from frontstage.measure.pls.consistent import consistent
from frontstage.measure.pls.estimation import Estimate
from frontstage.measure.pls.fixed_point import FixedPoint, Stopping, find_weights
from frontstage.measure.pls.index import importance, indices, item_gains
from frontstage.measure.pls.model import PathModel
from frontstage.measure.pls.replicates import Jackknife, MomentsOfMany, Replicates
from frontstage.measure.pls.structure import regressions, total_effects

Values = NDArray[np.float64]
Method = Literal["percentile", "bias-corrected", "bca"]
Report = Callable[[int, int], None]
# What replicates are iterated to; science does not see the eighth digit of a resampled weight.
REPLICATES = Stopping(1e-7, 300)


@dataclass(frozen=True)
class Wanted:
    """Which figures replicates give besides paths, effects, loadings, weights and R²."""

    target: str | None = None  # indices, importance and gains for this construct; needs scales
    heterotrait: bool = False  # HTMT on absolute correlations, and HTMT2
    consistent: bool = False  # PLSc


def figures(
    model: PathModel, data: MomentsOfMany, wanted: Wanted, stopping: Stopping, toward: Values | None = None
) -> dict[str, Values]:
    """Figures of B data sets, each array ending in B; nan for a data set without a solution.

    ``toward`` (s,): weights whose way the scores face (see ``find_weights``).

    paths, total, indirect (J, J, B); loadings, weights (s, B); r2 (J, B); with a target index (J, B),
    importance (J, B), gains (s, B); htmt, htmt2 (J, J, B); consistent_paths (J, J, B).
    """
    if len(data.mean) != len(model.items):
        raise MeasureError(
            "shape", f"Replicates of {len(data.mean)} items for a model of {len(model.items)}.",
            "Take the model's items, in its order.",
        )  # fmt: skip
    slots = model.slots
    # A constant item has no correlations: nan or infinite, and its data set has no solution.
    with np.errstate(all="ignore"):
        sd = np.sqrt(np.einsum("iib->ib", data.covariance))
        inverse = 1.0 / sd[slots]
        correlation = data.covariance if _plain(slots) else data.covariance[np.ix_(slots, slots)]
        correlation = correlation * inverse[:, None]
        correlation *= inverse
    found = find_weights(model, correlation, stopping, toward)
    paths, r2 = regressions(model, found.correlations)
    total = total_effects(model, paths)
    out = {
        "paths": paths, "r2": r2, "total": total, "indirect": total - paths, "weights": found.weights,
        "loadings": found.cross[model.owners, np.arange(len(slots))],
    }  # fmt: skip
    if wanted.target is not None:
        out |= _on_scales(model, found, data, sd, total, wanted.target)
    if wanted.heterotrait:
        out["htmt"] = heterotrait(model, correlation)
        out["htmt2"] = heterotrait(model, correlation, "geometric")
    if wanted.consistent:
        freed = consistent(model, correlation, found)
        out["consistent_paths"] = np.where(freed.proper, freed.paths, np.nan)
    if not found.converged.all():
        for values in out.values():
            values[..., ~found.converged] = np.nan
    return out


def _plain(slots: NDArray[np.intp]) -> bool:
    return bool((slots == np.arange(len(slots))).all())


def _on_scales(
    model: PathModel, found: FixedPoint, data: MomentsOfMany, sd: Values, total: Values, target: str
) -> dict[str, Values]:
    index = indices(model, found.weights, data.mean[model.slots], sd[model.slots])
    moved = importance(index, total, model.names.index(target))
    return {"index": index.values, "importance": moved, "gains": item_gains(model, index, moved)}


@dataclass(frozen=True, eq=False)
class Bootstrap:
    """``estimate``: name → figures of the data; ``replicates``: name → the same shape and an axis of usable
    replicates; ``jackknife`` likewise where the interval needs it. ``asked`` minus ``usable`` did not converge.
    A figure that some replicates do not have (an index with a negative weight) is judged by those that do, if
    they are nine in ten or more; otherwise its error and limits are nan.
    """

    estimate: dict[str, Values]
    replicates: dict[str, Values]
    asked: int
    usable: int
    method: str
    jackknife: dict[str, Values] | None = None

    def standard_error(self, name: str) -> Values:
        """Standard deviation over replicates (divisor B − 1)."""
        values = _known(self.replicates[name])
        there = np.isfinite(values)
        if there.all():
            return np.asarray(values.std(axis=-1, ddof=1))
        count = there.sum(axis=-1)
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = np.where(there, values, 0.0).sum(axis=-1) / count
            apart = np.where(there, values - mean[..., None], 0.0)
            return np.asarray(np.sqrt((apart**2).sum(axis=-1) / (count - 1)))

    def p(self, name: str) -> Values:
        """Two-sided p of no effect: normal, with the bootstrap's standard error; nan without one."""
        with np.errstate(invalid="ignore", divide="ignore"):
            ratio = np.abs(self.estimate[name] / self.standard_error(name))
        return np.asarray(special.erfc(ratio / np.sqrt(2)))

    def interval(
        self, name: str, method: Method = "percentile", confidence: float = 0.95
    ) -> tuple[Values, Values]:
        """Limits of the shape of the figures."""
        ordered = np.sort(_known(self.replicates[name]), axis=-1)  # nan last
        levels = np.array([(1 - confidence) / 2, (1 + confidence) / 2]).reshape(
            (2,) + (1,) * (ordered.ndim - 1)
        )
        if method != "percentile":
            z0 = _bias(ordered, self.estimate[name])
            a = self._acceleration(name) if method == "bca" else np.zeros_like(z0)
            turned = special.ndtri(levels) + z0
            with np.errstate(invalid="ignore", divide="ignore"):
                levels = special.ndtr(z0 + turned / (1 - a * turned))
        return _at(ordered, levels[0]), _at(ordered, levels[1])

    def _acceleration(self, name: str) -> Values:
        """a = Σ(θ̄ − θ_i)³ / 6(Σ(θ̄ − θ_i)²)^1.5 over the jackknife's θ_i that exist; 0 for a figure that never moves."""
        if self.jackknife is None:
            raise MeasureError(
                "bca_needs_rows", "Accelerated intervals need the jackknife, and that needs the rows.",
                "Ask for percentile or bias-corrected intervals.",
            )  # fmt: skip
        left = self.jackknife[name]
        there = np.isfinite(left)
        known = np.where(there, left, 0.0)
        mean = known.sum(axis=-1, keepdims=True) / np.maximum(there.sum(axis=-1, keepdims=True), 1)
        apart = np.where(there, mean - known, 0.0)
        squares = (apart**2).sum(axis=-1)
        moves = squares > 0
        a = (apart**3).sum(axis=-1) / np.where(moves, 6 * squares**1.5, 1.0)
        return np.asarray(np.where(moves, a, 0.0))


def _known(values: Values) -> Values:
    """The replicates, those of a figure that more than one in ten lack all nan."""
    missing = np.isnan(values)
    if not missing.any():
        return values
    return np.where(missing.mean(axis=-1, keepdims=True) > 0.1, np.nan, values)


def _bias(values: Values, estimate: Values) -> Values:
    """z₀: the normal quantile of the share of replicates below the estimate, kept off 0 and 1."""
    count = np.maximum(np.isfinite(values).sum(axis=-1), 1)
    below = (values < estimate[..., None]).sum(axis=-1) + (values == estimate[..., None]).sum(axis=-1) / 2
    return np.asarray(special.ndtri(np.clip(below / count, 0.5 / count, 1 - 0.5 / count)))


def _at(ordered: Values, level: Values) -> Values:
    """The quantile of each figure at its own level, between neighbours by proportion; nan stands last."""
    last = np.maximum(np.isfinite(ordered).sum(axis=-1) - 1, 0)
    place = np.clip(np.nan_to_num(level), 0, 1) * last
    below = np.floor(place).astype(np.intp)
    above = np.minimum(below + 1, last)
    low = np.take_along_axis(ordered, below[..., None], -1)[..., 0]
    high = np.take_along_axis(ordered, above[..., None], -1)[..., 0]
    return np.asarray(low + (high - low) * (place - below))


def bootstrap(
    estimate: Estimate,
    replicates: Replicates,
    *,
    wanted: Wanted | None = None,
    jackknife: Jackknife | None = None,
    threads: int | None = None,
    report: Report | None = None,
) -> Bootstrap:
    """Figures of every replicate. The same whatever the number of ``threads``.

    ``jackknife`` is for accelerated intervals. ``report(done, asked)`` hears of progress. Memory: 8 bytes a
    figure and replicate. Raises MeasureError when fewer than half of the replicates converge.
    """
    chosen = wanted or Wanted()
    point = _point(estimate, chosen)
    toward = estimate.weights
    values = run(estimate.model, replicates, chosen, threads=threads, report=report, toward=toward)
    usable = np.isfinite(values["weights"]).all(axis=0)
    if usable.sum() < max(2, replicates.count / 2):
        raise MeasureError(
            "replicates_fail",
            f"Only {int(usable.sum())} of {replicates.count} replicates have a solution.",
            "The data are too few, or too much alike, for this model.",
            usable=int(usable.sum()), asked=replicates.count,
        )  # fmt: skip
    if not usable.all():
        values = {name: array[..., usable] for name, array in values.items()}
    left_out = (
        None if jackknife is None else run(estimate.model, jackknife, chosen, threads=threads, toward=toward)
    )
    return Bootstrap(point, values, replicates.count, int(usable.sum()), replicates.method, left_out)


def _point(estimate: Estimate, wanted: Wanted) -> dict[str, Values]:
    out = {
        "paths": estimate.paths, "total": estimate.total, "indirect": estimate.indirect, "r2": estimate.r2,
        "weights": estimate.weights, "loadings": estimate.loadings,
    }  # fmt: skip
    if wanted.target is not None:
        out |= {
            "index": estimate.indices.values[:, 0],
            "importance": estimate.importance(wanted.target),
            "gains": estimate.gains(wanted.target),
        }
    if wanted.heterotrait:
        one = estimate.correlation[..., None]
        out["htmt"] = heterotrait(estimate.model, one)[..., 0]
        out["htmt2"] = heterotrait(estimate.model, one, "geometric")[..., 0]
    if wanted.consistent:
        out["consistent_paths"] = estimate.consistent.paths[..., 0]
    return out


def run(
    model: PathModel,
    replicates: Replicates,
    wanted: Wanted,
    *,
    threads: int | None = None,
    report: Report | None = None,
    stopping: Stopping = REPLICATES,
    toward: Values | None = None,
) -> dict[str, Values]:
    """name → figures with a last axis of all replicates, in their order.

    Raises MeasureError for replicates of other items than the model's, or of the same in another order.
    """
    if replicates.names is not None and replicates.names != model.items:
        raise MeasureError(
            "other_items", "The replicates are of other items than the model's, or in another order.",
            "Gather moments of the model's items, in its order.",
        )  # fmt: skip
    done = 0
    pieces: list[dict[str, Values]] = []

    def one(number: int) -> dict[str, Values]:
        return figures(model, replicates.chunk(number), wanted, stopping, toward)

    with ThreadPoolExecutor(max_workers=threads or min(os.cpu_count() or 1, 8)) as pool:
        for piece in _in_order(pool, one, replicates.chunks()):
            pieces.append(piece)
            done += piece["weights"].shape[-1]
            if report is not None:
                report(done, replicates.count)
    return {name: np.concatenate([piece[name] for piece in pieces], axis=-1) for name in pieces[0]}


def _in_order(
    pool: ThreadPoolExecutor, act: Callable[[int], dict[str, Values]], numbers: Iterable[int]
) -> Iterable[dict[str, Values]]:
    return pool.map(act, numbers)
