"""Whether two groups can be compared, and whether their paths differ: permutation, with MICOM's three steps.

Step 1, the same model and the same treatment of data, is given by construction. Step 2: do both groups' weights
make the same score (c near 1)? Step 3: have the scores equal means and variances? Source: Henseler, Ringle &
Sarstedt (2016), International Marketing Review 33; Chin & Dibbern (2010) on permutation tests of paths.

All permutations' moments are one matrix product, as in ``replicates``; group b's are the whole minus group a's.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from frontstage.measure.corrections import adjust_holm
from frontstage.measure.errors import MeasureError
from frontstage.measure.pls.estimation import Estimate
from frontstage.measure.pls.inference import REPLICATES, Wanted, figures
from frontstage.measure.pls.replicates import CHUNK, PERMUTED, MomentsOfMany, Rows, stream

Values = NDArray[np.float64]
Report = Callable[[int, int], None]
Invariance = Literal["full", "partial", "none"]


@dataclass(frozen=True)
class Tested:
    """An observed figure, the limits that permutations give it when groups do not differ, and its p."""

    value: float
    low: float
    high: float
    p: float

    @property
    def within(self) -> bool:
        """Whether the figure is one that equal groups would show."""
        return self.low <= self.value <= self.high


@dataclass(frozen=True)
class Invariances:
    """MICOM of one construct: ``c`` one-sided (its limit is ``low``), ``mean`` difference a − b of scores in
    pooled standard deviations, ``variance`` the log of their ratio a : b.
    """

    c: Tested
    mean: Tested
    variance: Tested

    @property
    def invariance(self) -> Invariance:
        """full: scores, means and variances; partial: scores (paths may be compared); none: neither."""
        if not self.c.value >= self.c.low:
            return "none"
        return "full" if self.mean.within and self.variance.within else "partial"


@dataclass(frozen=True)
class PathDifference:
    """A path in a minus in b; p by permutation, and corrected for the number of paths (Holm)."""

    start: str
    end: str
    difference: float
    p: float
    p_adjusted: float


@dataclass(frozen=True)
class Comparison:
    """Two groups of ``n`` rows each compared by ``usable`` permutations."""

    n: tuple[int, int]
    usable: int
    constructs: dict[str, Invariances]
    paths: tuple[PathDifference, ...]


def compare(
    pooled: Estimate,
    rows: Rows,
    first: NDArray[np.bool_],
    *,
    permutations: int = 1000,
    seed: int = 1,
    confidence: float = 0.95,
    threads: int | None = None,
    report: Report | None = None,
) -> Comparison:
    """Compare the rows marked ``first`` (n,) with the others. ``pooled`` is the estimate from all of them.

    The columns of ``rows`` are the model's items. Raises MeasureError for a group too small or without a
    solution of its own.
    """
    inside = int(first.sum())
    if min(inside, rows.n - inside) < 10:
        raise MeasureError(
            "small_group", f"Groups of {inside} and {rows.n - inside} are too small to compare.",
            "Compare groups of ten or more.", first=inside, second=rows.n - inside,
        )  # fmt: skip
    work = _Permutations(pooled, rows, first, seed)
    observed = work.of(first[None].astype(float))
    if not np.isfinite(observed.c).all():
        raise MeasureError(
            "group_without_solution", "One of the groups has no solution of its own.",
            "An item does not vary in it, or the weights do not settle: leave the item or the group out.",
        )  # fmt: skip
    parts: list[_Figures] = []
    done = 0
    size = max(1, min(CHUNK, 20_000_000 // rows.n))
    sizes = [min(size, permutations - start) for start in range(0, permutations, size)]
    with ThreadPoolExecutor(max_workers=threads or min(os.cpu_count() or 1, 8)) as pool:
        for part in pool.map(work.chunk, range(len(sizes)), sizes):
            parts.append(part)
            done += part.c.shape[-1]
            if report is not None:
                report(done, permutations)
    return _compared(pooled, observed, parts, (inside, rows.n - inside), confidence)


@dataclass(frozen=True)
class _Figures:
    c: Values  # (J, B)
    mean: Values
    variance: Values
    paths: Values  # (J, J, B) a − b


class _Permutations:
    def __init__(self, pooled: Estimate, rows: Rows, first: NDArray[np.bool_], seed: int) -> None:
        self.pooled, self.rows, self.seed, self.inside = pooled, rows, seed, int(first.sum())
        self.whole = np.sum([rows.products(block).sum(axis=0) for block in rows.blocks()], axis=0)

    def chunk(self, number: int, size: int) -> _Figures:
        drawn = stream(self.seed, PERMUTED, number).random((size, self.rows.n), dtype=np.float32)
        taken = np.argpartition(drawn, self.inside - 1, axis=1)[:, : self.inside]
        members = np.zeros((size, self.rows.n))
        np.put_along_axis(members, taken, 1.0, axis=1)
        return self.of(members)

    def of(self, members: Values) -> _Figures:
        """Figures of B ways (B, n) to divide the rows."""
        parts = [members[:, block] @ self.rows.products(block) for block in self.rows.blocks()]
        inside = np.sum(parts, axis=0)
        other = self.rows.n - self.inside
        a = self.rows.moments(np.ascontiguousarray(inside.T), self.inside)
        b = self.rows.moments(np.ascontiguousarray((self.whole - inside).T), other)
        model = self.pooled.model
        toward = self.pooled.weights
        of_a, of_b = (figures(model, data, Wanted(), REPLICATES, toward) for data in (a, b))
        return _Figures(
            self._congruence(of_a["weights"], of_b["weights"]),
            *self._scores(a, b),
            of_a["paths"] - of_b["paths"],
        )

    def _congruence(self, a: Values, b: Values) -> Values:
        """(J, B) correlation, in the pooled data, of the scores that both groups' weights make."""
        model = self.pooled.model
        out = np.empty((len(model.names), a.shape[-1]))
        for j, block in enumerate(model.blocks):
            r = self.pooled.correlation[block, block]
            ra, rb = r @ a[block], r @ b[block]
            out[j] = (a[block] * rb).sum(axis=0) / np.sqrt(
                (a[block] * ra).sum(axis=0) * (b[block] * rb).sum(axis=0)
            )
        return out

    def _scores(self, a: MomentsOfMany, b: MomentsOfMany) -> tuple[Values, Values]:
        """(J, B) difference of mean scores, and log ratio of their variances, with the pooled weights."""
        model = self.pooled.model
        shape = (len(model.names), a.mean.shape[-1])
        mean, variance = np.empty(shape), np.empty(shape)
        for j, block in enumerate(model.blocks):
            items = model.slots[block]
            w = self.pooled.weights[block] / self.pooled.sd[block]
            mean[j] = w @ (a.mean[items] - b.mean[items])
            spread = [np.einsum("i,ihb,h->b", w, d.covariance[np.ix_(items, items)], w) for d in (a, b)]
            with np.errstate(divide="ignore", invalid="ignore"):
                variance[j] = np.log(spread[0] / spread[1])
        return mean, variance


