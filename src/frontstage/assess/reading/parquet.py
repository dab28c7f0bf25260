"""Parquet: a file, a folder of files or a glob, row group by row group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import unquote

import pyarrow as pa
from pyarrow import parquet

from frontstage.assess.reading.table import RawBatch, Table, checked_names, no_rows
from frontstage.assess.reading.workbook import unreadable
from frontstage.measure.errors import MeasureError


@dataclass
class ParquetTable(Table):
    """One or more Parquet files with the same columns. Row 1 is the first row of each file.

    A folder named ``region=north`` gives its files a text column ``region``, as Spark writes them.
    """

    format: ClassVar[str] = "parquet"

    def _raw(self, columns: tuple[str, ...], text: tuple[str, ...], size: int) -> Iterator[RawBatch]:
        wanted = list(dict.fromkeys((*columns, *text)))
        for path in self.files:
            folders = folder_columns(path)
            stored = [name for name in wanted if name not in folders]
            first = 1
            for batch in _batches(path, stored, size):
                cells = dict(zip(batch.schema.names, map(_cells, batch.columns), strict=True))
                cells |= {name: [folders[name]] * batch.num_rows for name in wanted if name in folders}
                yield RawBatch(cells, batch.num_rows, first, Path(path).name)
                first += batch.num_rows


def _batches(path: str, stored: list[str], size: int) -> Iterator[pa.RecordBatch]:
    try:
        with parquet.ParquetFile(path, pre_buffer=False) as file:
            yield from file.iter_batches(batch_size=size, columns=stored)
    except (pa.ArrowException, OSError) as error:
        raise unreadable(Path(path).name, "a Parquet file", error) from None


def _cells(column: pa.Array) -> Any:
    """Numbers as an array with nan for null; anything else as a list, judged cell by cell."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        return column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
    return column.to_pylist()


def open_parquet(files: Sequence[str], source: str) -> ParquetTable:
    """Open the files, in the order of their paths; refused where one lacks a column that another has."""
    names: tuple[str, ...] = ()
    rows = 0
    for path in files:
        try:
            meta = parquet.read_metadata(path)
        except (pa.ArrowException, OSError) as error:
            raise unreadable(Path(path).name, "a Parquet file", error) from None
        here = (*meta.schema.to_arrow_schema().names, *folder_columns(path))
        checked_names(here, Path(path).name)
        names = names or here
        _require_same(names, here, Path(path).name, Path(files[0]).name)
        rows += meta.num_rows
    if rows == 0:
        raise no_rows(source)
    return ParquetTable(source=source, files=tuple(files), columns=names, rows=rows)


def folder_columns(path: str) -> dict[str, str]:
    """The columns that the names of the folders above a file give it."""
    parts = [part for part in Path(path).parent.parts if part.count("=") == 1 and not part.startswith("=")]
    return {name: unquote(value) for name, value in (part.split("=") for part in parts)}


def _require_same(names: tuple[str, ...], here: tuple[str, ...], file: str, first: str) -> None:
    odd = sorted(set(names) ^ set(here))
    if odd:
        lacking = file if odd[0] in names else first
        raise MeasureError(
            "columns_differ",
            f"{lacking} has no column “{odd[0]}”, which another file of the folder has.",
            "Keep files with the same columns in the folder, or name the files with a glob.",
            file=lacking,
            column=odd[0],
        )
