"""A figure of a report: pictures with a title, a sentence on how to read them, and a legend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from frontstage.assess.report.bars import Mark, Row, dots
from frontstage.assess.report.names import Names
from frontstage.assess.report.picture import Picture
from frontstage.assess.report.story import confidence_of
from frontstage.assess.words import Document, Words, _, between_sentences, number

GROUP_ROLES = ("brand", "caution", "good", "bad", "muted", "ink")
MOST_ROWS = 10
MOST_CHARTED = 30  # a chart of so many rows fills a page
INDEX_SPAN = 10.0  # index points that an axis covers at least
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


def dot_figure(
    key: str,
    title: str,
    about: str,
    rows: list[Row],
    words: Words,
    legend: tuple[tuple[str, str], ...] = (),
    joined: str = "",
    least: float = 0.0,
) -> Figure:
    if not rows:
        return Figure(key, title, about, ())
    if len(rows) > MOST_CHARTED:
        about += between_sentences(words) + words.text(
            _("The first %(count)s of %(all)s; all are in the tables."), count=MOST_CHARTED, all=len(rows)
        )
        rows = rows[:MOST_CHARTED]
    wide, narrow, paper = (dots(title, rows, size, joined, least) for size in SIZES)
    return Figure(key, title, about, (wide,), legend, (narrow,), (paper,))


def in_sizes(pictures: Iterable[Picture]) -> tuple[Any, ...]:
    """Wide, no legend, narrow, paper: the rest of a Figure."""
    wide, narrow, paper = pictures
    return (wide,), (), (narrow,), (paper,)


def interval_text(value: Any, low: Any, high: Any, digits: int, words: Words) -> str:
    if low is None or high is None:
        return number(value, digits)
    figures = {"value": number(value, digits), "low": number(low, digits), "high": number(high, digits)}
    return words.text(_("%(value)s (%(low)s to %(high)s)"), **figures)


def interval_note(document: Document, words: Words) -> str:
    return words.text(_("Lines show the %(confidence)s %% interval."), confidence=confidence_of(document))


def item_with_name(row: Any, names: Names) -> str:
    label = names.item_label(row["name"])
    return f"{label} ({row['name']})" if label else row["name"]


def group_row(label: str, values: Sequence[float | None], digits: int) -> Row | None:
    """One dot a group, in the groups' colours; None where no group has a value."""
    marks = tuple(
        Mark(value, role=GROUP_ROLES[i % len(GROUP_ROLES)])
        for i, value in enumerate(values)
        if value is not None
    )
    return Row(label, marks, " · ".join(number(value, digits) for value in values)) if marks else None


def group_legend(levels: Sequence[Any], words: Words) -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            GROUP_ROLES[i % len(GROUP_ROLES)],
            words.text(_("%(level)s, %(count)s answers"), level=g["level"], count=number(g.get("n"), 0)),
        )
        for i, g in enumerate(levels)
        if not g.get("refused")
    )
