"""Path models: constructs measured by items, and the paths between constructs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from frontstage.measure.errors import MeasureError

Mode = Literal["A", "B"]
Scheme = Literal["path", "factorial", "centroid"]


@dataclass(frozen=True)
class Construct:
    """A factor that is not seen itself, with the ``items`` that show it.

    Mode A: the items reflect it (weights from correlations); mode B: they form it (weights from regression).
    ``of`` names the constructs that a second-order construct consists of: it repeats their items, and
    ``items`` stays empty.
    """

    name: str
    items: tuple[str, ...] = ()
    mode: Mode = "A"
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class PathModel:
    """``constructs`` in order; ``paths`` as (from, to); ``scales``: item → (lowest, highest) possible value.

    A slot is one use of an item by a construct: an item has two where a second-order construct repeats it.
    """

    constructs: tuple[Construct, ...]
    paths: tuple[tuple[str, str], ...]
    scheme: Scheme = "path"
    scales: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    name: str = ""

    def __post_init__(self) -> None:
        _check_constructs(self)
        _check_paths(self)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The constructs' names, in order."""
        return tuple(construct.name for construct in self.constructs)

    @cached_property
    def items(self) -> tuple[str, ...]:
        """Every item once, in the order of first use."""
        return tuple(dict.fromkeys(item for construct in self.constructs for item in construct.items))

    @cached_property
    def blocks(self) -> tuple[slice, ...]:
        """Per construct, the positions of its slots."""
        out, start = [], 0
        for construct in self.constructs:
            length = len(self.items_of(construct))
            out.append(slice(start, start + length))
            start += length
        return tuple(out)

    @cached_property
    def slots(self) -> NDArray[np.intp]:
        """(s,) the position in ``items`` of each slot."""
        position = {item: index for index, item in enumerate(self.items)}
        return np.array([position[i] for c in self.constructs for i in self.items_of(c)], np.intp)

    @cached_property
    def owners(self) -> NDArray[np.intp]:
        """(s,) the construct of each slot."""
        return np.repeat(np.arange(len(self.constructs)), [b.stop - b.start for b in self.blocks])

    @cached_property
    def matrix(self) -> NDArray[np.bool_]:
        """(J, J) True at [from, to]."""
        index = {name: position for position, name in enumerate(self.names)}
        out = np.zeros((len(index), len(index)), bool)
        for start, end in self.paths:
            out[index[start], index[end]] = True
        return out

    @cached_property
    def predecessors(self) -> tuple[NDArray[np.intp], ...]:
        """Per construct, the positions of those with a path to it."""
        return tuple(np.flatnonzero(self.matrix[:, j]) for j in range(len(self.names)))

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The constructs so that every path leads forward."""
        return tuple(_forward(self.matrix))

    def items_of(self, construct: Construct) -> tuple[str, ...]:
        """Its items; of a second-order construct those of its parts."""
        if not construct.of:
            return construct.items
        parts = {c.name: c for c in self.constructs}
        return tuple(item for part in construct.of for item in self.items_of(parts[part]))

    def scale(self, item: str) -> tuple[float, float]:
        """The lowest and highest value that the item can take; refused where none is declared."""
        try:
            return self.scales[item]
        except KeyError:
            raise MeasureError(
                "no_scale", f"The scale of item {item} is not known.", "Declare its lowest and highest value.",
                item=item,
            ) from None  # fmt: skip


def _check_constructs(model: PathModel) -> None:
    names = [c.name for c in model.constructs]
    if len(names) < 2 or len(set(names)) != len(names):
        raise MeasureError("constructs", "A model needs two or more constructs, each with its own name.")
    owner: dict[str, str] = {}
    for c in model.constructs:
        if bool(c.items) == bool(c.of):
            raise MeasureError(
                "construct_items", f"Construct {c.name} needs either items or the constructs it consists of.",
                construct=c.name,
            )  # fmt: skip
        if c.mode not in ("A", "B"):
            raise MeasureError("mode", f"Construct {c.name}: mode {c.mode} is neither A nor B.")
        for part in c.of:
            if part not in names or part == c.name or next(x for x in model.constructs if x.name == part).of:
                raise MeasureError(
                    "second_order", f"Construct {c.name} cannot consist of {part}.",
                    "Name first-order constructs of this model.", construct=c.name, part=part,
                )  # fmt: skip
        for item in c.items:
            if item in owner:
                raise MeasureError(
                    "item_twice", f"Item {item} belongs to {owner[item]} and {c.name}.",
                    "Give each item one construct.", item=item,
                )  # fmt: skip
            owner[item] = c.name


def _check_paths(model: PathModel) -> None:
    names = set(model.names)
    if model.scheme not in ("path", "factorial", "centroid"):
        raise MeasureError("scheme", f"There is no weighting scheme {model.scheme}.")
    for start, end in model.paths:
        if start not in names or end not in names:
            raise MeasureError(
                "unknown_construct", f"The path {start} → {end} names an unknown construct.", "Correct it."
            )
        if start == end:
            raise MeasureError("path_to_itself", f"The path {start} → {end} leads nowhere.", "Remove it.")
    if len(set(model.paths)) != len(model.paths):
        raise MeasureError("path_twice", "A path is named twice.", "Remove one.")
    connected = {name for path in model.paths for name in path}
    if alone := [name for name in model.names if name not in connected]:
        raise MeasureError(
            "unconnected", f"No path touches {', '.join(alone)}.", "Add a path, or leave it out.", names=alone
        )
    if len(_forward(model.matrix)) < len(names):
        raise MeasureError(
            "cycle", "The paths run in a circle.", "Remove the path that leads back.",
            names=[n for i, n in enumerate(model.names) if i not in _forward(model.matrix)],
        )  # fmt: skip


def _forward(matrix: NDArray[np.bool_]) -> list[int]:
    """Constructs whose predecessors all come before them; shorter than J when paths run in a circle."""
    done: list[int] = []
    while ready := [
        j for j in range(len(matrix)) if j not in done and set(np.flatnonzero(matrix[:, j])) <= set(done)
    ]:
        done += ready
    return done
