"""What a case does when a promise on it is broken: what its charter says, once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from frontstage.cases.actions.subjects import locked, tell
from frontstage.cases.tasks import escalate
from frontstage.commitments.public import earliest_due
from frontstage.foundation.actors import Actor
from frontstage.foundation.events import Subject, history
from frontstage.foundation.models import Event

RANK = {"normal": 0, "urgent": 1, "emergency": 2}


def on_commitment_breached(event: Event, actor: Actor) -> None:
    """Subscriber of commitment.breached: ask for the escalation in the transaction that marked the breach.

    So it happens once, however many workers there are; and because the case is locked by the task only, whoever
    notices breaches never waits for somebody who holds the case.
    """
    escalations = event.data.get("escalations", [])
    if event.subject_kind == "case" and escalations:
        escalate.defer(
            case_id=event.subject_id,
            code=event.data["code"],
            escalations=escalations,
            at=event.at.isoformat(),
        )


@transaction.atomic
def escalate_case(
    *, case_id: int, code: str, escalations: Sequence[Mapping[str, str]], now: dt.datetime, actor: Actor
) -> None:
    """Raise the priority and call whom the charter names."""
    case = locked(case_id)
    done = history(subject=Subject("case", case_id)).filter(
        name="case.escalated", data__commitment=code, at=now
    )
    if not case.is_open or done.exists():
        return  # a worker that was killed after this was done asks again
    for escalation in escalations:
        wanted, before = escalation.get("priority"), case.priority
        if wanted and RANK[wanted] > RANK[before]:
            case.priority = wanted
        case.due_at = earliest_due("case", case.pk)
        case.save(update_fields=["priority", "due_at"])
        data = {
            "commitment": code,
            "notify": escalation.get("notify"),
            "before": before,
            "priority": case.priority,
        }
        tell("case.escalated", case, now=now, actor=actor, data=data, to_customer=False)
