"""CSV and TSV: read fast by Arrow; the first row that Arrow does not understand is read patiently.

Arrow says too little about where a mistake is. So from the first block that it refuses, the same rows go
through Python's own reader, which either finds the cell and names it, or goes on to the end of the file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from frontstage.assess.reading.numbers import EMPTY_TEXTS
from frontstage.assess.reading.table import RawBatch, Table, checked_names, no_rows
from frontstage.assess.reading.text_encoding import (
    LINE_CHARACTERS,
    SAMPLE_BYTES,
    bounded_lines,
    find_encoding,
    line_too_long,
)
from frontstage.measure.errors import MeasureError

_DELIMITERS = ",;\t"
_BLOCK_BYTES = 2 << 20


@dataclass
class DelimitedTable(Table):
    """A CSV or TSV file. ``header_row`` and ``header_lines``: where the names stand, in rows and in lines."""

    encoding: str = "utf-8"
    delimiter: str = ","
    header_row: int = 1
    header_lines: int = 1

    format: ClassVar[str] = "csv"

    def _raw(self, columns: tuple[str, ...], text: tuple[str, ...], size: int) -> Iterator[RawBatch]:
        row = self.header_row + 1
        if not set(columns) & set(text):  # Arrow gives a column one type.
            try:
                for block in self._arrow_blocks(columns, text):
                    if _may_hold_blank_lines(block):
                        break
                    for piece in pa.Table.from_batches([block]).to_batches(max_chunksize=size):
                        yield self._from_arrow(piece, text, row)
                        row += piece.num_rows
                else:
                    return
            except pa.ArrowInvalid:
                pass
            except UnicodeError:  # Arrow decodes on the way; the patient reader says where.
                pass
        yield from self._patient((*columns, *text), row, size)

    def _from_arrow(self, piece: pa.RecordBatch, text: tuple[str, ...], row: int) -> RawBatch:
        cells = {
            name: column.to_pylist() if name in text else column.to_numpy(zero_copy_only=False)
            for name, column in zip(piece.schema.names, piece.columns, strict=True)
        }
        return RawBatch(cells, piece.num_rows, row, self.source)

    def _arrow_blocks(self, columns: tuple[str, ...], text: tuple[str, ...]) -> Iterator[pa.RecordBatch]:
        wanted = list(dict.fromkeys((*columns, *text)))
        names = [name or f"\x00{position}" for position, name in enumerate(self.columns)]
        encoding = "utf-8" if self.encoding == "utf-8-sig" else self.encoding
        yield from arrow_csv.open_csv(
            self.files[0],
            arrow_csv.ReadOptions(
                block_size=_BLOCK_BYTES, skip_rows=self.header_lines, column_names=names, encoding=encoding
            ),
            arrow_csv.ParseOptions(
                delimiter=self.delimiter, newlines_in_values=True, ignore_empty_lines=False
            ),
            arrow_csv.ConvertOptions(
                include_columns=wanted,
                column_types={name: pa.string() if name in text else pa.float64() for name in wanted},
                null_values=list(EMPTY_TEXTS),
                strings_can_be_null=False,
            ),
        )

    def _patient(self, wanted: tuple[str, ...], start: int, size: int) -> Iterator[RawBatch]:
        """The rows from ``start``. Blank lines are passed over, and counted, as a person would."""
        positions = {name: self.columns.index(name) for name in wanted}
        held: list[list[str]] = []
        first = start
        for number, row in self._rows(start):
            blank = not row and len(self.columns) > 1
            if held and (blank or len(held) == size):
                yield self._from_rows(held, positions, first)
                held = []
            if blank:
                continue
            first = first if held else number
            held.append(self._squared(row or [""], number))
        if held:
            yield self._from_rows(held, positions, first)

    def _rows(self, start: int) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(
            bounded_lines(self.files[0], self.encoding, self.source), delimiter=self.delimiter, strict=True
        )
        row = 0
        try:
            for row, cells in enumerate(reader, start=1):
                if row >= start:
                    yield row, cells
        except csv.Error as error:
            raise _broken_quotes(self.source, row + 1, error) from None

    def _squared(self, row: list[str], number: int) -> list[str]:
        expected = len(self.columns)
        if len(row) == expected:
            return row
        if len(row) > expected and not any(cell.strip() for cell in row[expected:]):
            return row
        raise MeasureError(
            "ragged_row",
            f"{self.source}, row {number}, has {len(row)} cells; the header has {expected}.",
            "Give it one cell for each column; put quotes round a cell that holds the separator.",
            file=self.source,
            row=number,
            cells=len(row),
            expected=expected,
        )

    def _from_rows(self, rows: list[list[str]], positions: dict[str, int], first: int) -> RawBatch:
        cells = {name: [row[position] for row in rows] for name, position in positions.items()}
        return RawBatch(cells, len(rows), first, self.source)


def _may_hold_blank_lines(block: pa.RecordBatch) -> bool:
    """Whether a row has nothing in it: to Arrow a blank line and a row of empty cells are one."""
    blank = np.ones(block.num_rows, bool)
    for column in block.columns:
        nothing = pc.equal(column, "") if pa.types.is_string(column.type) else column.is_null()
        blank &= nothing.to_numpy(zero_copy_only=False).astype(bool)
    return bool(blank.any())


def open_delimited(path: str, source: str, encoding: str | None = None) -> DelimitedTable:
    """Open a text table: encoding, separator and names are found from its first megabyte."""
    with Path(path).open("rb") as file:
        sample = file.read(SAMPLE_BYTES)
    found = find_encoding(sample, encoding, source)
    if len(sample) == SAMPLE_BYTES and not any(end in sample for end in (b"\n", b"\r")):
        raise line_too_long(source, 1)
    delimiter = _delimiter(path, found, source)
    head, blank_rows, lines = _head(path, found, delimiter, source)
    if not head:
        raise MeasureError(
            "empty_file", f"{source} is empty.", "Export it again, with its column names.", file=source
        )
    columns = checked_names([name.strip() for name in head[0]], source)
    if len(head) == 1:
        raise no_rows(source)
    return DelimitedTable(
        source=source,
        files=(path,),
        columns=columns,
        encoding=found,
        delimiter=delimiter,
        header_row=blank_rows + 1,
        header_lines=lines,
    )


def _delimiter(path: str, encoding: str, source: str) -> str:
    """The separator that stands most often in the first line with text, outside quotes."""
    line = next((line for line in bounded_lines(path, encoding, source) if line.strip()), "")
    outside = "".join(line.split('"')[::2])
    best = max(_DELIMITERS, key=outside.count)
    return best if best in outside else ","


def _head(path: str, encoding: str, delimiter: str, source: str) -> tuple[list[list[str]], int, int]:
    """The first two rows with text, the blank rows above the first, and the lines up to its end."""
    reader = csv.reader(bounded_lines(path, encoding, source), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    blank = lines = 0
    try:
        for row in islice(reader, 10_000):
            if any(cell.strip() for cell in row) or (rows and len(rows[0]) == 1):
                rows.append(row)
                lines = lines or reader.line_num
            elif not rows:
                blank += 1
            if len(rows) == 2:
                break
    except csv.Error as error:
        raise _broken_quotes(source, reader.line_num, error) from None
    return rows, blank, lines


def _broken_quotes(source: str, row: int, error: csv.Error) -> MeasureError:
    if "field limit" in str(error):
        message = f"{source}, row {row}, has a cell of more than {csv.field_size_limit():,} characters."
    else:
        message = f"{source}, row {row}, cannot be divided into cells ({error})."
    return MeasureError(
        "broken_quotes",
        message,
        "A quotation mark that is not closed is the usual cause: close it, or double it inside a cell.",
        file=source,
        row=row,
        limit=LINE_CHARACTERS,
    )
