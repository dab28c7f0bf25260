"""The board of initiatives, one initiative, and opening one from a finding."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from frontstage.foundation.bilingual import in_language
from frontstage.foundation.errors import BadInput, NotFound
from frontstage.foundation.events import Subject, history
from frontstage.improvement import actions
from frontstage.improvement.forms import NewAction, OpenInitiative
from frontstage.improvement.models import Initiative
from frontstage.improvement.queries import by_stage, initiative_of
from frontstage.improvement.rules import FEWEST_ANSWERS, ROAD, verdict
from frontstage.people.public import acting, requires, signed_in
from frontstage.quality.public import gaps_of
from frontstage.surveys.public import Study, Wanted, studies

VERDICTS = {
    "better": (gettext_lazy("Proven: the service is perceived better than before."), "good"),
    "worse": (gettext_lazy("The contrary is proven: the gap has widened."), "bad"),
    "unproven": (
        gettext_lazy("Not proven: the difference may be chance. More answers, or more effect, are needed."),
        "warn",
    ),
}


def _dimension_name(study: Study, code: str) -> str:
    for dimension in study.instrument.dimensions:
        if dimension["code"] == code:
            return in_language(dimension["name"])
    raise NotFound


@requires("see_quality")
def board(request: HttpRequest) -> HttpResponse:
    columns = by_stage(signed_in(request))
    labels = dict(Initiative.Stage.choices)
    shown = [
        (code, labels[code], columns[code])
        for code in (*ROAD, "abandoned")
        if code != "abandoned" or columns[code]
    ]
    drawn = [
        (code, label, [(i, _dimension_name(i.study, i.dimension)) for i in found])
        for code, label, found in shown
    ]
    return render(request, "improvement/board.html", {"columns": drawn, "any": any(columns.values())})


@requires("run_initiatives")
def open_one(request: HttpRequest) -> HttpResponse:
    """Open an initiative from a dimension's gap; the finding stands beside the form."""
    study = next((s for s in studies() if s.code == request.GET.get("study")), None)
    if study is None:
        raise NotFound
    dimension = request.GET.get("dimension", "")
    name = _dimension_name(study, dimension)
    days = request.GET.get("days", "")
    now = timezone.now()
    since = now - dt.timedelta(days=int(days) if days.isdigit() and int(days) < 10_000 else 365)
    result = gaps_of(study, Wanted(since=since, until=now))
    finding = next(d for d in result.dimensions if d.code == dimension)
    initial = {
        "title": _("Narrow the gap in %(dimension)s") % {"dimension": name},
        "due_on": timezone.localdate() + dt.timedelta(days=90),
        "owner": signed_in(request).pk,
    }
    form = OpenInitiative(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        opened = actions.open_initiative(
            **form.cleaned_data,
            study=study,
            dimension=dimension,
            since=since,
            user=signed_in(request),
            now=now,
            actor=acting(request),
        )
        return redirect("improvement:initiative", initiative_id=opened.pk)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "improvement/open.html", {"form": form, "finding": finding, "name": name}, status=status
    )


@requires("see_quality")
def initiative(request: HttpRequest, initiative_id: int) -> HttpResponse:
    return _page(request, initiative_id, NewAction())


def _page(request: HttpRequest, initiative_id: int, new_action: NewAction, status: int = 200) -> HttpResponse:
    user = signed_in(request)
    found = initiative_of(user, initiative_id)
    at = ROAD.index(found.stage) if found.stage in ROAD else -1
    labels = dict(Initiative.Stage.choices)
    said = VERDICTS[verdict(found.remeasurement)] if found.remeasurement else None
    context: dict[str, Any] = {
        "initiative": found,
        "name": _dimension_name(found.study, found.dimension),
        "rail": [
            (labels[code], "done" if i < at else "now" if i == at else "ahead") for i, code in enumerate(ROAD)
        ],
        "new_action": new_action if user.may("run_initiatives") and found.stage in ("plan", "do") else None,
        "may_run": user.may("run_initiatives") and found.stage not in ("closed", "abandoned"),
        "verdict": said,
        "chart": _chart(found) if found.remeasurement else None,
        "fewest": FEWEST_ANSWERS,
        "history": history(subject=Subject("initiative", found.pk)),
        "today": timezone.localdate(),
    }
    return render(request, "improvement/initiative.html", context, status=status)


def _chart(initiative: Initiative) -> dict[str, Any]:
    """Before and after with their intervals."""
    measured = initiative.remeasurement or {}
    sides = [(_("Before"), measured["before"]), (_("After"), measured["after"])]
    return {
        "height": "sm",
        "values": "signed",
        "xAxis": {"type": "category", "data": [label for label, side in sides]},
        "yAxis": {"type": "value"},
        "series": [
            {
                "type": "bar",
                "name": _("Gap"),
                "tone": "1",
                "data": [round(side["gap"], 2) for label, side in sides],
            },
            {
                "type": "custom",
                "renderItem": "interval",
                "name": _("95 % interval"),
                "data": [[label, side["low"], side["high"]] for label, side in sides],
            },
        ],
        "table": {
            "head": ["", _("Gap"), _("From"), _("To"), _("Answers")],
            "rows": [
                [label, f"{side['gap']:+.2f}", f"{side['low']:+.2f}", f"{side['high']:+.2f}", str(side["n"])]
                for label, side in sides
            ],
        },
    }


@require_POST
@requires("run_initiatives")
def step(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Every verb of the page, by its name."""
    who: dict[str, Any] = {"user": signed_in(request), "now": timezone.now(), "actor": acting(request)}
    verb, said = request.POST.get("verb", ""), request.POST
    if verb == "causes":
        actions.plan_causes(initiative_id=initiative_id, causes=said.get("causes", ""), **who)
    elif verb == "add_action":
        form = NewAction(said)
        if not form.is_valid():
            return _page(request, initiative_id, form, status=422)
        actions.add_action(initiative_id=initiative_id, **form.cleaned_data, **who)
    elif verb == "finish_action" and said.get("action", "").isdigit():
        actions.finish_action(action_id=int(said["action"]), **who)
    elif verb == "move":
        actions.move_on(initiative_id=initiative_id, **who)
    elif verb == "remeasure":
        actions.remeasure(initiative_id=initiative_id, **who)
    elif verb == "close":
        actions.close(initiative_id=initiative_id, conclusion=said.get("conclusion", ""), **who)
    elif verb == "abandon":
        actions.abandon(initiative_id=initiative_id, reason=said.get("reason", ""), **who)
    else:
        raise BadInput(reason="verb", field="verb")
    return redirect("improvement:initiative", initiative_id=initiative_id)
