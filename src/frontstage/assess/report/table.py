"""A table of raw values with the way each column is shown: one for HTML, PDF, XLSX and the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from frontstage.assess.words import NOTHING, Words, _, between_sentences, number, plain, probability

NUMBERS = {"value", "number", "index", "p", "count", "percent"}
WORST = {"bad": 0, "caution": 1, "good": 2}
DIGITS = {"number": 3, "index": 1, "count": 0}


@dataclass(frozen=True)
class Column:
    """``kind``: text, code (a name as in the file), number, value (own digits), index, count, percent, p, state,
    setting (a word, or a figure in full).
    """

    title: str
    kind: str = "text"

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBERS

    def show(self, value: Any, words: Words) -> str:
        if value is None:
            return NOTHING
        if isinstance(value, bool):
            return words.text(_("yes")) if value else words.text(_("no"))
        if self.kind == "setting" and not isinstance(value, str):
            return f"{value:,}" if isinstance(value, int) else f"{value:,g}".replace("e-0", "e-")
        if isinstance(value, str) or not self.is_number:
            return str(value)
        if self.kind == "p":
            return probability(value)
        if self.kind == "percent":
            return f"{number(100 * value, 1)} %"
        if self.kind == "value":
            return plain(value)
        return number(value, DIGITS[self.kind])


@dataclass(frozen=True)
class Table:
    """``key`` is stable (an anchor, not shown); ``heat``: the columns from here on are shaded by value;
    ``states``: the state of each row, where rows are judged.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    note: str = ""
    heat: int | None = None
    states: tuple[str, ...] = ()

    def shown(self, words: Words) -> list[list[str]]:
        return [
            [column.show(value, words) for column, value in zip(self.columns, row, strict=True)]
            for row in self.rows
        ]


MOST_ROWS = 150


def cut(one: Table, words: Words) -> Table:
    """A table that a person can read through: of very many rows the first, the worst of what is judged."""
    if len(one.rows) <= MOST_ROWS:
        return one
    order = list(range(len(one.rows)))
    if one.states:
        order.sort(key=lambda i: WORST.get(one.states[i], len(WORST)))
    order = order[:MOST_ROWS]
    said = words.text(
        _("The first %(count)s of %(all)s rows; all are in the workbook (--report …xlsx) and in the JSON file."),
        count=MOST_ROWS, all=f"{len(one.rows):,}",
    )  # fmt: skip
    note = between_sentences(words).join(filter(None, (said, one.note)))
    states = tuple(one.states[i] for i in order) if one.states else ()
    return replace(one, rows=tuple(one.rows[i] for i in order), states=states, note=note)


def table(
    key: str, title: str, columns: Sequence[Column], rows: Sequence[Sequence[Any]], **more: Any
) -> Table:
    """A table without the columns that hold nothing in any row (such as intervals without a bootstrap)."""
    kept = [i for i in range(len(columns)) if any(row[i] is not None for row in rows)]
    chosen = tuple(tuple(row[i] for i in kept) for row in rows)
    return Table(key, title, tuple(columns[i] for i in kept), chosen, **more)
