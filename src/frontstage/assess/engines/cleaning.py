"""From cells to answers: missing codes emptied, scales held to, reversed items turned, rows left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from frontstage.measure.errors import MeasureError

OffScale = Literal["refuse", "missing", "keep"]
Treat = Literal["mean", "listwise", "pairwise"]
Values = NDArray[np.float64]

# Squares of weights beyond these leave the range of floating point numbers, or its precision.
LEAST_WEIGHT, MOST_WEIGHT = 1e-12, 1e12


def possible_weights(weights: Values) -> NDArray[np.bool_]:
    """(n,) which are 0, or of a size that can be reckoned with."""
    possible: NDArray[np.bool_] = (weights == 0) | ((weights >= LEAST_WEIGHT) & (weights <= MOST_WEIGHT))
    return possible


@dataclass(frozen=True)
class Place:
    """A cell: its file, its row as a person counts it (None where an engine cannot tell), its column."""

    file: str
    row: int | None
    column: str
    value: float

    def __str__(self) -> str:
        row = f", row {self.row}" if self.row is not None else ""
        return f"{self.file}{row}, column “{self.column}”"


# Where a row of a batch stands in its file: the file's name and the row's number.
Locate = Callable[[int], tuple[str, int | None]]


@dataclass(frozen=True)
class Cleaned:
    """Rows that count (n, k), their weights (n,), and what was found in all the rows of the batch."""

    values: Values
    weights: Values | None
    read: int
    empty: int
    incomplete: int
    unweighted: int
    off_scale: int
    first_off_scale: Place | None


@dataclass(frozen=True)
class Cleaning:
    """The rules by which cells become answers; the same for each engine, and small enough to send.

    ``scales`` (k) limits in the order of ``columns``, infinite where unknown; ``fill`` (k) values that stand
    in for missing ones.
    """

    columns: tuple[str, ...]
    weights: str | None = None
    missing_codes: tuple[float, ...] = ()
    scales: tuple[tuple[float, float], ...] = ()
    off_scale: OffScale = "refuse"
    treat: Treat = "mean"
    reverse: frozenset[str] = frozenset()
    fill: tuple[float, ...] | None = None

    @property
    def wanted(self) -> tuple[str, ...]:
        """The columns to read: the items, then the weights where there are any."""
        return (*self.columns, self.weights) if self.weights else self.columns

    @cached_property
    def limits(self) -> Values:
        """(2, k) lowest and highest possible values."""
        return np.array(self.scales, float).reshape(-1, 2).T

    @cached_property
    def origin(self) -> Values:
        """(k,) the middle of each scale, 0 where it has no limits."""
        low, high = self.limits
        with np.errstate(invalid="ignore"):
            middle = (low + high) / 2
        return np.where(np.isfinite(middle), middle, 0.0)

    def clean(self, cells: Values, locate: Locate) -> Cleaned:
        """Judge a batch (b, k or k + 1 with weights last), which is changed in place."""
        k = len(self.columns)
        x, w = cells[:, :k], cells[:, k] if self.weights else None
        off, first = self.to_answers(x, locate)
        missing = np.isnan(x)
        keep: NDArray[np.bool_]
        incomplete: NDArray[np.bool_]
        keep, incomplete = np.ones(len(x), bool), np.zeros(len(x), bool)
        empty = unweighted = 0
        if missing.any():
            incomplete = np.asarray(missing.any(axis=1))
            blank = missing.all(axis=1)
            empty = int(blank.sum())
            keep = np.logical_not(incomplete if self.treat == "listwise" else blank)
        if w is not None:
            self._refuse_impossible(w, locate)
            weightless = ~(w > 0)
            unweighted = int((weightless & keep).sum())
            keep &= ~weightless
        counted_incomplete = int(incomplete.sum()) - empty
        if not keep.all():
            x, missing, w = x[keep], missing[keep], w[keep] if w is not None else None
        if self.fill is not None:
            x = np.where(missing, np.array(self.fill), x)
        return Cleaned(x, w, len(cells), empty, counted_incomplete, unweighted, off, first)

    def to_answers(self, x: Values, locate: Locate) -> tuple[int, Place | None]:
        """Turn the items' cells (b, k) into answers, in place: codes emptied, held to the scale, reversed items
        turned. Gives how many values were off their scale, and where the first is.
        """
        self._refuse_infinite(x, locate)
        for code in self.missing_codes:
            x[x == code] = np.nan
        off, first = self._held_to_scale(x, locate)
        for at, name in enumerate(self.columns):
            if name in self.reverse:
                x[:, at] = self.limits[0, at] + self.limits[1, at] - x[:, at]
        return off, first

    def _held_to_scale(self, x: Values, locate: Locate) -> tuple[int, Place | None]:
        low, high = self.limits
        off = (x < low) | (x > high)
        if not off.any():
            return 0, None
        row, column = (int(at) for at in np.argwhere(off)[0])
        place = Place(*locate(row), self.columns[column], float(x[row, column]))
        if self.off_scale == "refuse":
            raise self._off_scale(place, low[column], high[column])
        if self.off_scale == "missing":
            x[off] = np.nan
        return int(off.sum()), place

    def _refuse_infinite(self, x: Values, locate: Locate) -> None:
        if np.isinf(x).any():
            row, column = (int(at) for at in np.argwhere(np.isinf(x))[0])
            place = Place(*locate(row), self.columns[column], float(x[row, column]))
            raise MeasureError(
                "not_a_number",
                f"{place}: “{place.value}” is not a number.",
                "Correct the cell, empty it, or leave this column out of the model.",
                file=place.file,
                row=place.row,
                column=place.column,
                value=str(place.value),
            )

    def _off_scale(self, place: Place, low: float, high: float) -> MeasureError:
        where = "the model or instrument file"
        remedy = f"Correct it, declare it as a missing code, or set off_scale: missing in {where}."
        return MeasureError(
            "off_scale",
            f"{place}: {place.value:g} is off the scale from {low:g} to {high:g}.",
            remedy,
            file=place.file,
            row=place.row,
            column=place.column,
            value=place.value,
            minimum=float(low),
            maximum=float(high),
        )

    def _refuse_impossible(self, w: Values, locate: Locate) -> None:
        wrong = ~possible_weights(w)
        if wrong.any():
            row = int(np.flatnonzero(wrong)[0])
            place = Place(*locate(row), str(self.weights), float(w[row]))
            if np.isnan(place.value):
                raise MeasureError(
                    "respondent_weights",
                    f"{place}: the weight is missing.",
                    "Give every row a weight of 0 or more.",
                    file=place.file,
                    row=place.row,
                    column=place.column,
                )
            raise MeasureError(
                "respondent_weights",
                f"{place}: the weight {place.value:g} is "
                f"{'below 0' if place.value < 0 else 'of no reasonable size'}.",
                "Correct the column of weights.",
                file=place.file,
                row=place.row,
                column=place.column,
                value=place.value,
            )
