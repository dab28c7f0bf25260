"""What a customer opens: the start, a report, her case, her file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from frontstage.cases.public import (
    Case,
    Lifecycle,
    Report,
    Say,
    attachment_of,
    case_by_token,
    case_link,
    case_token,
    cases_of_customer,
    current_kinds,
    customer_writes,
    file_response,
    receive_report,
    transition,
)
from frontstage.charters.public import in_force
from frontstage.commitments.public import clock_view, clocks_of
from frontstage.customers.public import Customer, readable_telephone
from frontstage.foundation.actors import Actor
from frontstage.foundation.errors import NotFound, Refusal
from frontstage.foundation.live import live_token
from frontstage.people.public import address_of, signed_in
from frontstage.surveys.public import open_invitation_for
from frontstage.visits.public import visits_of_case


def home(request: HttpRequest) -> HttpResponse:
    charter = in_force(timezone.localdate())
    number = charter.settings.get("service_number", "") if charter else ""
    return render(
        request, "portal/home.html", {"kinds": current_kinds(portal_only=True), "service_number": number}
    )


def after_sign_in(request: HttpRequest) -> HttpResponse:
    """Everybody to where her work is."""
    if not request.user.is_authenticated:
        return redirect("portal:home")
    user = signed_in(request)
    for capability, place in (
        ("run_initiatives", "reporting:overview"),
        ("see_cases", "cases:desk"),
        ("work_visits", "visits:my_day"),
    ):
        if user.may(capability):
            return redirect(place)
    return redirect("portal:my_cases")


def report(request: HttpRequest, kind: str) -> HttpResponse:
    """Report something: where, what, since when, with photos."""
    chosen = next((k for k in current_kinds(portal_only=True) if k.code == kind), None)
    if chosen is None:
        raise NotFound
    customer = _customer_of(request)
    form = Report(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        kind=chosen,
        initial=_known(customer),
    )
    if request.method == "POST" and form.is_valid():
        try:
            opened = receive_report(
                kind=chosen,
                said=form.cleaned_data,
                channel="portal",
                language=get_language() or "en",
                now=timezone.now(),
                actor=_actor(request, form.cleaned_data["name"]),
                customer=customer,
            )
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return redirect(f"{case_link(opened)}?new=1")
    status = 422 if request.method == "POST" else 200
    return render(request, "portal/report.html", {"form": form, "kind": chosen}, status=status)


def _customer_of(request: HttpRequest) -> Customer | None:
    return getattr(request.user, "customer", None) if request.user.is_authenticated else None


def _known(customer: Customer | None) -> dict[str, Any]:
    """What a signed-in customer need not write again."""
    if customer is None:
        return {}
    site = customer.sites.order_by("id").first()
    mobile = customer.contact_points.filter(kind="mobile").order_by("-preferred").first()
    return {
        "name": customer.name,
        "mobile": readable_telephone(mobile.value) if mobile else "",
        "district": site.district_id if site else None,
        "address": site.address if site else "",
    }


def _actor(request: HttpRequest, name: str) -> Actor:
    if request.user.is_authenticated:
        return signed_in(request).actor(origin="portal", address=address_of(request))
    return Actor(kind="customer", label=name, origin="portal", address=address_of(request))


def case(request: HttpRequest, token: str) -> HttpResponse:
    """One case as its customer sees it; it moves by itself while she looks."""
    found = case_by_token(token)
    now = timezone.now()
    lifecycle = Lifecycle(found.kind.lifecycle)
    invitation = open_invitation_for(found, now=now)
    context = {
        "case": found,
        "token": token,
        "live_token": live_token([f"case:{found.pk}"]),
        "new": request.GET.get("new"),
        "state_name": lifecycle.state_name(found.state, to_customer=True),
        "progress": [
            (lifecycle.state_name(code, to_customer=True), where)
            for code, where in lifecycle.progress(found.state)
        ],
        "promises": [
            (clock, clock_view(clock, now))
            for clock in clocks_of("case", [found.pk]).get(found.pk, [])
            if clock.commitment.audience == "promise"
        ],
        "said": found.messages.exclude(direction="internal")
        .prefetch_related("attachments")
        .order_by("at", "id"),
        "visits": [v for v in visits_of_case(found.pk) if v.state != "cancelled"],
        "steps": lifecycle.steps_from(found.state, ["customer"]),
        "invitation": invitation,
        "say": Say(),
    }
    template = "portal/_case.html" if request.htmx else "portal/case.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@require_POST
def say(request: HttpRequest, token: str) -> HttpResponse:
    found = case_by_token(token)
    form = Say(request.POST, request.FILES)
    form.is_valid()
    customer_writes(
        case_id=found.pk,
        body=form.cleaned_data.get("body", ""),
        files=form.cleaned_data.get("files") or (),
        now=timezone.now(),
        actor=_actor(request, found.customer.name),
    )
    messages.success(request, _("Sent."))
    return redirect("portal:case", token=token)


@require_POST
def step(request: HttpRequest, token: str) -> HttpResponse:
    """A step that the lifecycle gives to the customer: confirm, withdraw, appeal."""
    found = case_by_token(token)
    transition(
        case_id=found.pk,
        code=request.POST.get("step", ""),
        note=request.POST.get("note", ""),
        now=timezone.now(),
        actor=_actor(request, found.customer.name),
    )
    return redirect("portal:case", token=token)


def attachment(request: HttpRequest, token: str, attachment_id: int) -> FileResponse:
    return file_response(attachment_of(case_by_token(token), attachment_id, to_customer=True))


@login_required
def my_cases(request: HttpRequest) -> HttpResponse:
    """A signed-in customer's cases."""
    customer = _customer_of(request)
    cases: list[Case] = list(cases_of_customer(customer.pk)[:100]) if customer else []
    rows = [
        (c, case_token(c), Lifecycle(c.kind.lifecycle).state_name(c.state, to_customer=True)) for c in cases
    ]
    return render(request, "portal/my_cases.html", {"rows": rows, "customer": customer})
