"""The drawings of the index page: the report's own pictures under the house's colours, and the trend."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from frontstage.assess.report.assessment_figures import assessment_figures
from frontstage.assess.report.figures import Figure
from frontstage.assess.report.picture import Picture
from frontstage.assess.report.svg import draw
from frontstage.assess.words import words
from frontstage.foundation.bilingual import language_key
from frontstage.measure.intervals import Interval, Summary, mean_interval

# The report's figures that the page shows; the others it says in tables of its own.
SHOWN = ("diagram", "importance", "first")


@dataclass(frozen=True)
class Drawn:
    """A figure of the report as the page shows it, for the desk and for the telephone."""

    key: str
    title: str
    about: str
    wide: tuple[SafeString, ...]
    narrow: tuple[SafeString, ...]


def drawings(shown: dict[str, Any]) -> dict[str, Drawn]:
    """The path diagram, the importance-performance maps and the priorities, in the reader's language."""
    figures = assessment_figures(shown, words(language_key()))
    return {figure.key: _drawn(figure) for figure in figures if figure.key in SHOWN}


def _drawn(figure: Figure) -> Drawn:
    return Drawn(
        figure.key,
        figure.title,
        figure.about,
        tuple(map(drawing, figure.pictures)),
        tuple(map(drawing, figure.narrow)),
    )


def drawing(picture: Picture) -> SafeString:
    """A picture as SVG without a style attribute, which the house's policy would not let through."""
    title = escape(picture.title)
    body = "".join(draw(shape) for shape in picture.shapes)
    # draw() escapes every text that it writes.
    return mark_safe(  # noqa: S308
        f'<svg class="drawing" viewBox="0 0 {picture.width:.0f} {picture.height:.0f}" width="{picture.width:.0f}" '
        f'height="{picture.height:.0f}" role="img" aria-label="{title}"><title>{title}</title>{body}</svg>'
    )


def trend_chart(sums: Mapping[str, Summary], *, quarter: bool, query: str) -> dict[str, Any]:
    """The respondents' own indices by month or quarter, each point a link to its answers."""
    listed = reverse("satisfaction:answers")
    known = [(start, own, mean_interval(own)) for start, own in sums.items()]
    labels = [_label(start, quarter=quarter) for start, _own, _interval in known]
    return {
        "height": "md",
        "xAxis": {"type": "category", "data": labels},
        "yAxis": {"type": "value", **_limits([interval for _start, _own, interval in known])},
        "legend": {},
        "series": [
            _bound(_("Lower"), [interval.low if interval else None for _start, _own, interval in known]),
            {
                "type": "line",
                "name": _("Index"),
                "tone": "1",
                "data": [
                    {
                        "value": round(own.mean, 1),
                        "href": f"{listed}?{query}&factor=satisfaction&from={start}",
                    }
                    for start, own, _interval in known
                ],
            },
            _bound(_("Upper"), [interval.high if interval else None for _start, _own, interval in known]),
        ],
        "table": {
            "head": [_("Quarter") if quarter else _("Month"), _("Index"), _("95 % interval"), _("Answers")],
            "rows": [
                [label, f"{own.mean:.1f}", _around(interval), str(own.n)]
                for label, (_start, own, interval) in zip(labels, known, strict=True)
            ],
        },
    }


def _bound(name: str, values: list[float | None]) -> dict[str, Any]:
    """One end of the intervals, as a quiet line."""
    data = [None if value is None else round(value, 1) for value in values]
    return {"type": "line", "name": name, "tone": "quiet", "data": data}


def _limits(intervals: Sequence[Interval | None]) -> dict[str, int]:
    """The tens between which all intervals lie, never beyond 0 and 100."""
    known = [end for one in intervals if one for end in (one.low, one.high, one.estimate) if end is not None]
    if not known:
        return {"min": 0, "max": 100}
    return {
        "min": max(0, 10 * math.floor(min(known) / 10)),
        "max": min(100, 10 * math.ceil(max(known) / 10)),
    }


def _label(start: str, *, quarter: bool) -> str:
    day = parse_date(start)
    assert day is not None
    if quarter:
        return _("Q%(quarter)d %(year)d") % {"quarter": (day.month + 2) // 3, "year": day.year}
    return date_format(day, "YEAR_MONTH_FORMAT")


def _around(interval: Interval | None) -> str:
    return interval_words(interval.low, interval.high) if interval else "–"


def interval_words(low: float | None, high: float | None, digits: int = 1) -> str:
    if low is None or high is None:
        return "–"
    return _("%(low)s to %(high)s") % {"low": f"{low:.{digits}f}", "high": f"{high:.{digits}f}"}
