"""Parquet of 10⁵ to 10⁷ rows to an estimate with 1,000 replicates: memory, time for each row, and Spark's figures.

The files are made for the run in a temporary folder and deleted after it. Each size is measured in a process of
its own, whose peak memory is the system's own count.
"""

from __future__ import annotations

import importlib.util
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from benchmarks.figures import Figure, report
from benchmarks.many_rows_picture import draw
from tests.measure.pls.ecsi import ecsi_like_rows, ecsi_model

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "pictures" / "many-rows.svg"
SIZES = (100_000, 316_228, 1_000_000, 3_162_278, 10_000_000)
BATCH = 100_000
REPLICATES = 1_000
MEMORY_GOAL = 1.5e9
# How much more a further row may cost in a large file than in a small one.
FACTOR = 1.25
SPARK_ROWS = 100_000
SPARK_WITHIN = 1e-9


def write(path: Path, rows: int, seed: int = 0, *, whole: bool = True) -> None:
    """Answers from 1 to 10 with about the moments of the ECSI data, batch by batch; ``whole`` ones in one byte."""
    items = ecsi_model().items
    schema = pa.schema([(item, pa.uint8() if whole else pa.float64()) for item in items])
    with parquet.ParquetWriter(path, schema, compression="zstd") as out:
        for number, start in enumerate(range(0, rows, BATCH)):
            size = min(BATCH, rows - start)
            answers = np.clip(ecsi_like_rows(max(size, 25), seed=seed + number)[:size], 1, 10)
            if whole:
                answers = np.rint(answers).astype(np.uint8)
            out.write_table(pa.table({item: answers[:, k] for k, item in enumerate(items)}, schema=schema))


def measure(path: str, engine: str, replicates: str) -> None:
    """Read, estimate, draw replicates; print seconds, peak memory and the figures as one line of JSON."""
    from frontstage.assess.engines import read_moments
    from frontstage.measure.pls import estimate
    from frontstage.measure.pls.inference import Wanted, bootstrap
    from frontstage.measure.pls.replicates import DrawnMoments

    model = ecsi_model()
    begin = time.perf_counter()
    reading = read_moments(path, model.items, engine=engine, scales=model.scales, products=True)  # type: ignore[arg-type]
    read = time.perf_counter() - begin
    found = estimate(model, reading.moments)
    wanted = Wanted(target="Satisfaction", heterotrait=True)
    drawn = bootstrap(found, DrawnMoments(reading.moments, int(replicates), 1), wanted=wanted)
    low, high = drawn.interval("paths")
    answer = {
        "rows": reading.used, "reading": read, "seconds": time.perf_counter() - begin,
        # Kilobytes on Linux.
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "covariance": reading.moments.covariance().tolist(), "paths": found.paths.tolist(),
        "spread": np.asarray(reading.moments.spread).tolist() if engine == "spark" or "compare" in sys.argv else [],
        "width": float((high - low)[model.matrix].mean()),
    }  # fmt: skip
    print(json.dumps(answer))


def run(path: Path, engine: str, *more: str) -> dict[str, Any]:
    command = [
        sys.executable,
        "-m",
        "benchmarks.many_rows",
        "measure",
        str(path),
        engine,
        str(REPLICATES),
        *more,
    ]
    environment = os.environ | {"PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable}
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        # The engine brings its own two workers.
        environment[name] = "1"
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(
        f"  {engine}, {answer['rows']:,} rows: {answer['seconds']:.2f} s, {answer['peak'] / 1e6:.0f} MB",
        flush=True,
    )
    return answer


def without_spark() -> str | None:
    """Why Spark is not measured here; None when it is."""
    if importlib.util.find_spec("pyspark") is None:
        return "pyspark is not installed"
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        return "there is no Java"
    return None


def curve(folder: Path, sizes: tuple[int, ...]) -> list[dict[str, Any]]:
    """A measurement for each size. Files are made one after another, and deleted as soon as they are read."""
    found = []
    for rows in sizes:
        path = folder / f"{rows}.parquet"
        write(path, rows)
        found.append(run(path, "duckdb") | {"file": path.stat().st_size})
        path.unlink()
    return found


def compared(folder: Path) -> Figure:
    """Spark's figures against DuckDB's on the same file."""
    name = f"Spark against DuckDB on {SPARK_ROWS:,} rows in four files: largest difference of any figure"
    if (why := without_spark()) is not None:
        return Figure(f"{name} (not measured: {why})", 0.0, f"<= {SPARK_WITHIN:g}", False, {})
    parts = folder / "parts"
    parts.mkdir()
    for part in range(4):
        # Fractions: sums of whole numbers would be exact in any order.
        write(parts / f"{part}.parquet", SPARK_ROWS // 4, seed=1000 + part, whole=False)
    one, two = run(parts, "duckdb", "compare"), run(parts, "spark", "compare")
    shutil.rmtree(parts)
    apart = 0.0
    for key in ("paths", "covariance", "spread", "width"):
        a, b = np.array(one[key]), np.array(two[key])
        apart = max(apart, float((np.abs(a - b) / np.maximum(1.0, np.abs(a))).max()))
    detail: dict[str, float | int | str] = {
        "difference": f"{apart:.1e} (relative above 1)",
        "of": "paths, covariances, moments of products and widths of intervals",
        "DuckDB seconds": round(one["seconds"], 2), "Spark seconds": round(two["seconds"], 2),
    }  # fmt: skip
    return Figure(name, apart, f"<= {SPARK_WITHIN:g}", apart <= SPARK_WITHIN, detail)


def figures(found: list[dict[str, Any]]) -> list[Figure]:
    last = found[-1]
    # A row's own cost in each tenfold: between sizes, what is the same for every size falls away.
    tens = found[::2]
    costs = [(b["seconds"] - a["seconds"]) / (b["rows"] - a["rows"]) for a, b in pairwise(tens)]
    per_row = [one["seconds"] / one["rows"] * 1e6 for one in found]
    growth = costs[-1] / costs[0]
    return [
        Figure(
            f"peak memory at {last['rows']:,} × 24 rows from Parquet through DuckDB, 1,000 replicates, in GB",
            last["peak"] / 1e9, f"< {MEMORY_GOAL / 1e9:g}", last["peak"] < MEMORY_GOAL,
            {"seconds": round(last["seconds"], 1), "file in MB": round(last["file"] / 1e6)},
        ),
        Figure(
            "seconds for a million rows, of the largest file", last["seconds"] / last["rows"] * 1e6, "none", True,
            {f"{one['rows']:,} rows": f"{seconds:.2f}" for one, seconds in zip(found, per_row, strict=True)},
        ),
        Figure(
            "cost of a further row in the last tenfold over that in the first", growth,
            f"<= {FACTOR:g}", growth <= FACTOR,
            {"microseconds per further row": ", ".join(f"{cost * 1e6:.2f}" for cost in costs)},
        ),
    ]  # fmt: skip


def main(*largest: str) -> None:
    """``largest``: leave out sizes above it, to try the benchmark."""
    sizes = tuple(size for size in SIZES if not largest or size <= int(largest[0]))
    with tempfile.TemporaryDirectory(prefix="frontstage-many-rows-") as place:
        found = curve(Path(place), sizes)
        against = compared(Path(place))
    draw(PICTURE, [(one["rows"], one["seconds"], one["peak"]) for one in found])
    report("many_rows", [*figures(found), against])


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        measure(*sys.argv[2:5])
    else:
        main(*sys.argv[1:])
