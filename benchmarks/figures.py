"""What a benchmark reports: ratios first, the limit or peer of the same run beside them."""

from __future__ import annotations

import json
import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results"


@dataclass
class Figure:
    """One claim: what was compared, the ratio, its goal, and whether it was reached."""

    name: str
    ratio: float
    goal: str
    reached: bool
    detail: dict[str, float | int | str] = field(default_factory=dict)


def report(benchmark: str, figures: list[Figure]) -> None:
    """Print the figures and keep them for the documentation."""
    for figure in figures:
        verdict = "reached" if figure.reached else "NOT reached"
        print(
            f"{figure.name}: {figure.ratio:,.2f}  (goal {figure.goal}: {verdict})  {figure.detail}",
            flush=True,
        )
    RESULTS.mkdir(exist_ok=True)
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()}
    kept = {
        "command": f"python -m benchmarks.{benchmark}",
        "machine": machine,
        "figures": [asdict(f) for f in figures],
    }
    (RESULTS / f"{benchmark}.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def per_second(act: Callable[[], object], *, seconds: float = 1.0) -> float:
    """How often the act runs in a second, one after the other."""
    act()
    times, begin = 0, time.perf_counter()
    while (gone := time.perf_counter() - begin) < seconds:
        act()
        times += 1
    return times / gone


def milliseconds(act: Callable[[], object], *, times: int = 30) -> tuple[float, float]:
    """Median and 95th percentile of one act."""
    act()
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begin) * 1000)
    return statistics.median(taken), statistics.quantiles(taken, n=20)[18]
