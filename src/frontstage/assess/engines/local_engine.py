"""Moments in this process: any kind of file, one batch after the other."""

from __future__ import annotations

from frontstage.assess.engines.cleaning import Cleaning
from frontstage.assess.engines.gathering import Progress, Reading
from frontstage.assess.reading import Table
from frontstage.assess.threads import one_thread_for_each_product


def gather(
    table: Table, cleaning: Cleaning, *, products: bool = False, progress: Progress | None = None
) -> Reading:
    """The whole table, in its order. Memory: one batch and the moments."""
    reading = Reading.start(cleaning, products=products)
    with one_thread_for_each_product():
        for batch in table.batches(cleaning.wanted):
            reading.add(batch.values, cleaning, batch.locate)
            if progress:
                progress(reading.read)
    return reading
