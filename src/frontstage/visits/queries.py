"""Reads on visits and inspections."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from frontstage.people.public import User, team_ids
from frontstage.visits.errors import UnknownVisit
from frontstage.visits.models import InspectionCycle, InspectionPlan, Visit

ACTIVE = ("planned", "dispatched", "arrived")


def visible_to(user: User) -> QuerySet[Visit]:
    """A field worker sees her own visits; who plans, those of the cases she may see; who sees all, all."""
    visits = Visit.objects.select_related("case__kind", "site__customer", "site__district", "worker", "team")
    if user.may("see_all_cases"):
        return visits
    if user.may("plan_visits"):
        mine = team_ids(user)
        return visits.filter(
            Q(case=None) | Q(case__team=None) | Q(case__team__in=mine) | Q(case__assignee=user)
        )
    return visits.filter(worker=user)


def visit_of(worker: User, visit_id: int) -> Visit:
    """One of the worker's own visits. Raises UnknownVisit."""
    found = visible_to(worker).filter(pk=visit_id).first()
    if found is None:
        raise UnknownVisit
    return found


def day_of(worker: User, *, start: dt.datetime, end: dt.datetime) -> list[Visit]:
    """The worker's visits of a day and those still to be finished from earlier ones, in order."""
    of_today = Q(planned_from__gte=start, planned_from__lt=end)
    return list(
        visible_to(worker)
        .filter(Q(worker=worker) & (of_today | Q(state__in=ACTIVE, planned_from__lt=end)))
        .prefetch_related("site__customer__contact_points")
        .order_by("planned_from", "id")
    )


def visits_of_case(case_id: int) -> list[Visit]:
    """The visits made for a case, in order. The caller has checked that the case may be seen."""
    return list(
        Visit.objects.filter(case_id=case_id).select_related("worker", "team").order_by("planned_from", "id")
    )


def inspections(*, district: str = "", due_before: dt.date | None = None) -> QuerySet[InspectionPlan]:
    """Sites by the date that their inspection is due, the longest overdue first."""
    plans = InspectionPlan.objects.select_related("site__customer", "site__district")
    if district:
        plans = plans.filter(site__district_id=district)
    if due_before:
        plans = plans.filter(due_on__lt=due_before)
    return plans


def cycle_for(plan: InspectionPlan) -> InspectionCycle | None:
    return InspectionCycle.objects.filter(code=plan.cycle_code, current=True).order_by("-id").first()
