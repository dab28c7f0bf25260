"""The overview of the head of service, and the promises behind its figures."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from frontstage.cases.public import Case
from frontstage.commitments.public import Commitment, clock_view, clocks_of
from frontstage.customers.public import districts
from frontstage.foundation.bilingual import in_language
from frontstage.foundation.errors import BadInput
from frontstage.foundation.paging import page_of
from frontstage.improvement.public import Initiative, by_stage
from frontstage.people.public import Team, User, requires, signed_in
from frontstage.quality.public import gaps_of
from frontstage.reporting.queries import (
    Scope,
    Share,
    clocks_listed,
    kept_by,
    kept_by_week,
    kept_in_all,
    satisfaction_of,
    scope_for,
    worst_cases,
)
from frontstage.satisfaction.public import TARGET, figures_of, may_be_shown, newest_run, trees
from frontstage.satisfaction.public import Figure as IndexFigure
from frontstage.satisfaction.public import Scope as IndexScope
from frontstage.surveys.public import Study, Wanted, paired_studies

PERIODS = (("28", gettext_lazy("4 weeks")), ("91", gettext_lazy("Quarter")), ("365", gettext_lazy("Year")))


def _scope(request: HttpRequest) -> tuple[Scope, str]:
    """The scope of the address and its days; a period is whole days back from the end of today."""
    days = request.GET.get("days", "91")
    days = days if days in dict(PERIODS) else "91"
    end = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(days=1)
    since = end - dt.timedelta(days=int(days))
    scope = scope_for(signed_in(request), since=since, until=end, district=request.GET.get("district", ""))
    return scope, days


def _named(shares: list[Share], names: dict[str, str]) -> list[tuple[str, Share]]:
    return [(names.get(share.key, share.key) or _("none"), share) for share in shares]


def _names() -> dict[str, dict[str, str]]:
    promises = Commitment.objects.order_by("id").values_list("code", "name")
    return {
        "code": {code: in_language(name) for code, name in promises},
        "district": {district.code: in_language(district.name) for district in districts()},
        "team_id": {str(team.pk): in_language(team.name) for team in Team.objects.all()},
    }


@requires("see_overview")
def overview(request: HttpRequest) -> HttpResponse:
    """One page: promises kept, satisfaction, gaps, initiatives, worst cases; every figure is a link."""
    user = signed_in(request)
    scope, days = _scope(request)
    names = _names()
    query = urlencode({"days": days, "district": scope.district})
    study = paired_studies().first()
    may_quality = user.may("see_quality")
    worst = worst_cases(user, scope)
    clocks = clocks_of("case", [case.pk for case in worst])
    now = timezone.now()
    context: dict[str, Any] = {
        "days": days,
        "periods": PERIODS,
        "districts": districts(),
        "district": scope.district,
        "query": query,
        "all": kept_in_all(scope),
        "tables": [
            ("code", _("By promise"), _named(kept_by(scope, "code"), names["code"])),
            ("district", _("By district"), _named(kept_by(scope, "district"), names["district"])),
            ("team_id", _("By team"), _named(kept_by(scope, "team_id"), names["team_id"])),
        ],
        "weeks": _weeks(scope, query),
        "study": study,
        "satisfaction": satisfaction_of(study, scope) if study else None,
        "gaps": _gaps(study, scope) if study and may_quality else [],
        "index": _index(user) if may_quality else None,
        "may_quality": may_quality,
        "stages": _stages(user) if may_quality else [],
        "worst": [(case, _overdue(clocks.get(case.pk, []), now)) for case in worst],
    }
    return render(request, "reporting/overview.html", context)


def _index(user: User) -> IndexFigure | None:
    """The satisfaction index of the last year, as it was last computed; None where it may not be shown."""
    tree = trees().first()
    run = newest_run(user, tree, IndexScope()) if tree else None
    if run is None or run.document is None:
        return None
    return next(
        (f for f in figures_of(may_be_shown(run.document)) if f.code == TARGET and not f.refused), None
    )


def _overdue(clocks: list[Any], now: dt.datetime) -> dict[str, Any] | None:
    """The promise that makes the case one of the worst."""
    owed = [
        clock for clock in clocks if clock.stopped_at is None and clock.due_at and clock.state != "waived"
    ]
    return clock_view(min(owed, key=lambda clock: clock.due_at), now) if owed else None


def _weeks(scope: Scope, query: str) -> dict[str, Any]:
    """Promises kept week by week, each bar a link to its promises."""
    weeks = kept_by_week(scope)
    listed = reverse("reporting:clocks")
    return {
        "height": "sm",
        "values": "percent",
        "xAxis": {
            "type": "category",
            "data": [date_format(week, "MONTH_DAY_FORMAT") for week, share in weeks],
        },
        "yAxis": {"type": "value", "min": 0, "max": 1},
        "series": [
            {
                "type": "bar",
                "name": _("Promises kept"),
                "tone": "1",
                "data": [
                    {
                        "value": round(share.percent / 100, 4),
                        "href": f"{listed}?{query}&week={week.isoformat()}",
                    }
                    for week, share in weeks
                ],
            }
        ],
        "table": {
            "head": [_("Week of"), _("Kept"), _("Counted"), "%"],
            "rows": [
                [
                    date_format(week, "MONTH_DAY_FORMAT"),
                    str(share.kept),
                    str(share.decided),
                    f"{share.percent:.1f}",
                ]
                for week, share in weeks
            ],
        },
    }


def _gaps(study: Study, scope: Scope) -> list[tuple[str, str, Any]]:
    result = gaps_of(study, Wanted(since=scope.since, until=scope.until, district=scope.district))
    names = {d["code"]: in_language(d["name"]) for d in study.instrument.dimensions}
    return [(d.code, names[d.code], d) for d in result.dimensions]


def _stages(user: Any) -> list[tuple[str, int]]:
    labels = dict(Initiative.Stage.choices)
    return [
        (str(labels[stage]), len(found)) for stage, found in by_stage(user).items() if stage != "abandoned"
    ]


@requires("see_overview")
def clocks(request: HttpRequest) -> HttpResponse:
    """The promises that a figure was counted from, each with its case."""
    scope, days = _scope(request)
    try:
        found = clocks_listed(scope, request.GET.dict())
    except ValueError as error:
        raise BadInput(
            reason=_("The week is not a date: open it from the overview."), field="week"
        ) from error
    page = page_of(found, order=["-started_at", "-id"], size=50, cursor=request.GET.get("after"))
    query = request.GET.copy()
    query.pop("after", None)
    numbers = dict(
        Case.objects.filter(pk__in=[clock.subject_id for clock in page.rows]).values_list("id", "subject")
    )
    context = {
        "page": page,
        "total": found.count(),
        "rows": [(clock, numbers.get(clock.subject_id, "")) for clock in page.rows],
        "query": query.urlencode(),
        "days": days,
        "now": timezone.now(),
    }
    return render(request, "reporting/clocks.html", context)
