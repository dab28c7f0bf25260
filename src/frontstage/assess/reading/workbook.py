"""XLSX: the first sheet, names in its first row with text, formulas by the values saved with them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any, ClassVar

import openpyxl

from frontstage.assess.reading.table import RawBatch, Table, checked_names, no_rows
from frontstage.measure.errors import MeasureError

# Answers fold to a tenth or a fiftieth. Only one part in a small workbook that unfolds a hundredfold is a trap.
SURELY_FINE = 20_000_000
MOST_FOLDED = 200
# The format has no more; a damaged row number would be padded up to with empty rows.
MOST_ROWS = 1 << 20
# Texts that sheets share lie in memory whole.
MOST_UNFOLDED = 500_000_000


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
        if not _has_formulas(self.files[0], self.source):
            return
        positions = [(name, self.columns.index(name)) for name in columns]
        with (
            _sheet_rows(self.files[0], self.source) as shown,
            _sheet_rows(self.files[0], self.source, formulas=True) as written,
        ):
            for number, (values, texts) in enumerate(zip(shown, written, strict=False), start=1):
                for name, at in positions:
                    if at < len(texts) and values[at] is None and _is_formula(texts[at]):
                        raise _without_value(self.source, number, name)


def open_workbook(path: str, source: str) -> Workbook:
    """Open the first sheet that is not hidden; refused where it is empty, has names alone, or is no workbook."""
    sheet: list[str] = []
    with _sheet_rows(path, source, named=sheet) as rows:
        head = list(islice(((at, row) for at, row in enumerate(rows, start=1) if _has_text(row)), 2))
    if not head:
        raise MeasureError(
            "empty_file", f"The first sheet of {source}, “{sheet[0]}”, is empty.",
            "Move the table there, or put its sheet first.", file=source, sheet=sheet[0],
        )  # fmt: skip
    header_row, names = head[0]
    columns = checked_names([("" if name is None else str(name)).strip() for name in names], source)
    if len(head) == 1:
        raise no_rows(source)
    return Workbook(source=source, files=(path,), columns=columns, header_row=header_row)


def _is_formula(cell: Any) -> bool:
    """As openpyxl gives it: a text, or an object for a formula of many cells."""
    return (
        cell is not None
        and not isinstance(cell, (int, float))
        and str(getattr(cell, "text", cell)).startswith("=")
    )


def _without_value(source: str, row: int, column: str) -> MeasureError:
    return MeasureError(
        "formula_without_value",
        f"{source}, row {row}, column “{column}”: a formula without its result.",
        "Open the file in a spreadsheet program and save it.",
        file=source,
        row=row,
        column=column,
    )


def _has_text(row: tuple[Any, ...]) -> bool:
    return any(cell is not None and str(cell).strip() for cell in row)


@contextmanager
def _sheet_rows(
    path: str, source: str, formulas: bool = False, named: list[str] | None = None
) -> Iterator[Iterator[tuple[Any, ...]]]:
    """The rows of the first sheet that is not hidden; its name is added to ``named``."""
    _refuse_inflated(path, source)
    book = None
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=not formulas)
        sheet = next((each for each in book.worksheets if each.sheet_state == "visible"), None)
        if sheet is None:
            raise unreadable(source, "an XLSX workbook with a sheet", "no sheet")
        if named is not None:
            named.append(sheet.title)
        sheet.reset_dimensions()  # Some programs write the wrong size; the rows know better.
        yield islice(sheet.iter_rows(values_only=True), MOST_ROWS)
    except MeasureError:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part leads it to.
        raise unreadable(source, "an XLSX workbook", error) from None
    finally:
        if book:
            book.close()


def _parts(path: str, source: str) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(path) as packed:
            return packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise unreadable(source, "an XLSX workbook", error) from None


def _refuse_inflated(path: str, source: str) -> None:
    """A workbook of a few kilobytes can unfold to more than memory holds."""
    for part in _parts(path, source):
        folded = part.file_size > SURELY_FINE and part.file_size > MOST_FOLDED * max(part.compress_size, 1)
        if folded or part.file_size > MOST_UNFOLDED:
            raise MeasureError(
                "workbook_too_large",
                f"{source} unfolds to {part.file_size / 1e6:,.0f} MB or more, too much for a workbook.",
                "Export it as CSV.",
                file=source,
            )


def _has_formulas(path: str, source: str) -> bool:
    """Whether any sheet has one; read once and fast, as a look at each cell takes twice as long as reading."""
    sheets = [part.filename for part in _parts(path, source) if part.filename.startswith("xl/worksheets/")]
    with zipfile.ZipFile(path) as packed:
        return any(_mentions(packed.open(name), (b"<f>", b"<f ")) for name in sheets)


def _mentions(file: IO[bytes], words: tuple[bytes, ...]) -> bool:
    with file:
        before = b""
        while piece := file.read(1 << 20):
            if any(word in before + piece for word in words):
                return True
            before = piece[-8:]
    return False


def unreadable(source: str, kind: str, error: object) -> MeasureError:
    """The refusal of a file that its own library cannot read."""
    return MeasureError(
        "unreadable_file",
        f"{source} cannot be read as {kind} ({str(error).splitlines()[0][:120] if str(error) else 'damaged'}).",
        "Save it again from the program that made it, or export it as CSV.",
        file=source,
        kind=kind,
    )
