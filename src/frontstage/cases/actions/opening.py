"""Open a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, connection, transaction

from frontstage.cases.actions.subjects import audience, clock_subject
from frontstage.cases.attachments import check_files, keep
from frontstage.cases.errors import EmptyMessage, UnknownKind, UnknownSeverity
from frontstage.cases.models import Case, CaseKind, Message, Submission
from frontstage.cases.rules import Lifecycle
from frontstage.cases.tasks import acknowledge
from frontstage.commitments.public import keep_new_clocks, new_clocks
from frontstage.customers.public import Customer, Site
from frontstage.foundation.actors import Actor
from frontstage.foundation.events import NewEvent, Subject, record_all
from frontstage.foundation.searching import search_text
from frontstage.people.public import Team


def open_case(
    *,
    kind_code: str,
    customer: Customer,
    site: Site | None,
    subject: str,
    body: str,
    channel: str,
    language: str,
    now: dt.datetime,
    actor: Actor,
    severity: str = "",
    occurred_at: dt.datetime | None = None,
    files: Sequence[UploadedFile] = (),
    submission_key: str | None = None,
) -> Case:
    """Open a case with its first message, start its clocks and ask the worker to acknowledge it.

    ``submission_key`` makes repeating safe: a second call with the same key returns the first call's case.
    Raises UnknownKind, UnknownSeverity, EmptyMessage and the refusals of attachments.
    """
    if submission_key and (already := _opened_before(submission_key)):
        return already
    if not body.strip():
        raise EmptyMessage
    check_files(files)
    try:
        with transaction.atomic():
            kind = current_kind(kind_code)
            case = _create(kind, customer, site, subject.strip() or body.strip()[:80], severity, now)
            case.search_text = _searchable(case, customer, site, body)
            case.channel, case.language, case.occurred_at = channel, language, occurred_at
            _number(case, now)
            happened = ["case.opened", f"state:{case.state}"]
            clocks = new_clocks(subject=clock_subject(case), edition=kind.edition, happened=happened, now=now)
            case.due_at = min((clock.due_at for clock in clocks if clock.due_at), default=None)
            case.save(force_insert=True)
            if submission_key:
                Submission.objects.create(key=submission_key, case=case)
            message = Message.objects.create(
                case=case,
                direction=Message.Direction.IN,
                channel=channel,
                author_id=actor.id if actor.kind == "customer" else None,
                author_label=customer.name,
                body=body,
                at=now,
            )
            keep(message, files)
            data = {"kind": kind.code, "channel": channel, "severity": severity, "files": len(files)}
            opened = NewEvent(
                name="case.opened",
                at=now,
                actor=actor,
                subject=Subject("case", case.pk),
                customer_id=case.customer_id,
                data=data,
                audience=tuple(audience(case)),
            )
            record_all([opened, *keep_new_clocks(clocks, now=now, actor=actor)])
            acknowledge.defer(case_id=case.pk)
            return case
    except IntegrityError:
        # Two of the same submission at once: the first one's case is the case.
        if submission_key and (already := _opened_before(submission_key)):
            return already
        raise


def current_kind(code: str) -> CaseKind:
    """The kind under which a new case begins today. Raises UnknownKind."""
    current = (
        CaseKind.objects.filter(code=code, current=True).order_by("-id").values_list("id", "edition").first()
    )
    if current is None:
        known = CaseKind.objects.filter(current=True).values_list("code", flat=True)
        raise UnknownKind(kind=code, kinds=", ".join(known))
    return _kind(*current, code)


@lru_cache(maxsize=256)
def _kind(kind_id: int, edition: str, code: str) -> CaseKind:
    """A kind's row never changes once installed: read once a process."""
    return CaseKind.objects.get(pk=kind_id)


def _opened_before(key: str) -> Case | None:
    found = Submission.objects.select_related("case", "case__kind").filter(key=key).first()
    return found.case if found else None


def _create(
    kind: CaseKind, customer: Customer, site: Site | None, subject: str, severity: str, now: dt.datetime
) -> Case:
    priority = kind.default_priority
    if severity or kind.severities:
        severities = {entry["code"]: entry for entry in kind.severities}
        if severity and severity not in severities:
            raise UnknownSeverity(severity=severity, severities=", ".join(severities))
        priority = severities.get(severity, {}).get("priority", priority)
    return Case(
        kind=kind,
        kind_code=kind.code,
        state=Lifecycle(kind.lifecycle).initial,
        priority=priority,
        severity=severity,
        subject=subject[:200],
        customer=customer,
        site=site,
        district_id=site.district_id if site else None,
        team=Team.objects.filter(code=kind.team_code).first() if kind.team_code else None,
        opened_at=now,
        changed_at=now,
    )


def _number(case: Case, now: dt.datetime) -> None:
    """The case's number and id, before it is written: its clocks name them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('case_number'), nextval(pg_get_serial_sequence('cases_case', 'id'))")
        serial, case.pk = cursor.fetchone()
    case.number = f"{now:%y}-{serial:06d}"
    case.search_text = f"{case.number} {case.search_text}"


def _searchable(case: Case, customer: Customer, site: Site | None, body: str) -> str:
    return search_text(
        case.subject, body[:2000], customer.name, customer.number, site.address if site else None
    )
