"""Three ways from a table to its moments: in this process, by DuckDB, on Spark. All give the same figures."""

from __future__ import annotations

import importlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Literal, Protocol, get_args

from frontstage.assess.engines.cleaning import Cleaning, OffScale, Treat
from frontstage.assess.engines.gathering import Progress, Reading
from frontstage.assess.reading import Table, open_table
from frontstage.measure.errors import MeasureError

Engine = Literal["local", "duckdb", "spark"]

__all__ = ["Engine", "Reading", "read_moments"]


class _Gather(Protocol):
    def __call__(
        self, table: Table, cleaning: Cleaning, *, products: bool, progress: Progress | None
    ) -> Reading: ...


def read_moments(
    source: Table | str,
    columns: Sequence[str],
    *,
    engine: Engine = "local",
    weights: str | None = None,
    missing_codes: Collection[float] = (),
    scales: Mapping[str, tuple[float, float]] | None = None,
    off_scale: OffScale = "refuse",
    treat: Treat = "mean",
    reverse: Collection[str] = (),
    products: bool = False,
    progress: Progress | None = None,
) -> Reading:
    """The moments of ``columns`` and what was counted on the way.

    ``weights`` names the column of respondents' weights. Missing codes are emptied first, then values are
    held against their item's scale, then ``reverse`` items are turned round. Left out: rows without an answer
    or without a weight above 0, and with ``listwise`` every row that is not complete. ``products`` gathers
    the moments of products too; with ``mean`` incomplete rows that takes two
    more readings, which fill in the items' means; complete rows are read once.
    ``progress`` is called with the number of rows read so far.

    Raises ``MeasureError``: what reading a table raises, ``off_scale``, ``respondent_weights``,
    ``engine_unknown``, ``engine_missing``, ``engine_format``.
    """
    table = open_table(source) if isinstance(source, str) else source
    table.require([*columns, *([weights] if weights else [])])
    limits = scales or {}
    cleaning = Cleaning(
        tuple(columns),
        weights,
        tuple(float(code) for code in missing_codes),
        tuple(limits.get(name, (float("-inf"), float("inf"))) for name in columns),
        off_scale,
        treat,
        frozenset(reverse),
    )
    gather = _engine(engine)
    try:
        return gather(table, cleaning, products=products, progress=progress)
    except MeasureError as refused:
        if refused.code != "products_need_complete_rows" or treat != "mean":
            raise
    # Products need whole rows: read once for the items' means, and once more with those filled in.
    first = gather(table, cleaning, products=False, progress=progress)
    filled = replace(cleaning, fill=tuple(float(mean) for mean in first.moments.mean))
    return gather(table, filled, products=True, progress=progress)


def _engine(name: str) -> _Gather:
    if name not in get_args(Engine):
        raise MeasureError(
            "engine_unknown",
            f"There is no engine “{name}”.",
            f"Use one of: {', '.join(get_args(Engine))}.",
            engine=name,
        )
    # Each engine brings a library of its own, and is loaded only when asked for.
    gather: _Gather = importlib.import_module(f"frontstage.assess.engines.{name}_engine").gather
    return gather
