"""What an instrument file means: mistakes that its shape does not show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from frontstage.assess.yaml_form import Finding, Place, did_you_mean, group_of, list_of, scale_findings

PATTERNS = {"expectation": "{item}_e", "perception": "{item}_p"}


@dataclass(frozen=True)
class _Item:
    """One use of an item: its name, what the file says of it besides, and where."""

    name: str
    own: dict[str, Any]
    dimension: str
    place: Place

    def column(self, side: str, patterns: dict[str, str]) -> str:
        own = self.own.get(side)
        return own if isinstance(own, str) else column_of(patterns[side], self.name)


def column_of(pattern: str, item: str) -> str:
    """The column that a pattern gives an item."""
    return pattern.replace("{item}", item)


def patterns_of(data: dict[str, Any]) -> dict[str, str]:
    """How columns are named: the file's patterns, else the usual ones."""
    given = {side: text for side, text in group_of(data, "columns").items() if isinstance(text, str)}
    return {**PATTERNS, **given}


def findings(data: dict[str, Any]) -> Iterator[Finding]:
    """The mistakes of meaning. Parts whose shape is wrong are passed over: the schema speaks of them."""
    items = list(_items(data))
    yield from scale_findings(data, ())
    yield from _repeated_items(items)
    yield from _patterns(data)
    yield from _repeated_columns(items, patterns_of(data))
    yield from _codes_on_scale(data)
    if isinstance(data.get("points"), dict):
        yield from _points(data["points"], group_of(data, "dimensions"))


def _items(data: dict[str, Any]) -> Iterator[_Item]:
    for dimension, each in group_of(data, "dimensions").items():
        for index, item in enumerate(list_of(each, "items") if isinstance(each, dict) else ()):
            place: Place = ("dimensions", dimension, "items", index)
            if isinstance(item, str):
                yield _Item(item, {}, dimension, place)
            elif isinstance(item, dict) and isinstance(item.get("name"), str):
                yield _Item(item["name"], item, dimension, place)


def _repeated_items(items: list[_Item]) -> Iterator[Finding]:
    owner: dict[str, str] = {}
    for item in items:
        if item.name in owner:
            first = owner[item.name]
            message = f"Item “{item.name}” is in “{first}” and again in “{item.dimension}”."
            values = {"item": item.name, "first": first, "second": item.dimension}
            yield Finding((*item.place, "name"), "item_twice", message, "Give each item one place.", values)
        owner.setdefault(item.name, item.dimension)


def _patterns(data: dict[str, Any]) -> Iterator[Finding]:
    for side in PATTERNS:
        pattern = group_of(data, "columns").get(side)
        if isinstance(pattern, str) and "{item}" not in pattern:
            message = f"The pattern “{pattern}” gives every item the same column."
            remedy = f'Write {{item}} where the item\'s name stands, such as "{PATTERNS[side]}".'
            values = {"pattern": pattern}
            yield Finding(("columns", side), "pattern_without_item", message, remedy, values)


def _repeated_columns(items: list[_Item], patterns: dict[str, str]) -> Iterator[Finding]:
    """Two halves that would read one column; what comes of a wrong pattern or a repeated item is told there."""
    owner: dict[str, str] = {}
    for item in items:
        for side, pattern in patterns.items():
            column = item.column(side, patterns)
            said = f"the {side} of “{item.name}”"
            if owner.get(column, said) != said and ("{item}" in pattern or side in item.own):
                message = f"Column “{column}” is {owner[column]} and also {said}."
                remedy = "Give each its own column."
                yield Finding((*item.place, side), "column_twice", message, remedy, {"column": column})
            owner.setdefault(column, said)


def _codes_on_scale(data: dict[str, Any]) -> Iterator[Finding]:
    scale = group_of(data, "scale")
    low, high = scale.get("min"), scale.get("max")
    if not isinstance(low, float) or not isinstance(high, float):
        return
    for index, code in enumerate(list_of(group_of(data, "missing"), "codes")):
        if isinstance(code, float) and low <= code <= high:
            message = f"The missing code {code:g} is also an answer on the scale from {low:g} to {high:g}."
            remedy = "Remove the code, or correct the scale."
            values = {"value": code, "min": low, "max": high}
            yield Finding(("missing", "codes", index), "code_on_scale", message, remedy, values)


def _points(points: dict[str, Any], dimensions: dict[str, Any]) -> Iterator[Finding]:
    for code in (code for code in points if code not in dimensions):
        remedy = f"{did_you_mean(code, dimensions)}Dimensions of this instrument: {', '.join(dimensions)}."
        message = f"No dimension is named “{code}”."
        yield Finding(("points", code), "unknown_dimension", message, remedy, {"dimension": code})
    for code in (code for code in dimensions if code not in points):
        message = f"Dimension “{code}” has no points."
        remedy = "Give it points, 0 if it does not count."
        yield Finding(("points",), "no_points", message, remedy, {"dimension": code})
    numbers = [value for value in points.values() if isinstance(value, float)]
    total = sum(numbers)
    if len(numbers) == len(points) and not abs(total - 100) <= 1e-9:
        message = f"The points must total exactly 100; they total {total:g}."
        yield Finding(("points",), "points_total", message, "Share out 100.", {"total": total})
