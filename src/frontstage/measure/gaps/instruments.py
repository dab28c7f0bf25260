"""Which items belong to which dimension."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from frontstage.measure.errors import MeasureError


@dataclass(frozen=True)
class GapInstrument:
    """Dimensions in order, each with its item codes, on one scale.

    ``reversed_items`` are worded against their dimension: both halves of such a pair are turned round
    (minimum + maximum - answer) before anything is computed. Only the wording of 1988 has some.
    """

    dimensions: Mapping[str, Sequence[str]]
    minimum: int = 1
    maximum: int = 7
    reversed_items: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        codes = self.items
        if len(set(codes)) != len(codes):
            raise MeasureError(
                "item_twice", "An item belongs to one dimension only.", "Remove the second mention."
            )
        if not codes or any(not items for items in self.dimensions.values()):
            raise MeasureError(
                "empty_dimension",
                "Every dimension needs at least one item.",
                "Add it, or drop the dimension.",
            )
        if self.minimum >= self.maximum:
            raise MeasureError(
                "scale_reversed", "The scale's minimum must lie below its maximum.", "Swap them."
            )

        unknown = sorted(self.reversed_items - set(codes))
        if unknown:
            raise MeasureError("unknown_item", f"Not in the instrument: {', '.join(unknown)}.", "Correct it.")

    @property
    def reversed_mask(self) -> NDArray[np.bool_]:
        """(items,) True where the item is worded in reverse."""
        return np.array([code in self.reversed_items for code in self.items])

    @property
    def items(self) -> list[str]:
        return [item for items in self.dimensions.values() for item in items]


def _numbered(sizes: Mapping[str, int]) -> dict[str, list[str]]:
    first, named = 1, {}
    for dimension, size in sizes.items():
        named[dimension] = [f"q{number:02d}" for number in range(first, first + size)]
        first += size
    return named


# The items of responsiveness and of empathy, which the instrument of 1988 words negatively.
REVERSED_1988 = frozenset(f"q{number:02d}" for number in (10, 11, 12, 13, 18, 19, 20, 21, 22))


def servqual_instrument(wording: Literal["forwards", "1988"] = "forwards") -> GapInstrument:
    """The 22 pairs in five dimensions, 4 + 5 + 4 + 4 + 5. Source: Parasuraman, Zeithaml and Berry (1988).

    ``wording`` "1988": items 10 to 13 and 18 to 22 were asked in the negative, expectation and perception, and
    are turned round. "forwards" (as the shipped questionnaire, and as the authors' revision of 1991): none is.
    """
    sizes = {"tangibles": 4, "reliability": 5, "responsiveness": 4, "assurance": 4, "empathy": 5}
    if wording not in ("forwards", "1988"):
        raise MeasureError("wording", f"There is no wording {wording!r}.", 'Say "forwards" or "1988".')
    return GapInstrument(_numbered(sizes), reversed_items=REVERSED_1988 if wording == "1988" else frozenset())


def six_criteria_instrument(items: int = 4) -> GapInstrument:
    """Six criteria of good perceived service, four or five pairs each.

    Source: Grönroos (1988), Review of Business 9. He names the criteria; the number of items is ours.
    """
    if items not in (4, 5):
        raise MeasureError(
            "items_per_criterion", f"{items} items for each criterion.", "Design four or five."
        )
    criteria = ("professionalism", "attitude", "access", "reliability", "recovery", "reputation")
    return GapInstrument(_numbered(dict.fromkeys(criteria, items)))
