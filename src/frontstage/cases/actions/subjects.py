"""A case as its clocks know it, and who hears of it live."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from frontstage.cases.errors import UnknownCase
from frontstage.cases.models import Case
from frontstage.commitments.public import ClockSubject, advance_clocks, earliest_due
from frontstage.foundation.actors import Actor
from frontstage.foundation.events import Subject, record


def locked(case_id: int) -> Case:
    """The case, locked until the transaction ends. Raises UnknownCase."""
    case = (
        Case.objects.select_for_update(of=("self",))
        .select_related("kind", "assignee", "team")
        .filter(pk=case_id)
        .first()
    )
    if case is None:
        raise UnknownCase
    return case


def clock_subject(case: Case) -> ClockSubject:
    return ClockSubject(
        kind="case",
        id=case.pk,
        kind_code=case.kind_code,
        severity=case.severity,
        customer_id=case.customer_id,
        team_id=case.team_id,
        district=case.district_id or "",
        label=case.number,
    )


def audience(case: Case) -> list[str]:
    """Staff who look at the desk, and the customer who follows the case."""
    return ["staff", f"case:{case.pk}"]


def advance(case: Case, *, happened: Sequence[str], now: dt.datetime, actor: Actor) -> None:
    """Let the case's clocks hear what happened, and keep the case's own due time right. Saves nothing."""
    touched = advance_clocks(
        subject=clock_subject(case),
        edition=case.kind.edition,
        happened=list(happened),
        state=case.state,
        now=now,
        actor=actor,
    )
    if touched:
        case.due_at = earliest_due("case", case.pk)


def tell(
    name: str,
    case: Case,
    *,
    now: dt.datetime,
    actor: Actor,
    data: Mapping[str, Any] | None = None,
    to_customer: bool = True,
) -> None:
    """Record an event on the case and announce it."""
    record(
        name,
        now=now,
        actor=actor,
        subject=Subject("case", case.pk),
        customer_id=case.customer_id,
        data=data,
        audience=audience(case) if to_customer else ["staff"],
    )
