"""The drawings of the gap pages, as ECharts options with their table beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from frontstage.measure.gaps import GapResult
from frontstage.quality.queries import Month


def _figure(value: float | None, *, signed: bool = False) -> str:
    if value is None:
        return "–"
    return f"{value:+.2f}" if signed else f"{value:.2f}"


def gap_chart(result: GapResult, names: Mapping[str, str], *, low: int, high: int) -> dict[str, Any]:
    """Expectation and perception of each dimension side by side on the instrument's scale."""
    known = list(result.dimensions)
    return {
        "height": "md",
        "xAxis": {"type": "category", "data": [names[d.code] for d in known]},
        "yAxis": {"type": "value", "min": low, "max": high},
        "legend": {},
        "series": [
            {
                "type": "bar",
                "name": _("Expected"),
                "tone": "quiet",
                "data": [_rounded(d.expectation) for d in known],
            },
            {
                "type": "bar",
                "name": _("Perceived"),
                "tone": "1",
                "data": [_rounded(d.perception) for d in known],
            },
        ],
        "table": {
            "head": [
                _("Dimension"),
                _("Expected"),
                _("Perceived"),
                _("Gap"),
                _("95 % interval"),
                _("Answers"),
            ],
            "rows": [
                [
                    names[d.code],
                    _figure(d.expectation),
                    _figure(d.perception),
                    _figure(d.gap.estimate if d.gap else None, signed=True),
                    interval_words(d.gap.low, d.gap.high) if d.gap else "–",
                    str(d.n),
                ]
                for d in known
            ],
        },
    }


def interval_words(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return _("too few answers")
    return _("%(low)s to %(high)s") % {"low": f"{low:+.2f}", "high": f"{high:+.2f}"}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def trend_chart(months: Sequence[Month], names: Mapping[str, str]) -> dict[str, Any]:
    """Each dimension's gap month by month."""
    labels = [date_format(month.start, "YEAR_MONTH_FORMAT") for month in months]
    return {
        "height": "md",
        "values": "signed",
        "xAxis": {"type": "category", "data": labels},
        "yAxis": {"type": "value"},
        "legend": {},
        "series": [
            {
                "type": "line",
                "name": name,
                "tone": str(index % 6 + 1),
                "data": [_rounded(month.gaps.get(code)) for month in months],
            }
            for index, (code, name) in enumerate(names.items())
        ],
    }
