"""Moments on Spark: each partition gathers its own, and they are merged in the order of the partitions."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from frontstage.assess.engines.cleaning import Cleaning
from frontstage.assess.engines.gathering import Progress, Reading
from frontstage.assess.reading import Table
from frontstage.assess.reading.parquet import ParquetTable
from frontstage.measure.errors import MeasureError


def gather(
    table: Table, cleaning: Cleaning, *, products: bool = False, progress: Progress | None = None
) -> Reading:
    """The whole table, Parquet only. Uses the session that runs, else a local one with two workers.

    Partitions do not know their rows' numbers, so a refusal names the column alone.
    """
    if not isinstance(table, ParquetTable):
        raise MeasureError(
            "engine_format",
            f"Spark reads Parquet here, and {table.source} is not.",
            "Save the data as Parquet, or use --engine local.",
            engine="spark",
            file=table.source,
        )
    session = _session()
    paths = [str(Path(path).resolve()) for path in table.files]
    rows = session.read.parquet(*paths).select(*(f"`{name.replace('`', '``')}`" for name in cleaning.wanted))
    _require_numbers(rows, table.source)
    parts = rows.mapInArrow(_Partition(cleaning, products, table.source), "place long, packed binary")
    collected = sorted((row.place, bytes(row.packed)) for row in _collected(parts))
    reading = reduce(
        Reading.merge,
        (Reading.from_bytes(packed) for _, packed in collected),
        Reading.start(cleaning, products=products),
    )
    if progress:
        progress(reading.read)
    return reading


class _Partition:
    """What each partition does; sent to the workers."""

    def __init__(self, cleaning: Cleaning, products: bool, source: str) -> None:
        self.cleaning, self.products, self.source = cleaning, products, source

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from pyspark import TaskContext

        reading = Reading.start(self.cleaning, products=self.products)
        for batch in batches:
            cells = np.empty((batch.num_rows, batch.num_columns))
            for k, column in enumerate(batch.columns):
                cells[:, k] = column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
            try:
                reading.add(cells, self.cleaning, lambda row: (self.source, None))
            except MeasureError as error:
                yield self._record(_REFUSED, _packed(error))
                return
        yield self._record(TaskContext.get().partitionId(), reading.to_bytes())

    @staticmethod
    def _record(place: int, packed: bytes) -> pa.RecordBatch:
        return pa.RecordBatch.from_arrays(
            [pa.array([place], pa.int64()), pa.array([packed], pa.binary())], names=["place", "packed"]
        )


# A refusal travels as a result: an error inside a task would be tried again and lost in Java's words.
_REFUSED = -1


def _packed(error: MeasureError) -> bytes:
    return json.dumps([error.code, error.message, error.remedy, error.details]).encode()


def _collected(parts: Any) -> list[Any]:
    rows: list[Any] = parts.collect()
    for row in rows:
        if row.place == _REFUSED:
            code, message, remedy, details = json.loads(bytes(row.packed))
            raise MeasureError(code, message, remedy, **details)
    return rows


def _require_numbers(rows: Any, source: str) -> None:
    for name, kind in rows.dtypes:
        if kind not in ("tinyint", "smallint", "int", "bigint", "float", "double"):
            raise MeasureError(
                "not_a_number",
                f"{source}, column “{name}”, holds {kind} values, not numbers.",
                "Convert the column, or use --engine local, which reads numbers from text.",
                file=source,
                column=name,
                value=kind,
                row=None,
            )


def _session() -> Any:
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise MeasureError(
            "engine_missing",
            "Spark is not installed.",
            "Install it with: pip install 'frontstage[spark]', or use --engine duckdb.",
            engine="spark",
            what="pyspark",
        ) from None
    active = SparkSession.getActiveSession()
    if active is not None:
        return active
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise _no_java()
    builder = SparkSession.builder.master(os.environ.get("SPARK_MASTER", "local[2]")).appName("frontstage")
    try:
        return builder.config("spark.ui.enabled", "false").getOrCreate()
    except (PySparkException, RuntimeError, OSError):
        raise _no_java() from None


def _no_java() -> MeasureError:
    return MeasureError(
        "engine_missing",
        "Spark could not start: it needs Java 17 or later.",
        "Install Java and set JAVA_HOME, or use --engine duckdb.",
        engine="spark",
        what="java",
    )
