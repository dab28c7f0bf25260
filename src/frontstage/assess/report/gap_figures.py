"""The figures of a SERVQUAL result: expectation and perception, the lowest items, groups."""

from __future__ import annotations

from typing import Any

from frontstage.assess.report.bars import Mark, Row
from frontstage.assess.report.cards import gap_state
from frontstage.assess.report.figures import (
    MOST_ROWS,
    Figure,
    dot_figure,
    group_legend,
    group_row,
    interval_text,
    item_with_name,
)
from frontstage.assess.report.gap_tables import group_levels, is_perception_only, value_of
from frontstage.assess.report.names import Names
from frontstage.assess.words import Document, Words, _


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
    return dot_figure("gaps", title, about, rows, words, legend, "own")


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
    return dot_figure("perceptions", words.text(_("Perception of each dimension")), about, rows, words)


def _lowest_items(document: Document, words: Words) -> Figure:
    names = Names(document, words)
    known = [item for item in document.get("items") or [] if value_of(item) is not None]
    known.sort(key=lambda item: value_of(item) or 0.0)
    rows = [_row(item_with_name({"name": i["item"]}, names), i, words) for i in known[:MOST_ROWS]]
    if is_perception_only(document):
        about = words.text(_("The items that are rated lowest, lowest first."))
        return dot_figure("worst", words.text(_("Items rated lowest")), about, rows, words)
    about = words.text(_("The items with the lowest gaps, lowest first."))
    return dot_figure("worst", words.text(_("Where service falls short most")), about, rows, words)


def _gap_groups(document: Document, words: Words) -> Figure:
    names, levels = Names(document, words), group_levels(document)
    rows = []
    for dimension in document["dimensions"]:
        code = dimension["code"]
        own: list[Any] = [
            next((d for d in g.get("dimensions") or [] if d["code"] == code), {}) for g in levels
        ]
        rows.append(group_row(names.factor(code), [value_of(d) for d in own], 2))
    title, about = words.text(_("Groups compared")), words.text(_("Each dimension, by group."))
    shown = [row for row in rows if row]
    return dot_figure("groups-chart", title, about, shown, words, group_legend(levels, words), "line")
