"""Moments of Parquet and CSV files of any size, read by DuckDB and gathered by two workers.

Batch i goes to worker i mod 2, and the workers' moments are merged in their order: the figures do not depend
on how fast either was.
"""

from __future__ import annotations

import queue
from bisect import bisect_right
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from functools import partial, reduce
from itertools import accumulate
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from pyarrow import parquet

from frontstage.assess.engines import local_engine
from frontstage.assess.engines.cleaning import Cleaning, Values
from frontstage.assess.engines.gathering import Progress, Reading
from frontstage.assess.reading import Table
from frontstage.assess.reading.delimited import DelimitedTable
from frontstage.assess.reading.numbers import EMPTY_TEXTS
from frontstage.assess.reading.parquet import ParquetTable, folder_columns
from frontstage.assess.threads import one_thread_for_each_product
from frontstage.measure.errors import MeasureError

WORKERS = 2
BATCH_ROWS = 65_536
# What fits the processor's cache, and is long enough that the workers seldom wait for Python's lock.
PIECE_ROWS = 16_384
MEMORY = "512MB"


def gather(
    table: Table, cleaning: Cleaning, *, products: bool = False, progress: Progress | None = None
) -> Reading:
    """The whole table. What DuckDB will not convert is read locally, to say where the mistake is."""
    if not isinstance(table, ParquetTable | DelimitedTable):
        raise MeasureError(
            "engine_format",
            f"DuckDB does not read {table.source} as it is.",
            "Use --engine local, or save the file as Parquet or CSV.",
            engine="duckdb",
            file=table.source,
        )
    if not _is_plain(table, cleaning):
        return local_engine.gather(table, cleaning, products=products, progress=progress)
    try:
        return _gathered(table, cleaning, products, progress)
    except (duckdb.Error, MeasureError) as error:
        if isinstance(error, MeasureError) and isinstance(table, ParquetTable):
            raise
        # DuckDB passes over blank lines without counting them: a text file's places are found locally.
        return local_engine.gather(table, cleaning, products=products, progress=progress)


def _is_plain(table: Table, cleaning: Cleaning) -> bool:
    """Whether DuckDB reads the columns as numbers just as the local engine would."""
    if isinstance(table, DelimitedTable):
        # DuckDB skips rows where it says lines: names that run over several lines would cost rows of data.
        one_line = table.header_lines == table.header_row and not any("\n" in name for name in table.columns)
        return one_line and table.encoding in ("utf-8", "utf-8-sig") and len(table.columns) > 1
    for path in table.files:
        schema = parquet.read_schema(path)
        if set(cleaning.wanted) & set(folder_columns(path)):
            return False
        types = [schema.field(name).type for name in cleaning.wanted]
        if not all(pa.types.is_integer(each) or pa.types.is_floating(each) for each in types):
            return False
    return True


def _gathered(table: Table, cleaning: Cleaning, products: bool, progress: Progress | None) -> Reading:
    readings = [Reading.start(cleaning, products=products) for _ in range(WORKERS)]
    place = _places(table)
    with (
        one_thread_for_each_product(),
        ThreadPoolExecutor(WORKERS) as pool,
        closing(_connection()) as connection,
    ):
        waiting: list[queue.SimpleQueue[Future[None]]] = [queue.SimpleQueue() for _ in range(WORKERS)]
        start = 0
        for number, batch in enumerate(_record_batches(connection, table, cleaning)):
            at = number % WORKERS
            if number >= WORKERS:  # One batch at a time for each worker: memory stays bounded.
                waiting[at].get().result()
            waiting[at].put(pool.submit(_add, readings[at], batch, cleaning, partial(_located, place, start)))
            start += batch.num_rows
            if progress:
                progress(start)
        for line in waiting:
            while not line.empty():
                line.get().result()
    return _merged(readings)


def _add(
    reading: Reading,
    batch: pa.RecordBatch,
    cleaning: Cleaning,
    locate: Callable[[int], tuple[str, int | None]],
) -> None:
    for start in range(0, batch.num_rows, PIECE_ROWS):
        piece = batch.slice(start, PIECE_ROWS)
        reading.add(_matrix(piece), cleaning, lambda row, start=start: locate(start + row))  # type: ignore[misc]


def _matrix(batch: pa.RecordBatch) -> Values:
    """(b, k) float64 rows; nan for null."""
    out = np.empty((batch.num_rows, batch.num_columns))
    for k, column in enumerate(batch.columns):
        out[:, k] = column.to_numpy(zero_copy_only=False)
    return out


def _connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(
        config={"threads": WORKERS, "memory_limit": MEMORY, "preserve_insertion_order": True}
    )
    connection.execute("SET enable_progress_bar = false")
    return connection


def _record_batches(
    connection: duckdb.DuckDBPyConnection, table: Table, cleaning: Cleaning
) -> Iterator[pa.RecordBatch]:
    number = _from_text if isinstance(table, DelimitedTable) else _from_number
    source, values = _scan(table)
    columns = ", ".join(map(number, cleaning.wanted))
    pending = connection.sql(f"SELECT {columns} FROM {source}", params=values)  # noqa: S608
    # DuckDB 2 renamed it. A relation streams; the result of execute() would be held whole.
    reader = getattr(pending, "to_arrow_reader", None) or pending.fetch_arrow_reader
    yield from reader(BATCH_ROWS)


def _from_number(name: str) -> str:
    return f"CAST({_quoted(name)} AS DOUBLE)"


def _from_text(name: str) -> str:
    """To DuckDB 1_000 is a number; here it is none, and must not be cast."""
    return f"CAST(CASE WHEN contains({_quoted(name)}, '_') THEN 'no' ELSE {_quoted(name)} END AS DOUBLE)"


def _scan(table: Table) -> tuple[str, list[object]]:
    """The table function and the values of its places."""
    if not isinstance(table, DelimitedTable):
        return "read_parquet(?, hive_partitioning = false)", [list(table.files)]
    names = [name or f"\x01{at}" for at, name in enumerate(table.columns)]
    columns = ", ".join(f"{_text(name)}: 'VARCHAR'" for name in names)
    options = (
        f"columns = {{{columns}}}, auto_detect = false, header = false, skip = {table.header_lines}, "
        f"delim = {_text(table.delimiter)}, quote = '\"', escape = '\"', "
        f"nullstr = [{', '.join(map(_text, EMPTY_TEXTS))}]"
    )
    return f"read_csv(?, {options})", [table.files[0]]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _places(table: Table) -> list[tuple[int, str, int]]:
    """For each file the rows before it, its name, and the number of its first row."""
    if isinstance(table, DelimitedTable):
        return [(0, table.source, table.header_row + 1)]
    counts = [parquet.read_metadata(path).num_rows for path in table.files]
    before = [0, *accumulate(counts)][: len(counts)]
    return [(start, Path(path).name, 1) for start, path in zip(before, table.files, strict=True)]


def _located(places: list[tuple[int, str, int]], start: int, row: int) -> tuple[str, int | None]:
    at = bisect_right(places, start + row, key=lambda place: place[0]) - 1
    before, file, first = places[at]
    return file, first + start + row - before


def _merged(readings: list[Reading]) -> Reading:
    """In the order of the workers. The first value off its scale is the earliest of all files and rows."""
    places = [reading.first_off_scale for reading in readings if reading.first_off_scale]
    whole = reduce(Reading.merge, readings)
    return (
        whole
        if len(places) < 2
        else replace(whole, first_off_scale=min(places, key=lambda p: (p.file, p.row)))
    )
