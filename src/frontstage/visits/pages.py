"""The field worker's day, a visit in hand, and the inspections that fall due."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from frontstage.cases.public import Lifecycle, case_numbered
from frontstage.customers.public import districts
from frontstage.foundation.errors import BadInput, Refusal
from frontstage.foundation.paging import page_of
from frontstage.people.public import acting, field_team_for, requires, signed_in
from frontstage.visits import actions
from frontstage.visits.forms import PlanVisit
from frontstage.visits.models import InspectionPlan, Visit
from frontstage.visits.queries import cycle_for, day_of, inspections, visit_of


@requires("work_visits")
def my_day(request: HttpRequest) -> HttpResponse:
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    visits = day_of(signed_in(request), start=today, end=today + dt.timedelta(days=1))
    return render(
        request,
        "visits/my_day.html",
        {
            "ahead": [v for v in visits if v.state in ("planned", "dispatched", "arrived")],
            "behind": [v for v in visits if v.state not in ("planned", "dispatched", "arrived")],
            "today": today,
        },
    )


@requires("work_visits")
def visit(request: HttpRequest, visit_id: int) -> HttpResponse:
    found = visit_of(signed_in(request), visit_id)
    plan = InspectionPlan.objects.filter(site=found.site).first()
    cycle = cycle_for(plan) if plan and found.purpose == Visit.Purpose.INSPECTION else None
    context = {"visit": found, "cycle": cycle, "case_state": "", "may_handle": False}
    if found.case:
        lifecycle = Lifecycle(found.case.kind.lifecycle)
        context["case_state"] = lifecycle.state_name(found.case.state)
        context["may_handle"] = any(
            "visit.handled" in step.upon and found.case.state in step.origins
            for step in lifecycle.steps.values()
        )
    template = "visits/_visit.html" if request.htmx else "visits/visit.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@require_POST
@requires("work_visits")
def step(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Arrived, done, nobody home or refused: one button each."""
    user, now, actor = signed_in(request), timezone.now(), acting(request)
    what, note = request.POST.get("step", ""), request.POST.get("note", "").strip()
    if what == "arrived":
        actions.arrive(visit_id=visit_id, user=user, now=now, actor=actor)
    elif what in ("done", "nobody_home", "refused"):
        checklist = {key[6:]: str(value) for key, value in request.POST.items() if key.startswith("check_")}
        actions.finish(
            visit_id=visit_id, outcome=what, note=note, checklist=checklist, user=user, now=now, actor=actor
        )
    elif what == "handled":
        actions.make_safe(visit_id=visit_id, note=note, user=user, now=now, actor=actor)
    else:
        raise BadInput(reason="step: arrived, handled, done, nobody_home, refused", field="step")
    return redirect("visits:visit", visit_id=visit_id)


@require_POST
@requires("plan_visits")
def plan(request: HttpRequest, number: str) -> HttpResponse:
    """Send somebody to a case's address: planned, and dispatched at once unless it is for later."""
    user, now, actor = signed_in(request), timezone.now(), acting(request)
    case = case_numbered(number, user=user)
    form = PlanVisit(request.POST, team=field_team_for(case.district_id), now=now)
    if not form.is_valid():
        return render(request, "visits/plan.html", {"form": form, "case": case}, status=422)
    asked = form.cleaned_data
    try:
        planned = actions.plan_visit(
            case=case,
            site=case.site,
            purpose=Visit.Purpose.REPAIR,
            team=field_team_for(case.district_id),
            worker=asked["worker"],
            planned_from=asked["planned_from"],
            planned_to=asked["planned_to"],
            agreed=asked["agreed"],
            user=user,
            now=now,
            actor=actor,
        )
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return render(request, "visits/plan.html", {"form": form, "case": case}, status=422)
    if asked["planned_from"] <= now + dt.timedelta(minutes=30):
        actions.dispatch(visit_id=planned.pk, user=user, now=now, actor=actor)
        messages.success(request, _("%(worker)s is on the way.") % {"worker": asked["worker"]})
    else:
        messages.success(
            request,
            _("The visit is planned. Send %(worker)s out when it is time.") % {"worker": asked["worker"]},
        )
    return redirect("cases:case", number=number)


@require_POST
@requires("plan_visits")
def send(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Dispatch a visit planned earlier."""
    found = visit_of(signed_in(request), visit_id)
    actions.dispatch(visit_id=visit_id, user=signed_in(request), now=timezone.now(), actor=acting(request))
    return redirect("cases:case", number=found.case.number) if found.case else redirect("visits:inspections")


@require_POST
@requires("plan_visits")
def cancel(request: HttpRequest, visit_id: int) -> HttpResponse:
    found = visit_of(signed_in(request), visit_id)
    reason = request.POST.get("reason", "").strip() or _("No longer needed")
    actions.cancel(
        visit_id=visit_id, reason=reason, user=signed_in(request), now=timezone.now(), actor=acting(request)
    )
    return redirect("cases:case", number=found.case.number) if found.case else redirect("visits:inspections")


@requires("plan_visits")
def inspection_list(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    district = request.GET.get("district", "")
    late_only = bool(request.GET.get("late"))
    plans = inspections(district=district, due_before=today if late_only else None)
    page = page_of(plans, order=["due_on", "id"], size=40, cursor=request.GET.get("after"))
    context = {
        "page": page,
        "today": today,
        "soon": today + dt.timedelta(days=30),
        "district": district,
        "late": late_only,
        "districts": districts(),
        "overdue": inspections(district=district, due_before=today).count(),
    }
    return render(request, "visits/inspections.html", context)


@requires("plan_visits")
def plan_inspection(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Agree a date for a site's inspection."""
    due = get_object_or_404(
        InspectionPlan.objects.select_related("site__customer", "site__district"), pk=plan_id
    )
    now, team = timezone.now(), field_team_for(due.site.district_id)
    form = PlanVisit(request.POST or None, team=team, now=timezone.localtime())
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            actions.plan_visit(
                case=None,
                site=due.site,
                purpose=Visit.Purpose.INSPECTION,
                team=team,
                worker=asked["worker"],
                planned_from=asked["planned_from"],
                planned_to=asked["planned_to"],
                agreed=asked["agreed"],
                user=signed_in(request),
                now=now,
                actor=acting(request),
            )
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return render(request, "visits/plan_inspection.html", {"form": form, "plan": due}, status=422)
        messages.success(request, _("The inspection is planned."))
        return redirect("visits:inspections")
    status = 422 if request.method == "POST" else 200
    return render(request, "visits/plan_inspection.html", {"form": form, "plan": due}, status=status)
