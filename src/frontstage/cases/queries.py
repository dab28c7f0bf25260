"""Reads on cases. Every list begins with visible_to(user)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Q, QuerySet

from frontstage.cases.errors import UnknownCase
from frontstage.cases.models import Attachment, Case, CaseKind
from frontstage.foundation.errors import NotFound
from frontstage.foundation.paging import Page, page_of
from frontstage.foundation.searching import tsquery
from frontstage.people.public import User, team_ids

NEWEST = ("-opened_at", "-id")
# What the desk can be narrowed by, as it stands in the address: name -> field.
FILTERS: Mapping[str, str] = {
    "kind": "kind_code",
    "state": "state",
    "priority": "priority",
    "district": "district_id",
    "team": "team__code",
    "severity": "severity",
}


def visible_to(user: User) -> QuerySet[Case]:
    """The cases that this person may see at all; pinned to may_see() by a test."""
    if user.may("see_all_cases"):
        return Case.objects.all()
    if user.may("see_cases"):
        return Case.objects.filter(Q(team__in=team_ids(user)) | Q(team=None) | Q(assignee=user))
    return Case.objects.filter(customer__user=user)


def may_see(user: User, case: Case) -> bool:
    """The same rule on one case in hand."""
    if user.may("see_all_cases"):
        return True
    if user.may("see_cases"):
        return case.team_id is None or case.team_id in team_ids(user) or case.assignee_id == user.pk
    return case.customer.user_id == user.pk


def view_of(cases: QuerySet[Case], view: str, *, user: User, now: dt.datetime) -> QuerySet[Case]:
    """One of the desk's standing views."""
    if view == "mine":
        return cases.filter(assignee=user, is_open=True)
    if view == "untaken":
        return cases.filter(assignee=None, is_open=True)
    if view == "overdue":
        return cases.filter(is_open=True, due_at__lt=now)
    if view == "closed":
        return cases.filter(is_open=False)
    if view == "all":
        return cases
    return cases.filter(is_open=True)


def narrowed(cases: QuerySet[Case], asked: Mapping[str, str]) -> QuerySet[Case]:
    """The cases that fit every filter of the address."""
    for name, field in FILTERS.items():
        if value := asked.get(name):
            cases = cases.filter(**{field: value})
    if breached := asked.get("breached"):
        from frontstage.commitments.public import breached_subjects

        cases = cases.filter(pk__in=breached_subjects("case", code=breached))
    return cases


def searched(cases: QuerySet[Case], asked: str) -> QuerySet[Case]:
    """Those whose number, subject, text, customer or address answers what was asked, in Chinese or English."""
    query = tsquery(asked)
    if not query:
        return cases
    return cases.annotate(found=SearchVector("search_text", config="simple")).filter(
        found=SearchQuery(query, config="simple", search_type="raw")
    )


def desk_page(cases: QuerySet[Case], *, size: int = 40, cursor: str | None = None) -> Page[Case]:
    """One page, newest first, with all that a row shows."""
    return page_of(
        cases.select_related("kind", "customer", "assignee", "district", "team"),
        order=NEWEST,
        size=size,
        cursor=cursor,
    )


def case_numbered(number: str, *, user: User) -> Case:
    """One case. Raises UnknownCase when it is not there or not for this person."""
    case = (
        visible_to(user)
        .select_related("kind", "customer", "site__district", "assignee", "team", "district")
        .filter(number=number)
        .first()
    )
    if case is None:
        raise UnknownCase
    return case


def cases_of_customer(customer_id: int) -> QuerySet[Case]:
    """A customer's cases, newest first. The caller has checked that the file may be seen."""
    return Case.objects.filter(customer_id=customer_id).select_related("kind").order_by(*NEWEST)


def current_kinds(*, portal_only: bool = False) -> list[CaseKind]:
    """The kinds under which a case may begin today, in the charter's order."""
    kinds = CaseKind.objects.filter(current=True)
    if portal_only:
        kinds = kinds.filter(on_portal=True)
    return list(kinds.order_by("position", "id"))


def attachment_of(case: Case, attachment_id: int, *, to_customer: bool) -> Attachment:
    """A file on this case; internal ones are not the customer's. Raises NotFound."""
    files = Attachment.objects.filter(message__case=case)
    if to_customer:
        files = files.exclude(message__direction="internal")
    found = files.filter(pk=attachment_id).first()
    if found is None:
        raise NotFound
    return found
