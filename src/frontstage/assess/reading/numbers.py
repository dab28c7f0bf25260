"""Cells as numbers, or a refusal that says which cell is none and why."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frontstage.measure.errors import MeasureError

# What programs write for a cell without an answer.
EMPTY_TEXTS = (
    "", "NA", "na", "N/A", "n/a", "<NA>", "#N/A", "#NULL!", "NaN", "nan", "NULL", "null", "None", ".",
)  # fmt: skip
_EMPTY = frozenset(EMPTY_TEXTS)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}([,' \u00a0\u202f.]\d{3})+([.,]\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+")


def as_numbers(cells: Any, column: str, first_row: int, file: str) -> NDArray[np.float64]:
    """(b,) float64, nan where empty; refused with row and column where a cell is not a finite number."""
    if isinstance(cells, np.ndarray) and cells.dtype.kind in "fiu":
        values = cells.astype(np.float64, copy=False)
    else:
        values = np.fromiter(_each(cells, column, first_row, file), np.float64, count=len(cells))
    if np.isinf(values).any():
        row = int(np.flatnonzero(np.isinf(values))[0])
        raise _not_a_number(values[row], column, first_row + row, file)
    return values


def _each(cells: Iterable[Any], column: str, first_row: int, file: str) -> Iterable[float]:
    for row, cell in enumerate(cells, start=first_row):
        number = as_number(cell)
        if number is None:
            raise _not_a_number(cell, column, row, file)
        yield number


def as_number(cell: Any) -> float | None:
    """The number in a cell, nan for an empty one, None where it is neither. True and False are no numbers."""
    if cell is None:
        return math.nan
    if isinstance(cell, str):
        return _from_text(cell)
    if isinstance(cell, (bool, np.bool_)) or not isinstance(cell, (int, float, Decimal, np.number)):
        return None
    return float(cell)


def _from_text(cell: str) -> float | None:
    text = cell.strip()
    if text in _EMPTY:
        return math.nan
    if "_" in text:  # Python reads 1_000 as a number; a person does not.
        return None
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def as_texts(cells: Iterable[Any]) -> list[str | None]:
    """The cells of a group column: whole numbers without a point, None where empty."""
    return [_as_text(cell) for cell in cells]


def _as_text(cell: Any) -> str | None:
    if cell is None or (isinstance(cell, (float, np.floating)) and math.isnan(cell)):
        return None
    if isinstance(cell, (float, np.floating)) and float(cell).is_integer():
        return str(int(cell))
    return str(cell).strip() or None


def _not_a_number(cell: Any, column: str, row: int, file: str) -> MeasureError:
    shown = str(cell).strip()
    shown = shown if len(shown) <= 40 else shown[:40] + "…"
    code, why, remedy = _reason(cell, shown)
    return MeasureError(
        code,
        f"{file}, row {row}, column “{column}”: {why}.",
        remedy,
        file=file,
        row=row,
        column=column,
        value=shown,
    )


def _reason(cell: Any, shown: str) -> tuple[str, str, str]:
    if isinstance(cell, (datetime.date, datetime.datetime, datetime.time)):
        return (
            "date_in_number_column",
            f"{shown} is a date, not a number",
            "A spreadsheet may have turned an answer like 1-2 into a date: correct the cell.",
        )
    # Thousands first: 1,234 could be either, and is refused either way.
    if _THOUSANDS.fullmatch(shown):
        return (
            "thousands_separator",
            f"“{shown}” has separators between its digits",
            "Write the number without them, such as 1234.5.",
        )
    if _DECIMAL_COMMA.fullmatch(shown):
        return (
            "decimal_comma",
            f"“{shown}” has a comma for its decimal point",
            "Export the file with decimal points.",
        )
    return (
        "not_a_number",
        f"“{shown}” is not a number",
        "Correct the cell, empty it, or leave this column out of the model.",
    )
