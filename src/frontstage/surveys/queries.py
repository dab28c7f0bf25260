"""Reads on studies and answers. Whoever asks has checked that results may be seen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, QuerySet

from frontstage.cases.public import Case
from frontstage.surveys.links import invitation_link
from frontstage.surveys.models import Answer, Invitation, Item, Response, Study


@dataclass(frozen=True)
class Wanted:
    """Which answers are meant: a period (``until`` excluded), a district, a team, a kind of case."""

    since: dt.datetime | None = None
    until: dt.datetime | None = None
    district: str = ""
    team_id: int | None = None
    kind: str = ""
    response_ids: tuple[int, ...] = field(default=())


@dataclass(frozen=True)
class OpenInvitation:
    """An invitation that can still be answered, and where."""

    id: int
    link: str
    begun: bool


def studies() -> QuerySet[Study]:
    return Study.objects.select_related("instrument").order_by("opened_at", "id")


def paired_studies() -> QuerySet[Study]:
    """Those that ask for expectation and perception, so that gaps can be measured."""
    asks = Item.objects.filter(instrument=OuterRef("instrument"), kind=Item.Kind.PAIRED)
    return studies().filter(Exists(asks))


def responses_of(study: Study, wanted: Wanted) -> QuerySet[Response]:
    """The responses meant, newest first."""
    found = Response.objects.filter(study=study)
    if wanted.since:
        found = found.filter(submitted_at__gte=wanted.since)
    if wanted.until:
        found = found.filter(submitted_at__lt=wanted.until)
    if wanted.district:
        found = found.filter(district=wanted.district)
    if wanted.team_id:
        found = found.filter(team_id=wanted.team_id)
    if wanted.kind:
        found = found.filter(kind_code=wanted.kind)
    return found.order_by("-submitted_at", "-id")


def answers_of(study: Study, wanted: Wanted) -> QuerySet[Answer]:
    return Answer.objects.filter(response__in=responses_of(study, wanted).order_by())


def open_invitation_for(case: Case, *, now: dt.datetime) -> OpenInvitation | None:
    """The question that waits for this case's customer, if any."""
    found = (
        Invitation.objects.filter(case=case, revoked_at=None, expires_at__gt=now, response=None)
        .order_by("-created_at")
        .first()
    )
    return OpenInvitation(found.pk, invitation_link(found.pk), bool(found.draft)) if found else None


def response_of_case(case: Case) -> Response | None:
    """What the customer of the case answered."""
    return (
        Response.objects.filter(case=case).prefetch_related("answers__item").order_by("-submitted_at").first()
    )
