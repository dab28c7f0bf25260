"""A chart's second form: the table of its figures, for those who do not see the drawing (and for paper)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import formats

Table = dict[str, list[Any]]


def _category_axis(option: Mapping[str, Any]) -> Mapping[str, Any] | None:
    for key in ("xAxis", "yAxis"):
        axis = option.get(key)
        axis = axis[0] if isinstance(axis, Sequence) and axis else axis
        if isinstance(axis, Mapping) and axis.get("data"):
            return axis
    return None


def _cell(point: Any) -> str:
    value = point.get("value") if isinstance(point, Mapping) else point
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_cell(part) for part in value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else str(value)
    return formats.number_format(
        value, decimal_pos=None if isinstance(value, int) else 2, force_grouping=True
    )


def table_of(option: Mapping[str, Any]) -> Table:
    """{"head": [...], "rows": [[...]]}: the option's own "table", else categories by series."""
    if "table" in option:
        return option["table"]
    series: Sequence[Mapping[str, Any]] = option.get("series") or ()
    axis = _category_axis(option)
    if axis is None:
        return {
            "head": [str(one.get("name", "")) for one in series],
            "rows": [[_cell(point)] for one in series for point in one.get("data", ())],
        }
    labels = [str(label.get("value") if isinstance(label, Mapping) else label) for label in axis["data"]]
    columns = [list(one.get("data", ())) for one in series]
    return {
        "head": [str(axis.get("name", "")), *(str(one.get("name", "")) for one in series)],
        "rows": [
            [label, *(_cell(column[row]) if row < len(column) else "" for column in columns)]
            for row, label in enumerate(labels)
        ],
    }
