"""A table in a PDF: fitted to the page's width, its head repeated on each page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reportlab.lib.colors import Color
from reportlab.platypus import CondPageBreak, LongTable, Spacer, TableStyle

from frontstage.assess.report.abridged import shortened
from frontstage.assess.report.html_tables import heat_share
from frontstage.assess.report.pdf_paragraph import Lines
from frontstage.assess.report.pdf_text import colour, marked, plain_style, style
from frontstage.assess.report.picture import text_width
from frontstage.assess.report.table import Column, Table
from frontstage.assess.words import Words

SIZES = (8.0, 7.5, 7.0, 6.5, 6.0, 5.5)
WIDEST = 170.0  # points that a text column may ask for
PADDING = 8.0
CROWDED = 1.25  # how much more than the page's width may be pressed into it by tearing words
MOST_IN_HEAD = 48


def pdf_table(table: Table, words: Words, width: float) -> list[Any]:
    shown = table.shown(words)
    size, widths = _fit(table, shown, width)
    head = [
        _cell(shortened(column.title, MOST_IN_HEAD), size, column, words.lang, True)
        for column in table.columns
    ]
    # A figure on one line needs no paragraph, which takes ten times as long to make.
    plain = [
        column.is_number and all(text_width(row[i], size) <= widths[i] - PADDING for row in shown)
        for i, column in enumerate(table.columns)
    ]
    body = [
        [
            text if plain[i] else _cell(text, size, column, words.lang, False)
            for i, (text, column) in enumerate(zip(row, table.columns, strict=True))
        ]
        for row in shown
    ]
    drawn = LongTable([head, *body], colWidths=widths, repeatRows=1, hAlign="LEFT")
    drawn.setStyle(TableStyle([*_looks(table), *_figures(plain, size)]))
    title = Lines(marked(table.title), style("h3", words.lang))
    note = [Spacer(0, 3), Lines(marked(table.note), style("note", words.lang))] if table.note else []
    return [CondPageBreak(90), Spacer(0, 10), title, drawn, *note]


def parts_that_fit(table: Table, words: Words, width: float) -> list[Table]:
    """A table too wide for the page at the smallest size as several, each with the first column."""
    shown = table.shown(words)
    least = [_least(column, [row[i] for row in shown], SIZES[-1]) for i, column in enumerate(table.columns)]
    if sum(least) <= width * CROWDED:
        return [table]
    groups: list[list[int]] = [[]]
    used = least[0]
    for i in range(1, len(least)):
        if groups[-1] and used + least[i] > width:
            groups.append([])
            used = least[0]
        groups[-1].append(i)
        used += least[i]
    return [_part(table, [0, *group], at, len(groups)) for at, group in enumerate(groups, 1)]


def _part(table: Table, kept: list[int], at: int, count: int) -> Table:
    return replace(
        table,
        title=f"{table.title} ({at}/{count})" if count > 1 else table.title,
        columns=tuple(table.columns[i] for i in kept),
        rows=tuple(tuple(row[i] for i in kept) for row in table.rows),
        note=table.note if at == count else "",
        heat=None if table.heat is None else 1,
        states=table.states if at == 1 else (),
    )


def _cell(text: str, size: float, column: Column, lang: str, head: bool) -> Lines:
    align = 2 if column.is_number else 0
    return Lines(
        marked(text), plain_style(size, size * 1.28, head, "muted" if head else "ink", lang, 0, align)
    )


def _fit(table: Table, shown: list[list[str]], width: float) -> tuple[float, list[float]]:
    """The largest size at which every column has at least its longest word; what is left goes to the texts."""
    for size in SIZES:
        columns = [(column, [row[i] for row in shown]) for i, column in enumerate(table.columns)]
        least = [_least(column, texts, size) for column, texts in columns]
        wanted = [max(low, _wanted(c, texts, size)) for low, (c, texts) in zip(least, columns, strict=True)]
        if sum(wanted) <= width:
            return size, _spread(columns, wanted, size, width - sum(wanted))
        room, missing = width - sum(least), sum(wanted) - sum(least)
        if room >= min(missing, 40):
            share = room / missing
            return size, [low + (want - low) * share for low, want in zip(least, wanted, strict=True)]
    return size, [low * width / sum(least) for low in least]


def _spread(
    columns: list[tuple[Column, list[str]]], wanted: list[float], size: float, rest: float
) -> list[float]:
    """What the page has left, to the columns whose texts would else take several lines."""
    longest = [max((text_width(text, size) for text in texts), default=0) for _column, texts in columns]
    lacking = [max(0.0, full + PADDING + 2 - own) for full, own in zip(longest, wanted, strict=True)]
    share = min(1.0, rest / sum(lacking)) if sum(lacking) else 0.0
    return [own + share * more for own, more in zip(wanted, lacking, strict=True)]


def _wanted(column: Column, texts: list[str], size: float) -> float:
    longest = max((text_width(text, size) for text in texts), default=0)
    return (longest if column.is_number else min(WIDEST, longest)) + PADDING + 2


def _least(column: Column, texts: list[str], size: float) -> float:
    """The longest word of the title and the texts; a Chinese text may break anywhere."""
    words = [(word, True) for word in column.title.split()]
    words += (
        [(text, False) for text in texts]
        if column.is_number
        else [(w, False) for t in texts for w in t.split()]
    )
    longest = 0.0
    for word, bold in words:
        chinese = any(ord(character) > 0x2E80 for character in word)
        longest = max(longest, min(text_width(word, size, bold), 4.2 * size if chinese else 130.0))
    return longest + PADDING + 2


def _looks(table: Table) -> list[Any]:
    looks: list[Any] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, colour("muted")),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, colour("line")),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING / 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING / 2),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
    ]
    if table.heat is not None:
        looks += _heat(table, table.heat)
    for i, state in enumerate(table.states, 1):
        looks.append(("BACKGROUND", (1, i), (1, i), colour(f"{state}-tint")))
    return looks


def _figures(plain: list[bool], size: float) -> list[Any]:
    """As the paragraphs of the other columns look."""
    found: list[Any] = []
    for i, one in enumerate(plain):
        if one:
            found += [
                ("FONT", (i, 1), (i, -1), "Helvetica", size, size * 1.28),
                ("ALIGN", (i, 1), (i, -1), "RIGHT"),
            ]
            found.append(("TEXTCOLOR", (i, 1), (i, -1), colour("ink")))
    return found


def _heat(table: Table, first: int) -> list[Any]:
    brand, found = colour("brand"), []
    for i, row in enumerate(table.rows, 1):
        for j, value in enumerate(row):
            if j >= first and isinstance(value, int | float):
                share = heat_share(value) / 100
                mixed = Color(*(1 - share * (1 - part) for part in (brand.red, brand.green, brand.blue)))
                found.append(("BACKGROUND", (j, i), (j, i), mixed))
    return found
