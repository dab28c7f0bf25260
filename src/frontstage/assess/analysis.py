"""One assessment from file to document."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from frontstage.assess.choices import Choices
from frontstage.assess.document import assessment
from frontstage.assess.engines import read_moments
from frontstage.assess.gathering import gather
from frontstage.assess.measuring import Measured, measure_moments, measure_rows
from frontstage.assess.model_file import ModelFile, load_model
from frontstage.assess.reading import Table, open_table
from frontstage.assess.threads import one_thread_for_each_product
from frontstage.measure.errors import MeasureError

Report = Callable[[str, int, int], None]
# Hashing more than this would take longer than the figures do.
HASHED = 1 << 30


def assess(choices: Choices, report: Report = lambda label, done, total: None) -> dict[str, Any]:
    """The result document. Raises MeasureError for everything that the data or the model do wrong.

    ``report(what, done, total)`` hears of long work; a total of 0 is not known.
    """
    file = load_model(choices.model)
    table = open_table(choices.data, encoding=choices.encoding)
    with one_thread_for_each_product():
        if choices.engine == "local":
            measured = measure_rows(gather(table, file, choices), file, choices, report)
        else:
            measured = _from_moments(table, file, choices, report)
    return assessment(measured, file, choices, source_of(table))


def _from_moments(table: Table, file: ModelFile, choices: Choices, report: Report) -> Measured:
    needs = {"--group": choices.group, "--id": choices.identifier, "--seconds": choices.seconds}
    asked = [option for option, value in needs.items() if value]
    if choices.interval == "bca":
        asked.append("--interval bca")
    if asked:
        raise MeasureError(
            "engine_without_rows",
            f"{', '.join(asked)} needs the rows themselves; the engine {choices.engine} keeps only moments.",
            "Leave it out, or use --engine local on a part of the data.",
            options=asked, engine=choices.engine,
        )  # fmt: skip
    if choices.bootstrap and file.missing_treat == "pairwise":
        raise MeasureError(
            "engine_pairwise", f"The engine {choices.engine} cannot resample with pairwise treatment.",
            "Use missing: mean or listwise, or --engine local.", engine=choices.engine,
        )  # fmt: skip
    reading = read_moments(
        table, file.items, engine=choices.engine, weights=choices.weights, missing_codes=file.missing_codes,
        scales=file.scales, off_scale=file.off_scale, treat=file.missing_treat, reverse=file.reverse,
        products=choices.bootstrap > 0, progress=lambda rows: report("rows", rows, table.rows or 0),
    )  # fmt: skip
    left_out = {
        "doubtful": reading.empty, "weight_zero": reading.unweighted,
        "incomplete": reading.incomplete if file.missing_treat == "listwise" else 0,
    }  # fmt: skip
    return measure_moments(reading.moments, reading.read, left_out, file, choices, report)


def source_of(table: Table) -> dict[str, Any]:
    """What the settings say of the data: names, and a checksum where the files are not huge."""
    paths = [Path(name) for name in table.files]
    size = sum(path.stat().st_size for path in paths)
    digest = hashlib.sha256()
    if size <= HASHED:
        for path in paths:
            with path.open("rb") as opened:
                for piece in iter(lambda: opened.read(1 << 20), b""):  # read at once
                    digest.update(piece)
    return {
        "source": table.source, "files": [path.name for path in paths][:100], "bytes": size,
        "sha256": digest.hexdigest() if size <= HASHED else None,
    }  # fmt: skip
