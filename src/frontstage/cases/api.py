"""Cases for programs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Header, Query, Router, Schema, Status

from frontstage.cases.actions import open_case
from frontstage.cases.models import Case
from frontstage.cases.queries import case_numbered, desk_page, narrowed, searched, visible_to
from frontstage.commitments.public import clock_facts
from frontstage.customers.public import UnknownCustomer, customer_by_mobile, customers_visible_to
from frontstage.foundation.errors import BadInput
from frontstage.people.public import acting, signed_in

router = Router(tags=["cases"])


class NewCase(Schema):
    """What a program says to open a case. The customer is named by number or by telephone."""

    kind: str = Field(max_length=50, description="A kind of the charter in force, such as appliance_repair")
    customer: str | None = Field(None, max_length=20, description="The customer's number")
    telephone: str | None = Field(None, max_length=30, description="Or her telephone number")
    site: int | None = Field(None, description="One of the customer's sites; her only one when left out")
    subject: str = Field("", max_length=200)
    body: str = Field(min_length=1, max_length=20_000)
    severity: str = Field("", max_length=40)
    occurred_at: dt.datetime | None = None
    language: str = Field("zh-hans", pattern="^(en|zh-hans)$")


class ClockOut(Schema):
    code: str
    state: str
    started_at: dt.datetime
    due_at: dt.datetime | None
    stopped_at: dt.datetime | None


class CaseOut(Schema):
    number: str
    kind: str
    state: str
    is_open: bool
    priority: str
    subject: str
    customer: str
    opened_at: dt.datetime
    due_at: dt.datetime | None
    clocks: list[ClockOut] = []


class CaseList(Schema):
    cases: list[CaseOut]
    next: str | None


@router.post("", response={201: CaseOut}, summary="Open a case")
def open_one(
    request: HttpRequest, new: NewCase, idempotency_key: str | None = Header(None, max_length=64)
) -> Status[dict[str, Any]]:
    """Opens a case and starts its clocks. With an Idempotency-Key the call may be repeated: one case comes of it."""
    user = signed_in(request)
    found = None
    if new.customer:
        found = customers_visible_to(user).filter(number=new.customer).first()
    elif new.telephone:
        found = customer_by_mobile(new.telephone, "")
    if found is None:
        raise UnknownCustomer(field="customer")
    sites = list(found.sites.all()[:2]) if new.site is None else list(found.sites.filter(pk=new.site))
    if new.site is not None and not sites:
        raise BadInput(reason="site is not one of this customer's", field="site")
    case = open_case(
        kind_code=new.kind,
        customer=found,
        site=sites[0] if len(sites) == 1 else None,
        subject=new.subject,
        body=new.body,
        channel="api",
        language=new.language,
        severity=new.severity,
        occurred_at=new.occurred_at,
        submission_key=f"{user.pk}:{idempotency_key}" if idempotency_key else None,
        now=timezone.now(),
        actor=acting(request, origin="api"),
    )
    return Status(201, _out(case, with_clocks=True))


@router.get("", response=CaseList, summary="List cases, newest first")
def list_cases(
    request: HttpRequest,
    q: str = "",
    kind: str = "",
    state: str = "",
    cursor: str | None = None,
    limit: int = Query(50, ge=1, le=200),
) -> dict[str, Any]:
    cases = narrowed(visible_to(signed_in(request)), {"kind": kind, "state": state})
    page = desk_page(searched(cases, q), size=limit, cursor=cursor)
    return {"cases": [_out(case) for case in page.rows], "next": page.next_cursor}


@router.get("/{number}", response=CaseOut, summary="One case with its clocks")
def one_case(request: HttpRequest, number: str) -> dict[str, Any]:
    return _out(case_numbered(number, user=signed_in(request)), with_clocks=True)


def _out(case: Case, *, with_clocks: bool = False) -> dict[str, Any]:
    return {
        "number": case.number,
        "kind": case.kind_code,
        "state": case.state,
        "is_open": case.is_open,
        "priority": case.priority,
        "subject": case.subject,
        "customer": case.customer.number,
        "opened_at": case.opened_at,
        "due_at": case.due_at,
        "clocks": clock_facts("case", case.pk) if with_clocks else [],
    }
