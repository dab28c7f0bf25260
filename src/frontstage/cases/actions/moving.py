"""Move a case along its lifecycle."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from frontstage.cases.actions.subjects import advance, locked, tell
from frontstage.cases.errors import CaseClosed
from frontstage.cases.models import Case, Message
from frontstage.cases.rules import Lifecycle, Step, refuse_if_missing
from frontstage.commitments.public import earliest_due, waive_running
from frontstage.foundation.actors import Actor
from frontstage.foundation.bilingual import in_language
from frontstage.foundation.errors import BadInput
from frontstage.people.public import User

NEEDS = {
    "note": _("a note"),
    "cause": _("a cause"),
    "reply": _("a reply to the customer"),
    "decision": _("the decision in words"),
    "visit_done": _("a completed visit"),
}


@transaction.atomic
def transition(
    *,
    case_id: int,
    code: str,
    now: dt.datetime,
    actor: Actor,
    user: User | None = None,
    note: str = "",
    cause: str = "",
) -> Case:
    """Take one step. Without a ``user`` it is the customer's own step.

    Raises NoSuchStep, StepNotYours, StepNeeds; BadInput for a cause that is none.
    """
    case = locked(case_id)
    lifecycle = Lifecycle(case.kind.lifecycle)
    roles = user.roles if user else ["customer"]
    step = lifecycle.step(code, state=case.state, roles=roles)
    if cause and cause not in Case.Cause.values:
        raise BadInput(reason=f"cause: {', '.join(Case.Cause.values)}", field="cause")
    case.cause = cause or case.cause
    refuse_if_missing(
        step,
        NEEDS,
        given={
            "note": bool(note.strip()),
            "decision": bool(note.strip()),
            "cause": bool(case.cause),
            "reply": _has_reply(case) if "reply" in step.requires else True,
            # Visits lie above cases: a completed one is known here by the event that it left.
            "visit_done": _visit_done(case) if "visit_done" in step.requires else True,
        },
    )
    if note.strip():
        public = "decision" in step.requires
        Message.objects.create(
            case=case,
            direction=Message.Direction.OUT if public else Message.Direction.INTERNAL,
            channel="desk" if user else "portal",
            author=user,
            author_label=actor.label,
            body=note,
            at=now,
        )
    return move(case, step, now=now, actor=actor)


def _has_reply(case: Case) -> bool:
    return case.messages.filter(direction=Message.Direction.OUT).exclude(channel="automatic").exists()


def _visit_done(case: Case) -> bool:
    from frontstage.foundation.events import Subject, history

    done = history(subject=Subject("case", case.pk)).filter(
        name="case.visited", data__happened="visit.finished:done"
    )
    return done.exists()


def move(case: Case, step: Step, *, now: dt.datetime, actor: Actor, happened: tuple[str, ...] = ()) -> Case:
    """The step's whole consequence on a locked case: state, clocks, event. Rights and needs were checked before."""
    lifecycle = Lifecycle(case.kind.lifecycle)
    before, case.state, case.changed_at = case.state, step.target, now
    case.is_open = lifecycle.is_open(step.target)
    if lifecycle.states[step.target].get("resolved") and case.resolved_at is None:
        case.resolved_at = now
    if case.is_open:
        case.closed_at = None
    else:
        case.closed_at = now
        case.resolved_at = case.resolved_at or now
    advance(case, happened=[*happened, "case.transitioned", f"state:{step.target}"], now=now, actor=actor)
    if step.waives:
        waive_running(
            subject_kind="case", subject_id=case.pk, reason=in_language(step.name, "en"), now=now, actor=actor
        )
        case.due_at = earliest_due("case", case.pk)
    case.save(update_fields=["state", "is_open", "cause", "changed_at", "resolved_at", "closed_at", "due_at"])
    data = {
        "transition": step.code,
        "from": before,
        "to": step.target,
        "before": lifecycle.states[before]["name"],
        "after": lifecycle.states[step.target]["name"],
        "closed": not case.is_open,
    }
    tell("case.transitioned", case, now=now, actor=actor, data=data)
    return case


@transaction.atomic
def note_visit(*, case_id: int, happened: str, now: dt.datetime, actor: Actor) -> Case:
    """Let a case hear what happened on a visit made for it ("visit.arrived", "visit.finished:done" ...).

    A step that the lifecycle ties to that happening (``upon``) is taken; without one the clocks alone hear of it.
    Raises CaseClosed.
    """
    case = locked(case_id)
    if not case.is_open:
        raise CaseClosed
    tell("case.visited", case, now=now, actor=actor, data={"happened": happened})
    lifecycle = Lifecycle(case.kind.lifecycle)
    for step in lifecycle.steps.values():
        if case.state in step.origins and happened in step.upon:
            return move(case, step, now=now, actor=actor, happened=(happened,))
    advance(case, happened=[happened], now=now, actor=actor)
    case.save(update_fields=["due_at"])
    return case
