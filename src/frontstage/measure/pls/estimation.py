"""A path model's estimate from the moments of its items."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from frontstage.measure.errors import MeasureError
from frontstage.measure.moments import Missing, Moments
from frontstage.measure.pls.consistent import Consistent, consistent
from frontstage.measure.pls.fixed_point import FixedPoint, Stopping, find_weights
from frontstage.measure.pls.index import Indices, importance, indices, item_gains
from frontstage.measure.pls.model import PathModel
from frontstage.measure.pls.structure import regressions, total_effects

Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Estimate:
    """Standardised results; s slots, J constructs (see PathModel).

    ``mean``, ``sd`` (s,), ``correlation`` (s, s) of the slots; ``weights`` (s,) of standardised slots (scores
    have variance 1); ``cross`` (s, J) correlations of slots with constructs, ``loadings`` (s,) those with
    their own; ``correlations`` (J, J) of constructs; ``paths`` and ``total`` effects (J, J) at [from, to];
    ``r2`` (J,), nan without predecessors.
    """

    model: PathModel
    n: int
    mean: Values
    sd: Values
    correlation: Values
    found: FixedPoint

    @property
    def weights(self) -> Values:
        return self.found.weights[:, 0]

    @property
    def cross(self) -> Values:
        return self.found.cross[:, :, 0].T

    @cached_property
    def loadings(self) -> Values:
        return self.cross[np.arange(len(self.model.owners)), self.model.owners]

    @property
    def correlations(self) -> Values:
        return self.found.correlations[:, :, 0]

    @cached_property
    def _regressions(self) -> tuple[Values, Values]:
        return regressions(self.model, self.found.correlations)

    @property
    def paths(self) -> Values:
        return self._regressions[0][..., 0]

    @property
    def r2(self) -> Values:
        return self._regressions[1][:, 0]

    @cached_property
    def total(self) -> Values:
        return total_effects(self.model, self._regressions[0])[..., 0]

    @property
    def indirect(self) -> Values:
        return self.total - self.paths

    @property
    def rounds(self) -> int:
        return self.found.rounds

    @cached_property
    def indices(self) -> Indices:
        """On the items' scales; needs every item's scale declared. Arrays end in an axis of length 1."""
        return indices(self.model, self.found.weights, self.mean[:, None], self.sd[:, None])

    def importance(self, target: str) -> Values:
        """(J,) index points of ``target`` for one index point of each construct."""
        return importance(self.indices, self.total[..., None], self.model.names.index(target))[:, 0]

    def gains(self, target: str) -> Values:
        """(s,) index points of ``target`` for one scale point of each slot's item."""
        return item_gains(self.model, self.indices, self.importance(target)[:, None])[:, 0]

    @cached_property
    def consistent(self) -> Consistent:
        """The same freed of measurement error (PLSc). Arrays end in an axis of length 1."""
        return consistent(self.model, self.correlation[..., None], self.found)

    def block(self, construct: str | int) -> slice:
        """The positions of a construct's slots."""
        j = construct if isinstance(construct, int) else self.model.names.index(construct)
        return self.model.blocks[j]


def estimate(
    model: PathModel, moments: Moments, *, missing: Missing = "mean", stopping: Stopping | None = None
) -> Estimate:
    """Estimate ``model`` from ``moments`` of (at least) its items.

    Raises MeasureError for an item without data or without variance, for too few rows to compute with, for
    ``listwise`` with moments of incomplete rows, for a pairwise correlation matrix that no data could have, when
    the weights do not settle, and when causes of a construct determine each other.
    """
    positions = item_positions(model, moments)
    if missing == "listwise":
        _check_complete(moments, positions)
    covariance = moments.covariance(missing)[np.ix_(positions, positions)]
    # What rounding alone makes of equal values, in the item's own units.
    mean = moments.mean[positions]
    rounding = 1e-12 * (mean - moments.origin[positions]) ** 2 + 1e-24 * mean**2
    check_computable(model, moments.rows, np.diag(covariance), rounding)
    slots = model.slots
    sd = np.sqrt(np.diag(covariance))
    correlation = (covariance / np.outer(sd, sd))[np.ix_(slots, slots)]
    if missing == "pairwise":
        _check_possible(covariance / np.outer(sd, sd))
    found = find_weights(model, correlation[..., None], stopping or Stopping(1e-12))
    if not found.converged.all():
        _say_what_is_alike(model, correlation)
        raise MeasureError(
            "not_converged",
            f"The weights have not settled after {found.rounds} rounds.",
            "Look for items that say the same twice, or for constructs with almost no correlation.",
            rounds=found.rounds,
        )
    _check_separable(model, found.correlations[..., 0])
    return Estimate(model, moments.rows, moments.mean[positions][slots], sd[slots], correlation, found)


