"""The numbers that answers stand for: values in order, reversed items, missing codes.

Source: the two steps of quantifying, assigning values (赋值) and ordering them (定位); Stevens (1946).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from frontstage.measure.arrays import as_numbers
from frontstage.measure.errors import MeasureError


@dataclass(frozen=True)
class Scale:
    """Answer ``codes`` in their order with the ``values`` that they stand for, rising.

    ``missing`` are codes that mean no answer (refused, not applicable). A scale with two equal values, or
    with values that do not rise, is refused: its order would be lost or turned round.
    """

    codes: tuple[Hashable, ...]
    values: tuple[float, ...]
    missing: frozenset[Hashable] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        if len(self.codes) != len(self.values) or len(self.codes) < 2:
            raise MeasureError(
                "scale_length", "A scale needs two or more answers, each with one value.", "Complete it."
            )
        if len(set(self.codes)) != len(self.codes):
            raise MeasureError("scale_codes", "Two answers have the same code.", "Give each its own.")
        as_numbers(self.values, "The values of the scale", 1, holes=False)
        if len(set(self.values)) != len(self.values):
            raise MeasureError("scale_duplicate", "Two answers have the same value.", "Give each its own.")
        if any(b <= a for a, b in pairwise(self.values)):
            raise MeasureError(
                "scale_order",
                "The values do not rise from the first answer to the last.",
                "Order them from worst to best; mark items worded against it as reversed.",
            )
        both = self.missing & set(self.codes)
        if both:
            raise MeasureError(
                "scale_missing",
                f"{sorted(map(str, both))} count both as answers and as missing.",
                "Choose one.",
            )

    @classmethod
    def points(cls, minimum: int = 1, maximum: int = 7, missing: Collection[Hashable] = ()) -> Scale:
        """Whole numbers from ``minimum`` to ``maximum``, each standing for itself."""
        steps = range(minimum, maximum + 1)
        return cls(tuple(steps), tuple(float(v) for v in steps), frozenset(missing))

    @property
    def minimum(self) -> float:
        """The lowest value."""
        return self.values[0]

    @property
    def maximum(self) -> float:
        """The highest value."""
        return self.values[-1]

    def score(self, answers: Sequence[Hashable], reverse: bool = False) -> NDArray[np.float64]:
        """(n,) values of answer codes; nan for None, nan and missing codes; refused for any other code.

        ``reverse``: minimum + maximum − value, for an item worded against its construct.
        """
        table = dict(zip(self.codes, self.values, strict=True))
        out = np.full(len(answers), np.nan)
        for row, code in enumerate(answers):
            if code is None or code != code or code in self.missing:
                continue
            if code not in table:
                raise MeasureError(
                    "off_scale",
                    f"The answer {code!r} in row {row + 1} is not on the scale.",
                    "Correct it, or declare the code as missing.",
                    row=row + 1,
                )
            out[row] = table[code]
        return self.turned(out) if reverse else out

    def turned(self, values: ArrayLike) -> NDArray[np.float64]:
        """Values of a reversed item turned round: minimum + maximum − value (any shape, nan kept)."""
        return self.minimum + self.maximum - np.asarray(values, float)

    def as_percent(self, values: ArrayLike) -> NDArray[np.float64]:
        """0 at the scale's lowest value, 100 at its highest."""
        return 100.0 * (np.asarray(values, float) - self.minimum) / (self.maximum - self.minimum)


def satisfaction_index(
    means: ArrayLike, weights: ArrayLike, minimum: float = 1, maximum: float = 10
) -> float:
    """100·Σ w(x̄ − min)/(max − min) with Σw = 1: the ACSI-style index of item means.

    (8, 7, 7) on 1 to 10 give 70.37 with equal weights and 70.98 with .3885, .3190, .2925. A negative weight
    is refused: the index would leave 0 to 100. Source: Fornell, Johnson, Anderson, Cha & Bryant (1996),
    Journal of Marketing 60.
    """
    x = as_numbers(means, "The means of the index", 1, holes=False, least=1)
    w = as_numbers(weights, "The weights of the index", 1, holes=False)
    if x.shape != w.shape:
        raise MeasureError("shape", "The index needs one weight for each mean.", "Give as many of both.")
    if not minimum < maximum or (x < minimum).any() or (x > maximum).any():
        raise MeasureError(
            "off_scale", f"A mean lies off the scale {minimum:g} to {maximum:g}.", "Correct the scale's ends."
        )
    if (w < 0).any() or not w.sum() > 0:
        raise MeasureError(
            "negative_weight", "A weight of the index is negative.", "Leave that item out, or reverse it."
        )
    return float(100.0 * (w / w.sum()) @ (x - minimum) / (maximum - minimum))
