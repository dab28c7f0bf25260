"""XLSX: the first sheet, names in its first row with text, formulas by the values saved with them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, ClassVar

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from frontstage.assess.reading.table import RawBatch, Table, checked_names, no_rows
from frontstage.measure.errors import MeasureError


@dataclass
class Workbook(Table):
    """The first sheet of a workbook; ``header_row`` as the spreadsheet numbers it."""

    header_row: int = 1

    format: ClassVar[str] = "xlsx"

    def _raw(self, columns: tuple[str, ...], text: tuple[str, ...], size: int) -> Iterator[RawBatch]:
        positions = {name: self.columns.index(name) for name in (*columns, *text)}
        self._refuse_unsaved_formulas(columns)
        held: list[tuple[Any, ...]] = []
        first = self.header_row + 1
        with _sheet_rows(self.files[0], self.source) as rows:
            for number, row in enumerate(rows, start=1):
                if number <= self.header_row:
                    continue
                blank = all(cell is None for cell in row)
                if held and (blank or len(held) == size):
                    yield self._from_rows(held, positions, first)
                    held = []
                if not blank:
                    first = first if held else number
                    held.append(row)
        if held:
            yield self._from_rows(held, positions, first)

    def _from_rows(self, rows: list[tuple[Any, ...]], positions: dict[str, int], first: int) -> RawBatch:
        cells = {
            name: [row[position] if position < len(row) else None for row in rows]
            for name, position in positions.items()
        }
        return RawBatch(cells, len(rows), first, self.source)

    def _refuse_unsaved_formulas(self, columns: tuple[str, ...]) -> None:
        """A program that writes formulas without reckoning them leaves cells that would read as empty."""
        first = slice(self.header_row, self.header_row + 1)
        with _sheet_rows(self.files[0], self.source) as rows:
            shown = next(islice(rows, first.start, first.stop), ())
        with _sheet_rows(self.files[0], self.source, formulas=True) as rows:
            written = next(islice(rows, first.start, first.stop), ())
        for name in columns:
            at = self.columns.index(name)
            if at < len(written) and str(written[at]).startswith("=") and shown[at] is None:
                raise MeasureError(
                    "formula_without_value",
                    f"{self.source}, row {first.stop}, column “{name}”: a formula without its result.",
                    "Open the file in a spreadsheet program and save it.",
                    file=self.source,
                    row=first.stop,
                    column=name,
                )


def open_workbook(path: str, source: str) -> Workbook:
    """Open the first sheet; refused where it is empty, has names alone, or is no workbook."""
    with _sheet_rows(path, source) as rows:
        head = list(islice(((at, row) for at, row in enumerate(rows, start=1) if _has_text(row)), 2))
    if not head:
        raise MeasureError(
            "empty_file", f"The first sheet of {source} is empty.", "Move the table there.", file=source
        )
    header_row, names = head[0]
    columns = checked_names([("" if name is None else str(name)).strip() for name in names], source)
    if len(head) == 1:
        raise no_rows(source)
    return Workbook(source=source, files=(path,), columns=columns, header_row=header_row)


def _has_text(row: tuple[Any, ...]) -> bool:
    return any(cell is not None and str(cell).strip() for cell in row)


@contextmanager
def _sheet_rows(path: str, source: str, formulas: bool = False) -> Iterator[Iterator[tuple[Any, ...]]]:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=not formulas)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, SyntaxError) as error:
        raise unreadable(source, "an XLSX workbook", error) from None
    try:
        if not book.worksheets:
            raise unreadable(source, "an XLSX workbook with a sheet", "no sheet")
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # Some programs write the wrong size; the rows know better.
        yield iter(sheet.iter_rows(values_only=True))
    except (zipfile.BadZipFile, SyntaxError) as error:
        raise unreadable(source, "an XLSX workbook", error) from None
    finally:
        book.close()


def unreadable(source: str, kind: str, error: object) -> MeasureError:
    """The refusal of a file that its own library cannot read."""
    return MeasureError(
        "unreadable_file",
        f"{source} cannot be read as {kind} ({str(error).splitlines()[0][:120] if str(error) else 'damaged'}).",
        "Save it again from the program that made it, or export it as CSV.",
        file=source,
        kind=kind,
    )
