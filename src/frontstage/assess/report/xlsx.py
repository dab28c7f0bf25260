"""The tables as a workbook: one sheet a table, numbers as numbers, no formula anywhere."""

from __future__ import annotations

import io
import re
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from frontstage.assess.report.cards import Card
from frontstage.assess.report.outline import Outline, outline
from frontstage.assess.report.picture import PALETTE, text_width
from frontstage.assess.report.refusals import TITLE as REFUSED
from frontstage.assess.report.table import Column, Table
from frontstage.assess.words import Document, Words, _, words

FORMATS = {"number": "0.000", "index": "0.0", "p": "0.000", "count": "#,##0.##", "percent": "0.0%"}
UNFIT = re.compile(r"[\[\]:*?/\\]")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
WIDEST = 70


def render_xlsx(document: Document, lang: str) -> bytes:
    """A first sheet with the result in words, then every table of the report."""
    texts = words(lang)
    found = outline(document, texts)
    book = Workbook(write_only=True)
    names: set[str] = set()
    _words(book.create_sheet(_name(texts.text(_("Result")), names)), found, texts)
    for table in found.tables:
        _sheet(book.create_sheet(_name(table.title, names)), table, texts)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _name(title: str, taken: set[str]) -> str:
    """At most 31 characters, none that a sheet's name may not have, and not twice."""
    base = UNFIT.sub(" ", title).strip("' ")[:31] or "Sheet"
    name, number = base, 1
    while name.casefold() in taken:
        number += 1
        name = f"{base[: 31 - len(str(number)) - 1]} {number}"
    taken.add(name.casefold())
    return name


def cell(sheet: Any, value: Any, **look: Any) -> WriteOnlyCell:
    """A text is stored as text: one that begins with = + - or @ is never computed."""
    text = isinstance(value, str)
    found = WriteOnlyCell(sheet, value=UNPRINTABLE.sub("", value) if text else value)
    if text:
        found.data_type = "s"
        if value[:1] in ("=", "+", "-", "@", "\t", "\r"):
            found.quotePrefix = True
            found.number_format = "@"
    for key, part in look.items():
        setattr(found, key, part)
    return found


def _words(sheet: Any, found: Outline, texts: Words) -> None:
    story, bold = found.story, Font(bold=True, size=14)
    sheet.column_dimensions["A"].width = 22
    sheet.column_dimensions["B"].width = 110
    sheet.append([cell(sheet, story.title, font=bold)])
    sheet.append([cell(sheet, story.subtitle)])
    sheet.append([])
    wrap = Alignment(wrap_text=True, vertical="top")
    for number, sentence in enumerate(story.sentences, 1):
        sheet.append([number, cell(sheet, sentence, alignment=wrap)])
    sheet.append([])
    sheet.append([cell(sheet, found.cards_title, font=Font(bold=True)), cell(sheet, found.cards_about)])
    _cards(sheet, found.cards, texts)
    if found.refused:
        sheet.append([])
        sheet.append([cell(sheet, texts.text(REFUSED), font=Font(bold=True))])
        _cards(sheet, found.refused, texts)
    if found.unread:
        sheet.append([])
        sheet.append([None, cell(sheet, found.unread, alignment=wrap)])
    sheet.append([])
    sheet.append([cell(sheet, found.program), cell(sheet, found.command, alignment=wrap)])


def _cards(sheet: Any, cards: list[Card], texts: Words) -> None:
    wrap = Alignment(wrap_text=True, vertical="top")
    for card in cards:
        fill = PatternFill("solid", fgColor=PALETTE[f"{card.state}-tint"][1:])
        text = " ".join(filter(None, (card.title, card.said(texts), card.source)))
        sheet.append(
            [cell(sheet, card.state_word, fill=fill, alignment=wrap), cell(sheet, text, alignment=wrap)]
        )


def _sheet(sheet: Any, table: Table, texts: Words) -> None:
    sheet.freeze_panes = "B2"
    for i, column in enumerate(table.columns):
        shown = [column.title, *(column.show(row[i], texts) for row in table.rows)]
        widest = max(text_width(text, 1.0) for text in shown) * 1.9 + 3
        sheet.column_dimensions[get_column_letter(i + 1)].width = min(WIDEST, max(8, widest))
    fill = PatternFill("solid", fgColor=PALETTE["brand"][1:])
    white = Font(bold=True, color="FFFFFF")
    sheet.append([cell(sheet, column.title, font=white, fill=fill) for column in table.columns])
    for row in table.rows:
        sheet.append([_value(sheet, c, value, texts) for c, value in zip(table.columns, row, strict=True)])
    if table.note:
        sheet.append([])
        sheet.append([cell(sheet, table.note, font=Font(italic=True, color=PALETTE["muted"][1:]))])


def _value(sheet: Any, column: Column, value: Any, texts: Words) -> WriteOnlyCell | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return cell(sheet, column.show(value, texts))
    kind = FORMATS.get(column.kind)
    return cell(sheet, value, number_format=kind) if kind else cell(sheet, value)
