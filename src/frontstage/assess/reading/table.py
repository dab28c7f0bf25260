"""What every kind of file looks like once it is open."""

from __future__ import annotations

import difflib
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from frontstage.assess.reading.numbers import as_numbers, as_texts
from frontstage.measure.errors import MeasureError

BATCH_ROWS = 8192


@dataclass(frozen=True)
class Batch:
    """Some rows of a table.

    ``values`` (b, k) float64 in the order of the columns asked for, nan where a cell is empty; ``text`` the
    group columns, None where empty; ``first_row`` the row of the file, as a person counts it, that
    ``values[0]`` stands in (a header row counts; Parquet and SPSS files have none); ``file`` its name.
    """

    values: NDArray[np.float64]
    text: dict[str, list[str | None]]
    first_row: int
    file: str

    def locate(self, row: int) -> tuple[str, int]:
        """The file, and the row as a person counts it, of the batch's row ``row`` from 0."""
        return self.file, self.first_row + row


@dataclass(frozen=True)
class RawBatch:
    """Cells as the file has them: for each column an array of numbers or a list of any cells."""

    cells: dict[str, Any]
    rows: int
    first_row: int
    file: str


@dataclass
class Table(ABC):
    """An open data file. ``rows`` is None where only reading the whole file would tell.

    ``files`` are the paths behind it, ``labels`` what the file says about its columns (SPSS).
    """

    source: str
    files: tuple[str, ...]
    columns: tuple[str, ...]
    rows: int | None = None
    labels: dict[str, str] = field(default_factory=dict)

    format: ClassVar[str] = ""

    def batches(
        self, columns: Sequence[str], *, text: Sequence[str] = (), size: int = BATCH_ROWS
    ) -> Iterator[Batch]:
        """The rows in the file's order, at most ``size`` at a time.

        Raises ``MeasureError``: ``unknown_column`` at once; ``not_a_number`` and the other mistakes of a
        cell or a row when their batch is reached; ``no_rows`` where there is not one row.
        """
        self.require([*columns, *text])
        return self._converted(tuple(columns), tuple(text), size)

    def require(self, columns: Sequence[str]) -> None:
        """Refuse names that are not columns of the file, all at once, each with the nearest name."""
        unknown = [name for name in dict.fromkeys(columns) if name not in self.columns]
        if unknown:
            raise _unknown_columns(self, unknown)

    def _converted(self, columns: tuple[str, ...], text: tuple[str, ...], size: int) -> Iterator[Batch]:
        read = 0
        for raw in self._raw(columns, text, size):
            values = np.empty((raw.rows, len(columns)))
            for k, name in enumerate(columns):
                values[:, k] = as_numbers(raw.cells[name], name, raw.first_row, raw.file)
            read += raw.rows
            texts = {name: as_texts(raw.cells[name]) for name in text}
            yield Batch(values, texts, raw.first_row, raw.file)
        if not read:
            raise no_rows(self.source)

    @abstractmethod
    def _raw(self, columns: tuple[str, ...], text: tuple[str, ...], size: int) -> Iterator[RawBatch]:
        """The cells of these columns, in the file's order."""


def no_rows(source: str) -> MeasureError:
    """The refusal of a table without one row of data."""
    return MeasureError(
        "no_rows", f"{source} has column names but no rows.", "Export it again with its rows.", file=source
    )


def checked_names(names: Sequence[str], source: str) -> tuple[str, ...]:
    """The names, refused where one stands twice. Columns without a name are not counted."""
    seen: dict[str, int] = {}
    for position, name in enumerate(names, start=1):
        if name and name in seen:
            raise MeasureError(
                "duplicate_column",
                f"{source}: “{name}” is the name of columns {seen[name]} and {position}.",
                "Give each column its own name.",
                file=source,
                column=name,
                first=seen[name],
                second=position,
            )
        seen.setdefault(name, position)
    return tuple(names)


def _unknown_columns(table: Table, unknown: list[str]) -> MeasureError:
    suggestions = {name: near for name in unknown if (near := _nearest(name, table.columns))}
    hint = " ".join(f"Instead of “{name}”, did you mean “{near}”?" for name, near in suggestions.items())
    known = ", ".join(name for name in table.columns[:30] if name) + (" …" if len(table.columns) > 30 else "")
    if all(name.replace(".", "", 1).lstrip("-").isdigit() for name in table.columns if name):
        hint = "The first row holds numbers: put the names of the columns there."
    filled = [name for name in table.columns if name]
    # One column may also be all that there is, or names parted by a sign that is not known here.
    several = len(table.columns) > 1 or (len(unknown) > 1 and not set("|,;\t") & set("".join(filled)))
    heading = filled[0] if len(filled) == 1 and several else None
    if heading is not None:
        hint = f"Its first row holds “{heading}” alone: delete the rows above the names of the columns."
    return MeasureError(
        "unknown_column",
        f"{table.source} has no column {', '.join(f'“{name}”' for name in unknown)}.",
        f"{hint} Its columns are: {known}.".strip(),
        file=table.source,
        column=unknown[0],
        columns=unknown,
        suggestions=suggestions,
        known=list(table.columns),
        heading=heading,
    )


def _nearest(name: str, columns: Sequence[str]) -> str | None:
    """A name that differs in capitals alone, or else the most similar one."""
    folded = {column.casefold(): column for column in reversed(columns) if column}
    if name.casefold() in folded:
        return folded[name.casefold()]
    near = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else None
