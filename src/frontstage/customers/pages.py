"""The customer file on the desk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from frontstage.customers.actions import set_care
from frontstage.customers.queries import care_choices, customer_numbered, searched, visible_to
from frontstage.foundation.events import customer_history
from frontstage.foundation.paging import page_of
from frontstage.people.public import acting, requires, signed_in

PAGE = 50


@requires("see_customers")
def customer_list(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "").strip()
    customers = searched(visible_to(signed_in(request)), asked)
    if request.GET.get("care"):
        customers = customers.exclude(care_reasons=[])
    page = page_of(
        customers.prefetch_related("contact_points", "sites__district"),
        order=["-created_at", "-id"],
        size=PAGE,
        cursor=request.GET.get("after"),
    )
    template = "customers/_rows.html" if request.htmx else "customers/list.html"  # type: ignore[attr-defined]
    return render(request, template, {"page": page, "asked": asked, "care": request.GET.get("care", "")})


@requires("see_customers")
def customer(request: HttpRequest, number: str) -> HttpResponse:
    found = customer_numbered(number, user=signed_in(request))
    return render(
        request,
        "customers/customer.html",
        {"customer": found, "history": customer_history(found.pk), "care_choices": care_choices(found)},
    )


@require_POST
@requires("work_cases")
def care(request: HttpRequest, number: str) -> HttpResponse:
    """Enter in or take off the special-care registry."""
    found = customer_numbered(number, user=signed_in(request))
    offered = {choice.code for choice in care_choices(found)}
    reasons = sorted(offered.intersection(request.POST.getlist("reason")))
    set_care(customer=found, reasons=reasons, now=timezone.now(), actor=acting(request))
    return redirect("customers:customer", number=number)
