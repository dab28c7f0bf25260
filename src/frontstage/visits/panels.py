"""What visits show on the case and on the customer's file."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from frontstage.cases.public import Case
from frontstage.customers.public import Customer
from frontstage.people.public import field_team_for, signed_in
from frontstage.visits.forms import PlanVisit
from frontstage.visits.models import InspectionPlan, Visit
from frontstage.visits.queries import visits_of_case


def case_panel(request: HttpRequest, case: Case) -> str:
    """The visits of a case, and for who may plan them the form that sends somebody."""
    may_plan = signed_in(request).may("plan_visits") and case.is_open and case.site_id is not None
    now = timezone.localtime()
    form = PlanVisit(team=field_team_for(case.district_id), now=now) if may_plan else None
    return render_to_string(
        "visits/_case_panel.html", {"case": case, "visits": visits_of_case(case.pk), "form": form}, request
    )


def customer_panel(request: HttpRequest, customer: Customer) -> str:
    """The inspections and latest visits of a customer's sites."""
    plans = InspectionPlan.objects.filter(site__customer=customer).select_related("site")
    visits = Visit.objects.filter(site__customer=customer).select_related("site", "worker", "case")
    return render_to_string(
        "visits/_customer_panel.html",
        {"plans": plans, "visits": visits.order_by("-planned_from")[:10], "today": timezone.localdate()},
        request,
    )
