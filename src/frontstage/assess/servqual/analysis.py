"""One measurement of gaps from file to document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from frontstage.assess.analysis import source_of
from frontstage.assess.reading import open_table
from frontstage.assess.servqual.choices import GapChoices
from frontstage.assess.servqual.document import gap_document
from frontstage.assess.servqual.gathering import gather_pairs
from frontstage.assess.servqual.instrument_file import load_instrument
from frontstage.assess.servqual.measuring import measure_pairs
from frontstage.measure.intervals import check_confidence

Report = Callable[[str, int, int], None]


def servqual(choices: GapChoices, report: Report = lambda label, done, total: None) -> dict[str, Any]:
    """The result document. Raises MeasureError for everything that the data or the instrument do wrong.

    ``report(what, done, total)`` hears of long work; a total of 0 is not known.
    """
    check_confidence(choices.confidence)
    instrument = load_instrument(choices.instrument)
    table = open_table(choices.data, encoding=choices.encoding)
    report("rows", 0, table.rows or 0)
    pairs = gather_pairs(table, instrument, choices)
    report("rows", pairs.read, pairs.read)
    measured = measure_pairs(pairs, instrument, choices)
    return gap_document(measured, pairs, instrument, choices, source_of(table))