def _compared(
    pooled: Estimate, observed: _Figures, parts: list[_Figures], n: tuple[int, int], confidence: float
) -> Comparison:
    names = ("c", "mean", "variance", "paths")
    drawn = {name: np.concatenate([getattr(part, name) for part in parts], axis=-1) for name in names}
    usable = np.isfinite(drawn["c"]).all(axis=0)
    if usable.sum() < max(20, len(usable) / 2):
        raise MeasureError(
            "replicates_fail", f"Only {int(usable.sum())} of {len(usable)} permutations have a solution.",
            "The groups are too small for this model.", usable=int(usable.sum()), asked=len(usable),
        )  # fmt: skip
    drawn = {name: values[..., usable] for name, values in drawn.items()}
    model = pooled.model
    constructs = {
        name: Invariances(
            _one_sided(observed.c[j, 0], drawn["c"][j], confidence),
            _two_sided(observed.mean[j, 0], drawn["mean"][j], confidence),
            _two_sided(observed.variance[j, 0], drawn["variance"][j], confidence),
        )
        for j, name in enumerate(model.names)
    }
    places = [(model.names.index(start), model.names.index(end)) for start, end in model.paths]
    differences = [float(observed.paths[i, j, 0]) for i, j in places]
    ps = [
        _two_sided(d, drawn["paths"][i, j], confidence).p
        for d, (i, j) in zip(differences, places, strict=True)
    ]
    adjusted = adjust_holm(ps)
    paths = tuple(
        PathDifference(start, end, d, p, float(q))
        for (start, end), d, p, q in zip(model.paths, differences, ps, adjusted, strict=True)
    )
    return Comparison(n, int(usable.sum()), constructs, paths)


def _one_sided(value: float, drawn: Values, confidence: float) -> Tested:
    """Low is bad: a c below what equal groups show. A single item always has c = 1."""
    low = float(np.quantile(drawn, 1 - confidence))
    p = float((1 + (drawn <= value).sum()) / (1 + len(drawn)))
    # Equal weights give c = 1 up to rounding.
    return Tested(float(value), min(low, 1 - 1e-12), 1.0, p)


def _two_sided(value: float, drawn: Values, confidence: float) -> Tested:
    """p = (1 + permutations as far from zero) / (1 + permutations)."""
    low, high = np.quantile(drawn, [(1 - confidence) / 2, (1 + confidence) / 2])
    p = float((1 + (np.abs(drawn) >= abs(value) - 1e-12).sum()) / (1 + len(drawn)))
    return Tested(float(value), float(low), float(high), p)
