"""The rows of a table as pairs of expectation and perception."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frontstage.assess.engines.cleaning import Cleaning
from frontstage.assess.gathering import Cells, check_weights, quality_rules, read_cells
from frontstage.assess.reading import Table
from frontstage.assess.servqual.choices import GapChoices
from frontstage.assess.servqual.instrument_file import InstrumentFile
from frontstage.measure.data_quality import QualityReport, check_quality
from frontstage.measure.errors import MeasureError

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Pairs:
    """(n, items) answers of the rows that are used, nan = missing, as they stand in the file: reversed items are
    not turned. ``expectations`` is None where only perceptions were asked. ``read`` counts the rows of the file.
    """

    expectations: Values | None
    perceptions: Values
    weights: Values | None
    groups: NDArray[np.object_] | None
    quality: QualityReport
    read: int
    unweighted: int
    off_scale: int

    def part(self, inside: NDArray[np.bool_]) -> tuple[Values | None, Values, Values | None]:
        """Expectations, perceptions and weights of some of the rows."""
        e, p, w = self.expectations, self.perceptions, self.weights
        return None if e is None else e[inside], p[inside], None if w is None else w[inside]


def gather_pairs(table: Table, instrument: InstrumentFile, choices: GapChoices) -> Pairs:
    """Read what the instrument needs. Refuses answers off the scale (unless the instrument says otherwise) with
    their place, weights that are not numbers of 0 or more, and what a rule of quality refuses.
    """
    cells = _cells(table, instrument, choices)
    weights = cells.numbers[choices.weights] if choices.weights else None
    used = np.ones(len(cells.values), bool)
    if weights is not None:
        check_weights(weights, choices.weights or "")
        used = weights > 0
    quality = check_quality(
        cells.values,
        _columns(instrument, choices),
        seconds=cells.numbers[choices.seconds] if choices.seconds else None,
        ids=cells.texts[choices.identifier] if choices.identifier else None,
        rules=quality_rules(choices.rules),
    )
    quality.require()
    unweighted = int((~used).sum())
    used = used & quality.kept
    k = len(instrument.items)
    answers = cells.values[used]
    return Pairs(
        None if choices.perception_only else answers[:, :k],
        answers[:, -k:],
        None if weights is None else weights[used],
        cells.texts[choices.group][used] if choices.group else None,
        quality,
        len(used),
        unweighted,
        cells.off_scale,
    )


def _columns(instrument: InstrumentFile, choices: GapChoices) -> list[str]:
    """The expectations of all items, then their perceptions."""
    expectations = [] if choices.perception_only else [item.expectation for item in instrument.items]
    return expectations + [item.perception for item in instrument.items]


def _cells(table: Table, instrument: InstrumentFile, choices: GapChoices) -> Cells:
    columns = _columns(instrument, choices)
    _require_expectations(table, instrument, choices)
    scales = ((float(instrument.minimum), float(instrument.maximum)),) * len(columns)
    # Reversed items are turned by the science, which knows which they are.
    cleaning = Cleaning(tuple(columns), None, instrument.missing_codes, scales, instrument.off_scale)
    extra = [name for name in (choices.weights, choices.seconds) if name]
    text = [name for name in (choices.group, choices.identifier) if name]
    try:
        return read_cells(table, cleaning, extra, text)
    except MeasureError as refused:
        if refused.code != "too_large_for_memory":
            raise
        raise MeasureError(
            "gaps_too_large", refused.message, "Measure a random part of the rows.", **refused.details
        ) from None


def _require_expectations(table: Table, instrument: InstrumentFile, choices: GapChoices) -> None:
    """Where not one expectation is there, the remedy is an option rather than a list of columns."""
    there = set(table.columns)
    asked = choices.perception_only or any(item.expectation in there for item in instrument.items)
    if not asked and all(item.perception in there for item in instrument.items):
        first = instrument.items[0].expectation
        raise MeasureError(
            "no_expectations",
            f"{table.source} has perceptions but no expectations: there is no column “{first}” or any other.",
            "Use --perception-only, or name the columns of the expectations in the instrument.",
            file=table.source,
            column=first,
        )
