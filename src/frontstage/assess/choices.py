"""Every choice of one `frontstage assess` that affects its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from frontstage.measure.data_quality.report import Action
from frontstage.measure.pls.inference import Method

Engine = Literal["local", "duckdb", "spark"]
# Up to so many cells (rows times items) lie in memory at once: 0.5 GB. More: the engines that need only moments.
CELLS_IN_MEMORY = 64_000_000
# From so many rows on replicates are drawn from the moments' own distribution instead of from the rows.
ROWS_DRAWN = 10_000


@dataclass(frozen=True)
class Choices:
    """``data`` a file, folder or glob; ``model`` a shipped name or a file. ``bootstrap`` 0: no intervals.

    ``rules``: data quality rule → action, or "off"; what is not named keeps its default. ``smallest_path``:
    fewer answers than it takes to see a path of this size are refused. ``group``, ``weights``, ``seconds``
    and ``identifier`` name columns. ``command`` is what the reader repeats to get the same numbers.
    """

    data: str
    model: str
    bootstrap: int = 0
    seed: int = 1
    interval: Method = "percentile"
    confidence: float = 0.95
    group: str | None = None
    permutations: int = 1000
    weights: str | None = None
    seconds: str | None = None
    identifier: str | None = None
    engine: Engine = "local"
    encoding: str | None = None
    folds: int = 10
    smallest_path: float = 0.5
    rules: Mapping[str, Action | Literal["off"]] = field(default_factory=dict)
    threads: int | None = None
    command: str = ""