def item_positions(model: PathModel, moments: Moments) -> NDArray[np.intp]:
    """(p,) where the model's items lie in the moments; refused when one is not there."""
    index = {name: position for position, name in enumerate(moments.names)}
    if unknown := [item for item in model.items if item not in index]:
        raise MeasureError(
            "unknown_item", f"There are no data of {', '.join(unknown)}.", "Correct the names in the model.",
            names=unknown,
        )  # fmt: skip
    return np.array([index[item] for item in model.items], np.intp)


def check_computable(model: PathModel, n: int, variance: Values, rounding: Values) -> None:
    """Refuse what has no estimate: fewer rows than the largest regression needs, or a constant item.

    ``variance`` (p,) of the items; up to ``rounding`` (p,) it counts as none.
    """
    most = max(
        [len(before) for before in model.predecessors]
        + [b.stop - b.start for c, b in zip(model.constructs, model.blocks, strict=True) if c.mode == "B"]
    )
    if n < most + 2:
        raise MeasureError(
            "too_few_rows", f"{n} rows cannot be computed with: this model needs {most + 2} or more.",
            "Collect more answers.", n=n, needed=most + 2,
        )  # fmt: skip
    flat = [item for item, varies in zip(model.items, variance > rounding, strict=True) if not varies]
    if flat:
        raise MeasureError(
            "constant_item",
            f"Every answer to {', '.join(flat)} is the same (or missing): it cannot vary with anything.",
            "Leave the item out of the model.", names=flat,
        )  # fmt: skip


def _check_complete(moments: Moments, positions: NDArray[np.intp]) -> None:
    """Moments cannot leave out a row that they hold already."""
    if not np.allclose(moments.pairs[np.ix_(positions, positions)], moments.weight, rtol=1e-9, atol=0):
        raise MeasureError(
            "incomplete_rows",
            "These moments hold incomplete rows, which the listwise treatment would leave out.",
            "Leave incomplete rows out before gathering moments.",
        )


def _say_what_is_alike(model: PathModel, correlation: Values) -> None:
    """Refuse by name where items of a formed construct, or causes of one construct, determine each other."""
    for construct, block in zip(model.constructs, model.blocks, strict=True):
        if construct.mode == "B" and np.linalg.eigvalsh(correlation[block, block])[0] < 1e-10:
            items = model.items_of(construct)
            raise MeasureError(
                "inseparable_items",
                f"The items of {construct.name} ({', '.join(items)}) determine each other: mode B cannot tell them "
                "apart.",
                "Leave one of them out, or use mode A.", construct=construct.name, names=list(items),
            )  # fmt: skip
    # Without regressions the iteration settles where causes are alike.
    factorial = find_weights(replace(model, scheme="factorial"), correlation[..., None], Stopping())
    if factorial.converged.all():
        _check_separable(model, factorial.correlations[..., 0])


def _check_separable(model: PathModel, correlations: Values) -> None:
    """Where causes determine each other, their paths are anything: rounding would choose them."""
    for j, before in enumerate(model.predecessors):
        if before.size > 1 and np.linalg.eigvalsh(correlations[np.ix_(before, before)])[0] < 1e-10:
            causes = [model.names[i] for i in before]
            raise MeasureError(
                "inseparable_causes",
                f"The causes of {model.names[j]} ({', '.join(causes)}) determine each other: their paths cannot "
                "be told apart.",
                "Leave one of them out, or join those that say the same.",
                construct=model.names[j], names=causes,
            )  # fmt: skip


def _check_possible(correlation: Values) -> None:
    if np.isnan(correlation).any() or np.linalg.eigvalsh(correlation)[0] < -1e-10:
        raise MeasureError(
            "impossible_pairwise",
            "Taken pair by pair, the correlations contradict each other: no complete data could have them.",
            "Too much is missing for the pairwise treatment: use mean or listwise.",
        )
