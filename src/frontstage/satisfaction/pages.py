"""The quality manager's page of the index, the answers behind it, and what can be taken home."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from frontstage.customers.public import districts
from frontstage.foundation.bilingual import in_language, language_key
from frontstage.foundation.paging import page_of
from frontstage.people.public import Team, requires, signed_in
from frontstage.satisfaction.actions import ask_for_run
from frontstage.satisfaction.charts import drawings, trend_chart
from frontstage.satisfaction.errors import NotComputed
from frontstage.satisfaction.models import IndexRun, IndexTree
from frontstage.satisfaction.queries import (
    Scope,
    answers_since,
    answers_visible_to,
    matrix,
    newest_run,
    run_of,
    runs_for,
    trees,
    wanted_of,
)
from frontstage.satisfaction.rules import command, csv_text, may_be_shown, questions_of, sums_by
from frontstage.satisfaction.view import (
    checks,
    factor_rows,
    group_rows,
    priority_rows,
    refusal_words,
    tree_rows,
)
from frontstage.surveys.public import Wanted

PERIODS = (("91", _("Quarter")), ("182", _("Half a year")), ("365", _("Year")), ("730", _("Two years")))
ENDINGS = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _scope(asked: QueryDict) -> Scope:
    """The filter of the address: a period, a district, a team; what is none of these is the whole."""
    days = asked.get("days", "")
    team = Team.objects.filter(code=asked.get("team", "")).first()
    known = {district.code for district in districts()}
    district = asked.get("district", "")
    return Scope(
        int(days) if days in dict(PERIODS) else Scope().days,
        district if district in known else "",
        team.pk if team else None,
    )


def _query(asked: QueryDict) -> str:
    """The filter as an address repeats it."""
    return urlencode({key: str(asked[key]) for key in ("days", "district", "team", "by") if asked.get(key)})


def _tree() -> IndexTree | None:
    return trees().first()


@require_GET
@requires("see_quality")
def index(request: HttpRequest) -> HttpResponse:
    """The stored run of the filter: index, factors, what moves what, what to do first."""
    tree = _tree()
    if tree is None:
        return render(request, "satisfaction/nothing.html")
    scope, now = _scope(request.GET), timezone.now()
    run = newest_run(signed_in(request), tree, scope)
    waiting = runs_for(tree, scope).filter(state=IndexRun.State.WAITING).exists()
    context: dict[str, Any] = {
        "tree": tree,
        "run": run,
        "waiting": waiting,
        "more": answers_since(tree, run, now) if run else 0,
        "query": _query(request.GET),
        "periods": PERIODS,
        "days": str(scope.days),
        "districts": districts(),
        "district": scope.district,
        "teams": Team.objects.filter(pk__in=tree.study.responses.values("team_id")).order_by("code"),
        "team": request.GET.get("team", ""),
        "by": "quarter" if request.GET.get("by") == "quarter" else "month",
    }
    if run is not None and run.state == IndexRun.State.DONE:
        context |= _figures(tree, run, context["by"], context["query"])
    elif run is not None:
        context["refused"] = refusal_words(run)
    return render(request, "satisfaction/index.html", context)


def _figures(tree: IndexTree, run: IndexRun, by: str, query: str) -> dict[str, Any]:
    """Everything that the page says of a run that was computed."""
    assert run.document is not None
    shown = may_be_shown(run.document)
    factors = factor_rows(tree, shown)
    head = next(row for row in factors if row.code == "satisfaction")
    return {
        "factors": factors,
        "head": head,
        "drawn": drawings(shown),
        "trend": None
        if head.value is None
        else trend_chart(sums_by(run.months, quarter=by == "quarter"), quarter=by == "quarter", query=query),
        "priorities": priority_rows(tree, shown),
        "groups": group_rows(shown),
        "indicators": tree_rows(tree, shown),
        "checks": checks(shown),
        "command": command(run.settings.get("group")),
        "endings": ENDINGS,
    }


@require_POST
@requires("see_quality")
def compute(request: HttpRequest) -> HttpResponse:
    """Have the filter's index computed anew; the page shows the old one until then."""
    tree = _tree()
    if tree is None:
        raise Http404
    ask_for_run(tree=tree, scope=_scope(request.POST), now=timezone.now())
    return redirect(f"{reverse('satisfaction:index')}?{_query(request.POST)}")


