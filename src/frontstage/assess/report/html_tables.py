"""A table as HTML in a box of its own that scrolls; values can be shaded by size."""

from __future__ import annotations

from html import escape
from typing import Any

from frontstage.assess.report.table import Column, Table
from frontstage.assess.words import Words

LONG = 28  # from so many letters on, a text may wrap but is given room


def html_table(table: Table, words: Words) -> str:
    """A section with the table; its head is repeated on each printed page."""
    head = "".join(_head(column) for column in table.columns)
    shown = table.shown(words)
    body = "".join(f"<tr>{_row(table, i, texts)}</tr>" for i, texts in enumerate(shown))
    note = f'<p class="note">{escape(table.note)}</p>' if table.note else ""
    title = escape(table.title)
    return (
        f'<section id="t-{escape(table.key)}"><h3>{title}</h3>'
        f'<div class="box" tabindex="0" role="region" aria-label="{title}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{note}</section>"
    )


def _head(column: Column) -> str:
    kind = ' class="n"' if column.is_number else ""
    return f'<th scope="col"{kind}>{escape(column.title)}</th>'


def _row(table: Table, position: int, texts: list[str]) -> str:
    row, cells = table.rows[position], []
    for i, (column, text) in enumerate(zip(table.columns, texts, strict=True)):
        inside = f"<code>{escape(text)}</code>" if column.kind == "code" else escape(text)
        if column.kind == "state" and table.states:
            inside = f'<span class="chip {escape(table.states[position])}">{escape(text)}</span>'
        tag = 'th scope="row"' if i == 0 else "td"
        end = "th" if i == 0 else "td"
        cells.append(f"<{tag}{_look(table, i, column, text, row[i])}>{inside}</{end}>")
    return "".join(cells)


def _look(table: Table, i: int, column: Column, text: str, value: Any) -> str:
    if column.is_number:
        return f' class="n"{_heat(table, i, value)}'
    if len(text) > LONG:
        return ' class="long"'
    return ' class="w"' if len(text) < 16 else ""


def _heat(table: Table, i: int, value: Any) -> str:
    if table.heat is None or i < table.heat or not isinstance(value, int | float):
        return ""
    return f' style="background:color-mix(in srgb,var(--brand) {heat_share(value):.0f}%,transparent)"'


def heat_share(value: float) -> float:
    """Percent of colour: nothing at 0.2, 42 at 1 or more, so that the figure stays readable on it."""
    return 42 * min(1.0, max(0.0, (abs(value) - 0.2) / 0.8)) ** 1.6
