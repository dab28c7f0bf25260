"""What a model file means: mistakes that its shape does not show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from frontstage.assess.yaml_form import Finding, Place, did_you_mean, group_of, list_of, scale_findings


@dataclass(frozen=True)
class Arrow:
    """One path between two constructs, and where the file says so."""

    start: str
    end: str
    start_place: Place
    end_place: Place


def findings(data: dict[str, Any]) -> Iterator[Finding]:
    """The mistakes of meaning. Parts whose shape is wrong are passed over: the schema speaks of them."""
    constructs = {name: each for name, each in group_of(data, "constructs").items() if isinstance(each, dict)}
    arrows = list(_arrows(data))
    yield from _items(constructs)
    yield from _second_order(constructs)
    yield from _scales(data, constructs)
    yield from _reverse(data, constructs)
    yield from _path_findings(constructs, arrows)
    yield from _cycles(arrows)
    yield from _target(data, constructs, arrows)


def _item_places(constructs: dict[str, Any]) -> Iterator[tuple[str, Place, str, Any]]:
    """Every use of an item: its name, its place, its construct, and its own data."""
    for construct, each in constructs.items():
        for index, item in enumerate(list_of(each, "items")):
            place: Place = ("constructs", construct, "items", index)
            if isinstance(item, str):
                yield item, place, construct, {}
            elif isinstance(item, dict) and isinstance(item.get("name"), str):
                yield item["name"], (*place, "name"), construct, item


def _items(constructs: dict[str, Any]) -> Iterator[Finding]:
    owner: dict[str, str] = {}
    for item, place, construct, _ in _item_places(constructs):
        if item in owner:
            message = f"Item “{item}” is in “{owner[item]}” and again in “{construct}”."
            values = {"item": item, "first": owner[item], "second": construct}
            yield Finding(place, "item_twice", message, "Give each item one place.", values)
        owner.setdefault(item, construct)


def _second_order(constructs: dict[str, Any]) -> Iterator[Finding]:
    for name, each in constructs.items():
        place: Place = ("constructs", name)
        if ("items" in each) == ("of" in each):
            message = f"“{name}” has both items and “of”." if "of" in each else f"“{name}” has no items."
            remedy = "Give it items, or for a construct of the second order the constructs that it is “of”."
            yield Finding(place, "items_or_of", message, remedy, {"construct": name})
        for index, part in enumerate(list_of(each, "of")):
            where = (*place, "of", index)
            if part == name or (part in constructs and "of" in constructs[part]):
                message = f"“{name}” cannot consist of “{part}”, which is not of the first order."
                values = {"construct": name, "part": part}
                yield Finding(where, "third_order", message, "Name constructs that have items.", values)
            elif isinstance(part, str) and part not in constructs:
                yield _unknown(part, where, constructs)
            elif part in each["of"][:index]:
                message, values = f"“{part}” stands here twice.", {"construct": part}
                yield Finding(where, "part_twice", message, "Name it once.", values)


def _scales(data: dict[str, Any], constructs: dict[str, Any]) -> Iterator[Finding]:
    yield from scale_findings(data, ())
    for name, each in constructs.items():
        yield from scale_findings(each, ("constructs", name))
    for item, place, construct, own in _item_places(constructs):
        yield from scale_findings(own, place[:4])
        if not ("scale" in data or "scale" in constructs[construct] or "scale" in own):
            remedy = "Add scale: {min: 1, max: 7} with the lowest and highest answer to the file."
            yield Finding(place, "no_scale", f"Item “{item}” has no scale.", remedy, {"item": item})


def _reverse(data: dict[str, Any], constructs: dict[str, Any]) -> Iterator[Finding]:
    known = {item: True for item, *_ in _item_places(constructs)}
    for index, item in enumerate(list_of(data, "reverse")):
        if isinstance(item, str) and item not in known:
            remedy = f"{did_you_mean(item, known)}Name an item of this model."
            yield Finding(
                ("reverse", index), "unknown_item", f"No item is named “{item}”.", remedy, {"item": item}
            )


def _arrows(data: dict[str, Any]) -> Iterator[Arrow]:
    for index, path in enumerate(list_of(data, "paths")):
        if not isinstance(path, dict) or not isinstance(path.get("from"), str):
            continue
        place: Place = ("paths", index)
        to = path.get("to")
        if isinstance(to, str):
            yield Arrow(path["from"], to, (*place, "from"), (*place, "to"))
        for at, end in enumerate(list_of(path, "to")):
            if isinstance(end, str):
                yield Arrow(path["from"], end, (*place, "from"), (*place, "to", at))


def _path_findings(constructs: dict[str, Any], arrows: list[Arrow]) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for arrow in arrows:
        for name, place in ((arrow.start, arrow.start_place), (arrow.end, arrow.end_place)):
            if name not in constructs:
                yield _unknown(name, place, constructs)
        said = f"{arrow.start} → {arrow.end}"
        values = {"from": arrow.start, "to": arrow.end}
        if arrow.start == arrow.end:
            yield Finding(
                arrow.end_place, "path_to_itself", f"The path {said} leads to itself.", "Remove it.", values
            )
        elif (arrow.start, arrow.end) in seen:
            yield Finding(
                arrow.end_place, "path_twice", f"The path {said} stands here twice.", "Remove one.", values
            )
        seen.add((arrow.start, arrow.end))
    touched = {name for arrow in arrows for name in (arrow.start, arrow.end)}
    for name in constructs:
        if arrows and name not in touched:
            remedy = "Add a path from it or to it, or remove it."
            yield Finding(
                ("constructs", name), "no_path", f"No path touches “{name}”.", remedy, {"construct": name}
            )


def _cycles(arrows: list[Arrow]) -> Iterator[Finding]:
    """One finding for each path that closes a circle of the paths above it."""
    following: dict[str, list[str]] = {}
    for arrow in arrows:
        back = _way(arrow.end, arrow.start, following) if arrow.start != arrow.end else None
        if back:
            circle = " → ".join([arrow.start, *back])
            remedy = "Remove one of them: influence runs one way."
            yield Finding(
                arrow.end_place, "cycle", f"The paths run in a circle: {circle}.", remedy, {"circle": circle}
            )
        else:
            following.setdefault(arrow.start, []).append(arrow.end)


def _way(start: str, end: str, following: dict[str, list[str]]) -> list[str] | None:
    """A way from one construct to another along the paths, both ends included; None without one."""
    ways, seen = [[start]], {start}
    for way in ways:
        if way[-1] == end:
            return way
        for name in following.get(way[-1], ()):
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return None


def _target(data: dict[str, Any], constructs: dict[str, Any], arrows: list[Arrow]) -> Iterator[Finding]:
    target = data.get("target")
    if not isinstance(target, str):
        return
    if target not in constructs:
        yield _unknown(target, ("target",), constructs)
    elif not any(arrow.end == target for arrow in arrows):
        remedy = "Name a construct that others lead to."
        message = f"No path leads to the target “{target}”."
        yield Finding(("target",), "target_without_path", message, remedy, {"construct": target})


def _unknown(name: str, place: Place, constructs: dict[str, Any]) -> Finding:
    remedy = f"{did_you_mean(name, constructs)}Constructs of this model: {', '.join(constructs)}."
    message = f"No construct is named “{name}”."
    return Finding(
        place, "unknown_construct", message, remedy, {"construct": name, "known": list(constructs)}
    )