@require_GET
@requires("see_quality")
def answers(request: HttpRequest) -> HttpResponse:
    """The answers behind a figure, the lowest marks first, each with its case and what the customer wrote."""
    tree = _tree()
    if tree is None:
        raise Http404
    user, wanted = signed_in(request), _wanted(request)
    found = answers_visible_to(user, tree, wanted).filter(item__kind="rating", value__isnull=False)
    factor, question = request.GET.get("factor", ""), request.GET.get("question", "")
    questions = {q for f in tree.factors for i in f["indicators"] if i["code"] == request.GET.get("indicator")
                 for q in i["questions"]}  # fmt: skip
    if factor:
        found = found.filter(item__dimension=factor)
    if questions:
        found = found.filter(item__code__in=questions)
    if question:
        found = found.filter(item__code=question)
    # A high mark of a complaint is the bad one.
    falling = factor == "complaints"
    page = page_of(
        found.select_related("item", "response__case"),
        order=["-value", "-id"] if falling else ["value", "id"],
        size=50,
        cursor=request.GET.get("after"),
    )
    texts = dict(
        answers_visible_to(user, tree, wanted)
        .filter(item__kind="text", response__in={row.response_id for row in page.rows})
        .values_list("response_id", "text")
    )
    query = request.GET.copy()
    query.pop("after", None)
    context = {
        "page": page,
        "rows": [(row, texts.get(row.response_id, "")) for row in page.rows],
        "name": next((in_language(f["name"]) for f in tree.factors if f["code"] == factor), ""),
        "total": found.values("response_id").distinct().count(),
        "falling": falling,
        "query": query.urlencode(),
        "back": _query(request.GET),
    }
    return render(request, "satisfaction/answers.html", context)


def _wanted(request: HttpRequest) -> Wanted:
    """The answers of the stored run's filter; narrowed to a month or quarter, where a point of the trend was
    followed."""
    scope, tree = _scope(request.GET), _tree()
    run = newest_run(signed_in(request), tree, scope) if tree else None
    since, until = (run.since, run.until) if run else scope.period(timezone.now())
    start = _first_day(request.GET.get("from", ""))
    if start is not None:
        months = 3 if request.GET.get("by") == "quarter" else 1
        year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
        zone = timezone.get_default_timezone()
        since = max(since, dt.datetime(start.year, start.month, 1, tzinfo=zone))
        until = min(until, dt.datetime(year, month + 1, 1, tzinfo=zone))
    return Wanted(since=since, until=until, district=scope.district, team_id=scope.team_id)


def _first_day(text: str) -> dt.date | None:
    try:
        found = parse_date(text)
    except ValueError:
        return None
    return found if found is not None and 1970 < found.year < 9000 else None


def _file(content: bytes | str, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_GET
@requires("see_quality")
def answers_csv(request: HttpRequest, run_id: int) -> HttpResponse:
    """The answers that the run was made of: no name, no address, no word that a customer wrote."""
    run = run_of(signed_in(request), run_id)
    tree = trees().get(study=run.study_id)
    return _file(csv_text(matrix(tree, wanted_of(run)), questions_of(tree.factors)), "answers.csv", "text/csv; charset=utf-8")  # fmt: skip


@require_GET
@requires("see_quality")
def model_yaml(request: HttpRequest, run_id: int) -> HttpResponse:
    return _file(run_of(signed_in(request), run_id).model, "model.yaml", "application/yaml; charset=utf-8")


@require_GET
@requires("see_quality")
def report(request: HttpRequest, run_id: int, ending: str) -> HttpResponse:
    """What the command writes with --report, in the reader's language."""
    run = run_of(signed_in(request), run_id)
    if ending not in ENDINGS:
        raise Http404
    if run.document is None:
        raise NotComputed
    from frontstage.assess.report import render as written

    day = f"{timezone.localtime(run.until, timezone.get_default_timezone()):%Y-%m-%d}"
    content = written(run.document, f".{ending}", language_key())
    return _file(content, f"satisfaction-index-{day}.{ending}", ENDINGS[ending])
