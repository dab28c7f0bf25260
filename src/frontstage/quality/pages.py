"""The quality manager's pages: the gaps, and the answers behind them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from frontstage.customers.public import districts
from frontstage.foundation.bilingual import in_language
from frontstage.foundation.errors import NotFound
from frontstage.foundation.paging import page_of
from frontstage.people.public import Team, requires
from frontstage.quality.charts import gap_chart, interval_words, trend_chart
from frontstage.quality.queries import gaps_of, points_of, trend_of
from frontstage.surveys.public import Study, Wanted, answers_of, paired_studies

PERIODS = (("28", _("4 weeks")), ("91", _("Quarter")), ("365", _("Year")))
# Below so many answers the figures are shown with a warning beside them.
FEW = 30


def _study(request: HttpRequest) -> Study:
    """The study asked for, else the first. Raises NotFound while there is none."""
    known = list(paired_studies())
    for study in known:
        if study.code == request.GET.get("study"):
            return study
    if not known:
        raise NotFound
    return known[0]


def _wanted(request: HttpRequest) -> Wanted:
    """The answers that the address asks for: a period back from now, a district, a team, a kind."""
    days = request.GET.get("days", "91")
    team = Team.objects.filter(code=request.GET.get("team", "")).first()
    return Wanted(
        since=timezone.now() - dt.timedelta(days=int(days) if days.isdigit() and int(days) < 10_000 else 91),
        district=request.GET.get("district", ""),
        team_id=team.pk if team else None,
        kind=request.GET.get("kind", ""),
    )


def names_of(study: Study) -> dict[str, str]:
    return {dimension["code"]: in_language(dimension["name"]) for dimension in study.instrument.dimensions}


@requires("see_quality")
def gaps(request: HttpRequest) -> HttpResponse:
    """Five dimensions: what customers expect, what they meet, and the gap between; it moves as answers arrive."""
    if not paired_studies():
        return render(request, "quality/nothing.html")
    study, wanted = _study(request), _wanted(request)
    result, names, points = gaps_of(study, wanted), names_of(study), points_of(study)
    instrument = study.instrument
    rows = [
        {
            "code": d.code,
            "name": names[d.code],
            "points": points[d.code],
            "d": d,
            "interval": interval_words(d.gap.low, d.gap.high) if d.gap else "",
            "widest": result.widest is not None and d.code == result.widest.code,
        }
        for d in result.dimensions
    ]
    query = request.GET.copy()
    context: dict[str, Any] = {
        "study": study,
        "result": result,
        "rows": rows,
        "few": 0 < result.respondents < FEW,
        "overall": [
            (_("Unweighted"), result.unweighted, _interval(result.unweighted)),
            (_("Weighted by importance"), result.weighted, _interval(result.weighted)),
        ],
        "chart": gap_chart(result, names, low=instrument.minimum, high=instrument.maximum),
        "trend": trend_chart(trend_of(study, wanted, zone=settings.TIME_ZONE), names),
        "query": query.urlencode(),
        "days": request.GET.get("days", "91"),
        "periods": PERIODS,
        "districts": districts(),
        "district": wanted.district,
    }
    template = "quality/_gaps.html" if request.htmx else "quality/gaps.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def _interval(interval: Any) -> str:
    return interval_words(interval.low, interval.high) if interval else ""


@requires("see_quality")
def answers(request: HttpRequest) -> HttpResponse:
    """The answers behind a figure, the widest gaps first, each with its case and what the customer wrote."""
    study, wanted = _study(request), _wanted(request)
    found = answers_of(study, wanted).filter(
        item__kind="paired", expectation__isnull=False, perception__isnull=False
    )
    dimension, item = request.GET.get("dimension", ""), request.GET.get("item", "")
    if dimension:
        found = found.filter(item__dimension=dimension)
    if item:
        found = found.filter(item__code=item)
    from django.db.models import F

    ranked = found.annotate(signed=F("perception") - F("expectation")).select_related(
        "item", "response__case__customer"
    )
    page = page_of(ranked, order=["signed", "id"], size=50, cursor=request.GET.get("after"))
    texts = {
        answer.response_id: answer.text
        for answer in answers_of(study, wanted).filter(
            item__kind="text", response__in={row.response_id for row in page.rows}
        )
    }
    query = request.GET.copy()
    query.pop("after", None)
    return render(
        request,
        "quality/answers.html",
        {
            "study": study,
            "page": page,
            "rows": [(answer, texts.get(answer.response_id, "")) for answer in page.rows],
            "name": names_of(study).get(dimension, ""),
            "total": found.values("response_id").distinct().count(),
            "query": query.urlencode(),
        },
    )
