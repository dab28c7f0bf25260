"""The figures of a report: pictures with a title, a sentence on how to read them, and a legend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from frontstage.assess.report.bars import Mark, Row, bars, dots
from frontstage.assess.report.cards import gap_state
from frontstage.assess.report.gap_tables import group_levels, is_perception_only, value_of
from frontstage.assess.report.map import importance_map
from frontstage.assess.report.names import Names
from frontstage.assess.report.path_diagram import path_diagram
from frontstage.assess.report.picture import Picture
from frontstage.assess.report.story import confidence_of, target_of
from frontstage.assess.words import Document, Words, _, number

GROUP_ROLES = ("brand", "caution", "good", "bad", "muted", "ink")
MOST_PRIORITIES = 10
SIZES = ("wide", "narrow", "paper")


@dataclass(frozen=True)
class Figure:
    """``legend``: (role, text) of the colours that the pictures use; ``narrow`` and ``paper``: the same pictures
    for a telephone and for A4.
    """

    key: str
    title: str
    about: str
    pictures: tuple[Picture, ...]
    legend: tuple[tuple[str, str], ...] = ()
    narrow: tuple[Picture, ...] = ()
    paper: tuple[Picture, ...] = ()


def assessment_figures(document: Document, words: Words) -> list[Figure]:
    found = [_indices(document, words), _diagram(document, words)]
    map_ = document.get("importance_performance") or {}
    if map_.get("constructs"):
        found.append(_maps(document, words))
    if map_.get("priorities"):
        found.append(_priorities(document, words))
    if document.get("groups"):
        found.append(_groups(document, words))
    return [figure for figure in found if figure.pictures]


def _rows(
    key: str,
    title: str,
    about: str,
    rows: list[Row],
    legend: tuple[tuple[str, str], ...] = (),
    joined: str = "",
) -> Figure:
    if not rows:
        return Figure(key, title, about, ())
    wide, narrow, paper = (dots(title, rows, size, joined) for size in SIZES)
    return Figure(key, title, about, (wide,), legend, (narrow,), (paper,))


def _sizes(pictures: Iterable[Picture]) -> tuple[Any, ...]:
    """Wide, no legend, narrow, paper: the rest of a Figure."""
    wide, narrow, paper = pictures
    return (wide,), (), (narrow,), (paper,)


def interval_text(value: Any, low: Any, high: Any, digits: int, words: Words) -> str:
    if low is None or high is None:
        return number(value, digits)
    figures = {"value": number(value, digits), "low": number(low, digits), "high": number(high, digits)}
    return words.text(_("%(value)s (%(low)s to %(high)s)"), **figures)


def _indices(document: Document, words: Words) -> Figure:
    names, target, rows = Names(document, words), target_of(document), []
    for construct in document["model"]["constructs"]:
        name = construct["name"]
        value = document["index"].get(name)
        around = (document.get("index_interval") or {}).get(name) or {}
        if value is not None:
            low, high = around.get("low"), around.get("high")
            mark = Mark(value, low, high, "brand" if name == target else "muted")
            rows.append(Row(names.factor(name), (mark,), interval_text(value, low, high, 1, words)))
    title = words.text(_("Index of each factor"))
    about = words.text(_("0 is the worst and 100 the best that the scale allows."))
    if document.get("index_interval"):
        about += _between(words) + _interval_note(document, words)
    return _rows("indices", title, about, rows)


def _between(words: Words) -> str:
    return "" if words.lang == "zh" else " "


def _interval_note(document: Document, words: Words) -> str:
    return words.text(_("Lines show the %(confidence)s %% interval."), confidence=confidence_of(document))


def _diagram(document: Document, words: Words) -> Figure:
    about = words.text(_("Causes stand left of their effects. The wider a line, the stronger the effect; a dashed "
                         "line lowers what it points to."))  # fmt: skip
    if any(row.get("p") is not None for row in document["paths"]):
        about += _between(words) + words.text(_("* p < 0.05, ** p < 0.01, *** p < 0.001; grey: not proven."))
    pictures = _sizes(path_diagram(document, words, size) for size in SIZES)
    return Figure("diagram", words.text(_("What moves what")), about, *pictures)


def _maps(document: Document, words: Words) -> Figure:
    kinds = [kind for kind in ("constructs", "items") if document["importance_performance"].get(kind)]
    about = words.text(_("Right: it counts more. Low: it is done less well. Bottom right is where improvement does "
                         "most. First map: factors; second map: their items. Dashed lines: means."))  # fmt: skip
    wide, narrow, paper = (
        tuple(importance_map(document, words, kind, size) for kind in kinds) for size in SIZES
    )
    return Figure("importance", words.text(_("Importance-performance map")), about, wide, (), narrow, paper)


def _priorities(document: Document, words: Words) -> Figure:
    names, rows = Names(document, words), []
    for row in document["importance_performance"]["priorities"][:MOST_PRIORITIES]:
        low, high = row.get("low"), row.get("high")
        figure = interval_text(row["gain"], low, high, 1, words)
        rows.append(Row(_item_of(row, names), (Mark(row["gain"], low, high),), figure))
    title = words.text(_("What to do first"))
    target = names.factor(target_of(document))
    about = words.text(
        _("Index points that %(target)s gains when the item rises by one point of its scale."), target=target
    )
    if any(row.marks[0].low is not None for row in rows):
        about += _between(words) + _interval_note(document, words)
    return Figure("first", title, about, *_sizes(bars(title, rows, size) for size in SIZES))


def _item_of(row: Any, names: Names) -> str:
    label = names.item_label(row["name"])
    return f"{label} ({row['name']})" if label else row["name"]


def _groups(document: Document, words: Words) -> Figure:
    names, groups = Names(document, words), document["groups"]
    levels = groups["levels"]
    roles = [GROUP_ROLES[i % len(GROUP_ROLES)] for i in range(len(levels))]
    rows = []
    for construct in document["model"]["constructs"]:
        values = [
            (level["index"].get(construct["name"]), role) for level, role in zip(levels, roles, strict=True)
        ]
        marks = tuple(Mark(value, role=role) for value, role in values if value is not None)
        if marks:
            figure = " · ".join(number(value, 1) for value, _role in values)
            rows.append(Row(names.factor(construct["name"]), marks, figure))
    title = words.text(_("Groups compared"))
    about = words.text(_("Index of each factor by %(column)s."), column=groups["column"])
    legend = tuple(
        (role, words.text(_("%(level)s, %(count)s answers"), level=level["level"], count=level["n"]))
        for level, role in zip(levels, roles, strict=True)
    )
    return _rows("groups-chart", title, about, rows, legend, "line")


def gap_figures(document: Document, words: Words) -> list[Figure]:
    found = [_perceptions(document, words) if is_perception_only(document) else _gap_chart(document, words)]
    found.append(_lowest_items(document, words))
    if group_levels(document):
        found.append(_gap_groups(document, words))
    return [figure for figure in found if figure.pictures]


def _gap_chart(document: Document, words: Words) -> Figure:
    """Expectation and perception of each dimension, joined; the gap and its interval at the right."""
    names, rows = Names(document, words), []
    for row in document["dimensions"]:
        if row.get("gap") is None:
            continue
        marks = (
            Mark(row["expectation"], role="ink", hollow=True),
            Mark(row["perception"], role=gap_state(row)),
        )
        figure = interval_text(row["gap"], row.get("low"), row.get("high"), 2, words)
        rows.append(Row(names.factor(row["code"]), marks, figure))
    title = words.text(_("Expectation and perception"))
    about = words.text(_("The line between the two dots is the gap, given at the right with its interval."))
    legend = (
        ("ink", words.text(_("Expectation (open dot)"))),
        ("bad", words.text(_("Perception, short of it"))),
        ("caution", words.text(_("Perception, no proven difference"))),
        ("good", words.text(_("Perception, above it"))),
    )
    return _rows("gaps", title, about, rows, legend, "own")


def _row(label: str, row: Any, words: Words) -> Row:
    """A dimension or an item with its interval; the colour is that of its verdict, where it has one."""
    value, low, high = value_of(row) or 0.0, row.get("low"), row.get("high")
    role = "brand" if row.get("gap") is None else gap_state(row)
    return Row(label, (Mark(value, low, high, role),), interval_text(value, low, high, 2, words))


def _perceptions(document: Document, words: Words) -> Figure:
    names = Names(document, words)
    known = [row for row in document["dimensions"] if value_of(row) is not None]
    rows = [_row(names.factor(row["code"]), row, words) for row in known]
    about = words.text(_("Mean perception of each dimension with its interval."))
    return _rows("perceptions", words.text(_("Perception of each dimension")), about, rows)


def _lowest_items(document: Document, words: Words) -> Figure:
    names = Names(document, words)
    known = [item for item in document.get("items") or [] if value_of(item) is not None]
    known.sort(key=lambda item: value_of(item) or 0.0)
    rows = [_row(_item_of({"name": i["item"]}, names), i, words) for i in known[:MOST_PRIORITIES]]
    if is_perception_only(document):
        about = words.text(_("The items that are rated lowest, lowest first."))
        return _rows("worst", words.text(_("Items rated lowest")), about, rows)
    about = words.text(_("The items with the lowest gaps, lowest first."))
    return _rows("worst", words.text(_("Where service falls short most")), about, rows)


def _gap_groups(document: Document, words: Words) -> Figure:
    names, levels = Names(document, words), group_levels(document)
    roles = [GROUP_ROLES[i % len(GROUP_ROLES)] for i in range(len(levels))]
    rows = []
    for dimension in document["dimensions"]:
        code = dimension["code"]
        own: list[Any] = [
            next((d for d in g.get("dimensions") or [] if d["code"] == code), {}) for g in levels
        ]
        values = [(value_of(d), role) for d, role in zip(own, roles, strict=True)]
        marks = tuple(Mark(value, role=role) for value, role in values if value is not None)
        if marks:
            rows.append(
                Row(names.factor(code), marks, " · ".join(number(value, 2) for value, _role in values))
            )
    about = words.text(_("Each dimension, by group."))
    legend = tuple(
        (role, words.text(_("%(level)s, %(count)s answers"), level=g["level"], count=g.get("n", "–")))
        for g, role in zip(levels, roles, strict=True)
    )
    return _rows("groups-chart", words.text(_("Groups compared")), about, rows, legend, "line")
