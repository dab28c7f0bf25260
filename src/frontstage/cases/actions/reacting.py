"""What a case does when a promise on it is broken: what its charter says, once."""

from __future__ import annotations

from frontstage.cases.actions.subjects import locked, tell
from frontstage.cases.models import Case
from frontstage.commitments.public import earliest_due
from frontstage.foundation.actors import SYSTEM, Actor
from frontstage.foundation.models import Event

RANK = {"normal": 0, "urgent": 1, "emergency": 2}


def on_commitment_breached(event: Event, actor: Actor) -> None:
    """Subscriber of commitment.breached: raise the priority and call whom the escalation names.

    Runs in the transaction that marked the breach, so it happens once however many workers there are.
    """
    if event.subject_kind != "case":
        return
    case = locked(event.subject_id)
    case.due_at = earliest_due("case", case.pk)
    case.save(update_fields=["due_at"])
    for escalation in event.data.get("escalations", []):
        if escalation.get("on", "breach") == "breach" and case.is_open:
            _escalate(case, escalation, event)


def _escalate(case: Case, escalation: dict[str, str], event: Event) -> None:
    wanted = escalation.get("priority")
    before = case.priority
    if wanted and RANK.get(wanted, 0) > RANK[before]:
        case.priority = wanted
        case.save(update_fields=["priority"])
    tell(
        "case.escalated",
        case,
        now=event.at,
        actor=SYSTEM,
        data={
            "commitment": event.data.get("code"),
            "notify": escalation.get("notify"),
            "before": before,
            "priority": case.priority,
        },
        to_customer=False,
    )
