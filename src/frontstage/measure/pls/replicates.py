"""Moments of resampled data sets, many at a time, without resampling a single row.

A bootstrap replicate weights each row by how often it was drawn, so the moments of all replicates are one
matrix product: multiplicities (B, n) times products of the items (n, q). For large n the replicates are drawn
from the moments' own sampling distribution, normal with the covariance of the products over n, whose cost does
not grow with n. Source: Efron & Tibshirani (1993), chapters 6 and 11; van der Vaart (1998), chapter 23.

Each chunk of replicates has its own random stream, so results do not depend on how many threads share them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from frontstage.measure.errors import MeasureError
from frontstage.measure.moments import BLOCK, Moments, product_columns

Values = NDArray[np.float64]
# Replicates at a time: enough that the steps of the iteration cost more than calling them, few enough that
# their correlation matrices (8p² bytes each) stay near the processor.
CHUNK = 1024
# What a random stream is for: the first part of its key, so that one seed serves all without sharing draws.
DRAWN_ROWS, DRAWN_MOMENTS, PERMUTED = 0, 1, 2


@dataclass(frozen=True)
class MomentsOfMany:
    """(p, B) means and (p, p, B) covariances of B data sets of the same items."""

    mean: Values
    covariance: Values


class Replicates(Protocol):
    """B data sets that were drawn like the one at hand. ``names`` of their items where known, else None."""

    count: int
    method: str
    names: tuple[str, ...] | None

    def chunks(self) -> Iterator[int]: ...
    def chunk(self, number: int) -> MomentsOfMany: ...


def moments_of_many(sums: Values, origin: Values, n: int) -> MomentsOfMany:
    """From (1 + p + p(p+1)/2, B) sums of ones, items and products about ``origin`` (p,)."""
    p = len(origin)
    scaled = sums[1:] / sums[0]
    mean = scaled[:p]
    covariance = scaled[p:][_places(p)]
    covariance -= mean[:, None] * mean[None]
    covariance *= n / (n - 1)
    return _judged(mean, covariance, origin)


def _judged(shift: Values, covariance: Values, origin: Values) -> MomentsOfMany:
    """Means (p, B) lie by ``shift`` off the origin; a variance that is only rounding of it becomes nan."""
    variance = np.einsum("iib->ib", covariance)  # a view
    flat = variance <= 1e-12 * shift**2
    if flat.any():
        variance[flat] = np.nan
    return MomentsOfMany(shift + origin[:, None], covariance)


def _places(p: int) -> NDArray[np.intp]:
    """(p, p) where the product of i and j lies among the products i ≤ j."""
    upper = np.zeros((p, p), np.intp)
    upper[np.triu_indices(p)] = np.arange(p * (p + 1) // 2)
    return np.asarray(upper + upper.T - np.diag(np.diag(upper)))


class Rows:
    """Complete rows (n, p) with their weights: what multiplicities and jackknife are taken of."""

    def __init__(self, values: ArrayLike, weights: ArrayLike | None = None) -> None:
        x = np.asarray(values, float)
        if x.ndim != 2 or len(x) < 2 or np.isnan(x).any():
            raise MeasureError(
                "complete_rows", "Resampling needs two or more complete rows.",
                "Leave incomplete rows out, or fill them in first.",
            )  # fmt: skip
        self.origin: Values = x.mean(axis=0)
        self.values: Values = x - self.origin
        self.weights = None if weights is None else np.asarray(weights, float)
        self.n = len(x)

    def products(self, rows: slice | NDArray[np.intp]) -> Values:
        """(rows, q) weighted columns whose sums ``moments`` understands: ones, items and products."""
        out = self._columns(self.values[rows])
        if self.weights is not None:
            out *= self.weights[rows, None]
        return out

    def _columns(self, z: Values) -> Values:
        return product_columns(z)

    def moments(self, sums: Values, n: int) -> MomentsOfMany:
        """Of B data sets of n rows each, from the (q, B) sums of their products."""
        return moments_of_many(sums, self.origin, n)

    def blocks(self) -> list[slice]:
        return [slice(start, min(start + BLOCK, self.n)) for start in range(0, self.n, BLOCK)]


class PairwiseRows(Rows):
    """Rows with missing values (nan), of which each pair of items uses those that have both."""

    def __init__(self, values: ArrayLike, weights: ArrayLike | None = None) -> None:
        x = np.asarray(values, float)
        there = ~np.isnan(x)
        origin = np.nansum(x, axis=0) / np.maximum(there.sum(axis=0), 1)
        super().__init__(np.where(there, x, origin), weights)
        self.origin = origin
        self.values = x - origin

    def _columns(self, z: Values) -> Values:
        there = ~np.isnan(z)
        filled = np.where(there, z, 0.0)
        p = z.shape[1]
        upper = np.triu_indices(p)
        seen = there.astype(float)
        parts = [
            np.ones((len(z), 1)),
            seen[:, upper[0]] * seen[:, upper[1]],
            filled[:, upper[0]] * filled[:, upper[1]],
        ]
        return np.hstack([*parts, (filled[:, :, None] * seen[:, None]).reshape(len(z), p * p)])

    def moments(self, sums: Values, n: int) -> MomentsOfMany:
        p = len(self.origin)
        places, half = _places(p), p * (p + 1) // 2
        seen, products, crossed = np.split(sums[1:], [half, 2 * half])
        with np.errstate(invalid="ignore", divide="ignore"):
            pairs = seen[places]
            means = crossed.reshape(p, p, -1) / pairs
            counted = pairs * (n / sums[0])
            covariance = (products[places] / pairs - means * means.swapaxes(0, 1)) * counted / (counted - 1)
        return _judged(np.einsum("iib->ib", means), covariance, self.origin)


class MeanRows(PairwiseRows):
    """Rows with missing values (nan), for each of which every data set puts its own mean of the item.

    Filled once for all, they would count as answers: errors of means would be too small by the share missing.
    """

    def moments(self, sums: Values, n: int) -> MomentsOfMany:
        p = len(self.origin)
        places, half = _places(p), p * (p + 1) // 2
        seen, products, crossed = np.split(sums[1:], [half, 2 * half])
        crossed, pairs = crossed.reshape(p, p, -1), seen[places]
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = np.einsum("iib->ib", crossed) / np.einsum("iib->ib", pairs)
            shift = mean[:, None] * crossed
            around = products[places] - shift - shift.swapaxes(0, 1) + mean[:, None] * mean[None] * pairs
            covariance = around / sums[0] * (n / (n - 1))
        return _judged(mean, covariance, self.origin)


class Multiplicities:
    """Bootstrap replicates by how often each row was drawn. Exact; cost grows with n."""

    method = "multiplicities"
    names: tuple[str, ...] | None = None

    def __init__(self, rows: Rows, count: int, seed: int) -> None:
        self.rows, self.count, self.seed = rows, count, seed
        self._kept = rows.products(slice(None)) if rows.n <= BLOCK else None

    def chunks(self) -> Iterator[int]:
        return iter(range(-(-self.count // CHUNK)))

    def chunk(self, number: int) -> MomentsOfMany:
        size = min(CHUNK, self.count - number * CHUNK)
        blocks = self.rows.blocks()
        sizes = np.array([b.stop - b.start for b in blocks])
        # How many of a replicate's draws fall in each block: drawn first, so blocks need no memory of others.
        shares = stream(self.seed, DRAWN_ROWS, number).multinomial(
            self.rows.n, sizes / self.rows.n, size=size
        )
        sums: Values | float = 0.0
        for position, block in enumerate(blocks):
            drawn = stream(self.seed, DRAWN_ROWS, number, position + 1)
            counts = _multiplicities(drawn, shares[:, position], int(sizes[position]))
            products = self._kept if self._kept is not None else self.rows.products(block)
            sums = sums + counts @ products
        return self.rows.moments(np.ascontiguousarray(np.asarray(sums).T), self.rows.n)


def stream(seed: int, *key: int) -> np.random.Generator:
    """The random stream of one piece of work: distinct for distinct keys, the same whoever does it."""
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=key)))


def _multiplicities(drawn: np.random.Generator, shares: NDArray[np.intp], length: int) -> Values:
    """(B, length) how often each row is drawn when replicate r draws ``shares[r]`` times."""
    total = int(shares.sum())
    rows = drawn.integers(0, length, size=total, dtype=np.uint16 if length <= 65536 else np.uint32)
    places = np.repeat(np.arange(len(shares), dtype=np.int64) * length, shares)
    places += rows
    return np.bincount(places, minlength=len(shares) * length).reshape(len(shares), length).astype(float)


class DrawnMoments:
    """Bootstrap replicates drawn from the normal distribution that the moments have in large samples.

    ``moments`` must hold ``spread``. Cost does not grow with n. Too narrow in the tails for few rows or very
    skew items: use Multiplicities below some thousands of rows.
    """

    method = "moments"

    def __init__(self, moments: Moments, count: int, seed: int) -> None:
        if moments.spread is None:
            raise MeasureError(
                "no_products", "These moments were gathered without the moments of products.",
                "Gather them with products=True.",
            )  # fmt: skip
        self.moments, self.count, self.seed = moments, count, seed
        self.names: tuple[str, ...] | None = moments.names
        p, n = len(moments.names), moments.rows
        centred = moments.covariance()[np.triu_indices(p)] * ((n - 1) / n)
        self._centre = np.concatenate([np.zeros(p), centred])
        self._factor = _factor(moments)

    def chunks(self) -> Iterator[int]:
        return iter(range(-(-self.count // CHUNK)))

    def chunk(self, number: int) -> MomentsOfMany:
        size = min(CHUNK, self.count - number * CHUNK)
        normal = stream(self.seed, DRAWN_MOMENTS, number).standard_normal((size, self._factor.shape[1]))
        sums = np.ones((1 + len(self._centre), size))
        np.matmul(self._factor, normal.T, out=sums[1:])
        sums[1:] += self._centre[:, None]
        return moments_of_many(sums, self.moments.mean, self.moments.rows)


def _factor(moments: Moments) -> Values:
    """(q, q) F with F·Fᵀ the covariance of the weighted means of items and products, both about the items' means.

    The symmetric root: there is only one, whereas the eigenvectors of equal eigenvalues are anyone's choice, and
    other rounding (rows in another order, another machine) would draw other replicates from the same seed.
    """
    around = _about_means(moments)
    variance = np.diag(around)
    own = np.diag(moments.covariance())
    natural = np.concatenate([own, np.outer(own, own)[np.triu_indices(len(own))]]) * moments.weight_squares
    # The square of an item of two values may be one number: what is left of its variance is rounding.
    moves = variance > 1e-12 * natural
    deviation = np.sqrt(np.where(moves, variance, 0.0))
    # In units of each column's own deviation, or an item counted in thousands would hide those from 1 to 5.
    inverse = np.divide(1.0, deviation, out=np.zeros_like(deviation), where=moves)
    values, vectors = np.linalg.eigh(around * inverse[:, None] * inverse)
    values[values < values[-1] * 1e-14] = 0.0
    root = (vectors * np.sqrt(values)) @ vectors.T
    return np.asarray(deviation[:, None] * root / moments.weight)


def _about_means(moments: Moments) -> Values:
    """(q, q) Σw²·(v − v̄)(v − v̄)ᵀ of items and products about the items' means, whatever the origin."""
    p, spread = len(moments.names), np.asarray(moments.spread)
    upper = np.triu_indices(p)
    away = moments.mean - moments.origin
    centre = np.concatenate([away, moments.products[upper] / moments.weight])
    around = spread[1:, 1:] - np.outer(centre, spread[0, 1:])
    around -= np.outer(spread[1:, 0], centre)
    around += spread[0, 0] * np.outer(centre, centre)
    # (x_i − m_i)(x_j − m_j) is the product about the origin, less m_i of one and m_j of the other, and a constant.
    turn = np.eye(len(centre))
    places = np.arange(p, len(centre))
    np.subtract.at(turn, (places, upper[0]), away[upper[1]])
    np.subtract.at(turn, (places, upper[1]), away[upper[0]])
    return np.asarray(turn @ around @ turn.T)


class Jackknife:
    """Data sets with one row left out each; above ``most`` rows, one of ``most`` groups of rows.

    Rows are dealt to groups in turn, so that a sorted file does not make groups of its own kind.
    """

    method = "jackknife"
    names: tuple[str, ...] | None = None

    def __init__(self, rows: Rows, most: int = 2000) -> None:
        self.rows = rows
        self.count = min(rows.n, most)
        self.whole = np.sum([rows.products(block).sum(axis=0) for block in rows.blocks()], axis=0)

    def chunks(self) -> Iterator[int]:
        return iter(range(-(-self.count // CHUNK)))

    def chunk(self, number: int) -> MomentsOfMany:
        groups = range(number * CHUNK, min((number + 1) * CHUNK, self.count))
        left = [self.rows.products(np.arange(g, self.rows.n, self.count)).sum(axis=0) for g in groups]
        sums = self.whole[:, None] - np.array(left).T
        return self.rows.moments(sums, self.rows.n - self.rows.n // self.count)
