"""Weighted first and second moments of items, gathered batch by batch; all that path models see of the data.

Moments of parts merge into those of the whole, so one code serves an array, a folder of files and a cluster.
Sums are kept about a fixed ``origin`` near the data (the middle of the scale), which keeps them exact to
rounding; merging parts with one origin is addition. Source: Chan, Golub & LeVeque (1983) on shifted sums.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from frontstage.measure.errors import MeasureError

Values = NDArray[np.float64]
Missing = Literal["mean", "pairwise", "listwise"]
# Rows at a time: the products of a block stay in the processor's cache.
BLOCK = 2048


@dataclass(eq=False)
class Moments:
    """Sums over rows about ``origin``, for p items; ``spread`` holds the moments of products where asked.

    ``rows`` counts rows; ``weight`` and ``weight_squares`` are Σw and Σw². ``pairs`` (p, p) is Σw over rows
    in which both items are there, ``sums`` (p, p) Σw·x_i over the same rows, ``products`` (p, p) Σw·x_i·x_j.
    ``minimum`` and ``maximum`` (p,) are of the values themselves. ``spread`` is (1+q, 1+q) = Σw²·v·vᵀ of
    v = (1, x, x_i·x_j for i ≤ j): memory 8(1+q)² bytes, 0.85 MB for 24 items, whatever the number of rows.
    """

    names: tuple[str, ...]
    origin: Values
    rows: int
    weight: float
    weight_squares: float
    pairs: Values
    sums: Values
    products: Values
    minimum: Values
    maximum: Values
    spread: Values | None = None

    @classmethod
    def empty(
        cls, names: Sequence[str], origin: ArrayLike | None = None, *, products: bool = False
    ) -> Moments:
        """Nothing gathered yet. ``origin``: a number or (p,), near the data; ``products``: keep ``spread``."""
        p = len(names)
        about = np.broadcast_to(np.asarray(0.0 if origin is None else origin, float), (p,)).copy()
        length = 1 + p + p * (p + 1) // 2
        return cls(
            tuple(names), about, 0, 0.0, 0.0,
            np.zeros((p, p)), np.zeros((p, p)), np.zeros((p, p)),
            np.full(p, np.inf), np.full(p, -np.inf),
            np.zeros((length, length)) if products else None,
        )  # fmt: skip

    @classmethod
    def of(
        cls,
        values: ArrayLike,
        names: Sequence[str] | None = None,
        *,
        weights: ArrayLike | None = None,
        products: bool = False,
    ) -> Moments:
        """The moments of one array (n, p), nan = missing."""
        x = np.asarray(values, float)
        if x.ndim != 2:
            raise MeasureError("shape", f"Answers need rows and columns; this has {x.ndim} dimensions.")
        known = names if names is not None else [f"x{i + 1}" for i in range(x.shape[1])]
        # Any point near the data will do: the middle of the first rows.
        first = x[:BLOCK]
        there = np.isfinite(first)
        count = there.sum(axis=0)
        total = np.where(there, first, 0.0).sum(axis=0)
        origin = np.divide(total, count, out=np.zeros(x.shape[1]), where=count > 0)
        return cls.empty(known, origin, products=products).add(x, weights)

    def add(self, values: ArrayLike, weights: ArrayLike | None = None) -> Moments:
        """Gather more rows (n, p), nan = missing, with their ``weights`` (n,) of 0 or more. Gives itself."""
        x = np.asarray(values, float)
        if x.ndim != 2 or x.shape[1] != len(self.names):
            raise MeasureError("shape", f"Answers need {len(self.names)} columns, not {x.shape[1:]}.")
        w = None if weights is None else _checked_weights(weights, len(x))
        with np.errstate(over="ignore", invalid="ignore"):
            for start in range(0, len(x), BLOCK):
                rows = slice(start, start + BLOCK)
                self._add_block(x[rows], None if w is None else w[rows], start)
        return self

    def _add_block(self, x: Values, w: Values | None, start: int) -> None:
        z = x - self.origin
        weighted = z if w is None else z * w[:, None]
        products = weighted.T @ z
        total = float(len(x)) if w is None else float(w.sum())
        if np.isfinite(np.trace(products)):
            # Complete rows, as nearly always: one value missing anywhere would have made the trace nan.
            self.pairs += total
            self.sums += (np.ones(len(x)) @ weighted)[:, None]
            lowest, highest = x.min(axis=0), x.max(axis=0)
        else:
            products, lowest, highest = self._add_incomplete(x, z, w, start)
        self.products += products
        np.minimum(self.minimum, lowest, out=self.minimum)
        np.maximum(self.maximum, highest, out=self.maximum)
        self.rows += len(x)
        self.weight += total
        self.weight_squares += float(len(x)) if w is None else float(w @ w)
        if self.spread is not None:
            v = product_columns(z)
            if w is not None:
                v *= w[:, None]
            self.spread += v.T @ v

    def _add_incomplete(
        self, x: Values, z: Values, w: Values | None, start: int
    ) -> tuple[Values, Values, Values]:
        """Pairs and sums of rows with missing values; gives products, lowest and highest values."""
        there = ~np.isnan(x)
        self._refuse_infinite(x, start)
        if self.spread is not None and not there.all():
            raise MeasureError(
                "products_need_complete_rows",
                "Moments of products need complete rows.",
                "Leave incomplete rows out, or fill them in first.",
            )
        z[~there] = 0.0
        here = there.astype(float)
        weighted = z if w is None else z * w[:, None]
        self.pairs += (here if w is None else here * w[:, None]).T @ here
        self.sums += weighted.T @ here
        lowest, highest = np.where(there, x, np.inf).min(axis=0), np.where(there, x, -np.inf).max(axis=0)
        return weighted.T @ z, lowest, highest

    def _refuse_infinite(self, x: Values, start: int) -> None:
        """Also values whose squares no number holds."""
        beyond = np.abs(x) > 1e150
        if beyond.any():
            row, column = np.argwhere(beyond)[0]
            raise MeasureError(
                "infinite",
                f"Row {start + row + 1}, item {self.names[column]}: the value {x[row, column]:g} is infinite or too large.",
                "Correct it.",
                row=start + int(row) + 1, item=self.names[column],
            )  # fmt: skip

    def merge(self, other: Moments) -> Moments:
        """The moments of both sets of rows together; new, neither is changed."""
        if self.names != other.names:
            raise MeasureError("other_items", "Moments of different items cannot be merged.")
        if not np.array_equal(self.origin, other.origin) or (self.spread is None) != (other.spread is None):
            raise MeasureError(
                "other_origin", "Moments merge only when both were gathered about one origin.",
                "Give every part the same origin and the same kind of moments.",
            )  # fmt: skip
        return Moments(
            self.names, self.origin, self.rows + other.rows, self.weight + other.weight,
            self.weight_squares + other.weight_squares, self.pairs + other.pairs, self.sums + other.sums,
            self.products + other.products, np.minimum(self.minimum, other.minimum),
            np.maximum(self.maximum, other.maximum),
            self.spread + other.spread if self.spread is not None and other.spread is not None else None,
        )  # fmt: skip

    def to_bytes(self) -> bytes:
        """A NumPy archive (.npz) of everything; ``from_bytes`` reads it back exactly, without pickles."""
        parts = {
            "names": np.array(self.names),
            "counts": np.array([self.rows, self.weight, self.weight_squares]),
            **{name: getattr(self, name) for name in _ARRAYS},
        }
        if self.spread is not None:
            parts["spread"] = self.spread
        archive = io.BytesIO()
        np.savez(archive, allow_pickle=False, **parts)
        return archive.getvalue()

    @classmethod
    def from_bytes(cls, archive: bytes) -> Moments:
        """What ``to_bytes`` wrote."""
        with np.load(io.BytesIO(archive), allow_pickle=False) as parts:
            rows, weight, squares = parts["counts"]
            return cls(
                tuple(str(name) for name in parts["names"]),
                rows=int(rows), weight=float(weight), weight_squares=float(squares),
                spread=parts.get("spread"),
                **{name: parts[name] for name in _ARRAYS},
            )  # fmt: skip

    @property
    def effective_n(self) -> float:
        """(Σw)²/Σw², the number of equally weighted rows that would say as much (Kish 1965)."""
        return self.weight**2 / self.weight_squares if self.weight_squares else 0.0

    @property
    def mean(self) -> Values:
        """(p,) weighted means over the rows in which each item is there; nan without any."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return self.origin + np.diag(self.sums) / np.diag(self.pairs)

    def covariance(self, missing: Missing = "mean") -> Values:
        """(p, p) covariances with divisor n − 1 (weighted: Σw·(n − 1)/n).

        ``mean``: as if every missing value were its item's mean; ``pairwise``: each pair of items over the
        rows that have both. With complete rows (``listwise``) the two are one.
        """
        with np.errstate(invalid="ignore", divide="ignore"):
            if missing == "pairwise":
                around = self.products - self.sums * self.sums.T / self.pairs
                counted = self.pairs
            else:
                m = np.diag(self.sums) / np.diag(self.pairs)
                crossed = m * self.sums
                around = self.products - crossed - crossed.T + np.outer(m, m) * self.pairs
                counted = np.full_like(self.pairs, self.weight)
            # The rows of a pair, in units of rows: weights only shift mass between rows.
            n = counted * (self.rows / self.weight) if self.weight else counted
            return around / counted * n / (n - 1)


_ARRAYS = ("origin", "pairs", "sums", "products", "minimum", "maximum")


def product_columns(z: Values) -> Values:
    """(n, 1 + p + p(p+1)/2): one, the items, and their products i ≤ j, row by row."""
    n, p = z.shape
    out = np.empty((n, 1 + p + p * (p + 1) // 2))
    out[:, 0] = 1.0
    out[:, 1 : p + 1] = z
    start = p + 1
    for i in range(p):
        np.multiply(z[:, i : i + 1], z[:, i:], out=out[:, start : start + p - i])
        start += p - i
    return out


def _checked_weights(weights: ArrayLike, n: int) -> Values:
    w = np.asarray(weights, float)
    if w.shape != (n,) or not np.isfinite(w).all() or (w < 0).any():
        raise MeasureError(
            "respondent_weights", f"{n} weights of 0 or more are needed.", "Correct the column of weights."
        )
    return w
