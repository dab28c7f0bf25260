"""Verbs on clocks. Each runs in the transaction of the act that moves it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from frontstage.commitments import clocks as life
from frontstage.commitments.definitions import commitments_of, time_of
from frontstage.commitments.errors import AppointmentIsPast, ClockHasStopped, UnknownClock, WaiverNeedsReason
from frontstage.commitments.models import Clock, Commitment
from frontstage.foundation.actors import SYSTEM, Actor
from frontstage.foundation.errors import NotAllowed
from frontstage.foundation.events import NewEvent, Subject, record_all
from frontstage.people.public import User

CHANGING = [
    "state",
    "due_at",
    "paused_at",
    "paused_for",
    "stopped_at",
    "breached_at",
    "breach_noticed_at",
    "took",
]


@dataclass(frozen=True, slots=True)
class ClockSubject:
    """What clocks run on, with all that decides which ones: a case or a visit as its owner describes it."""

    kind: str
    id: int
    kind_code: str
    severity: str
    customer_id: int | None
    team_id: int | None
    district: str
    label: str


def applies(commitment: Commitment, subject: ClockSubject) -> bool:
    """Whether the commitment speaks of this subject: every condition named must hold."""
    asked = commitment.applies
    return (
        commitment.subject_kind == subject.kind
        and (not asked.get("kinds") or subject.kind_code in asked["kinds"])
        and (not asked.get("severities") or subject.severity in asked["severities"])
    )


def new_clocks(
    *, subject: ClockSubject, edition: str, happened: Sequence[str], now: dt.datetime
) -> list[Clock]:
    """The clocks that begin on what happened, unsaved, with their due times: pure but for the definitions."""
    heard = set(happened)
    wanted = [c for c in commitments_of(edition) if c.starts_on in heard and applies(c, subject)]
    return [new_clock(commitment, subject, now=now) for commitment in wanted]


def keep_new_clocks(clocks: Sequence[Clock], *, now: dt.datetime, actor: Actor) -> list[NewEvent]:
    """Save clocks that have just begun; the events to be recorded with the act that began them."""
    kept = Clock.objects.bulk_create(clocks)
    return [_event("started", clock, now=now, actor=actor) for clock in kept]


@transaction.atomic(savepoint=False)
def advance_clocks(
    *,
    subject: ClockSubject,
    edition: str,
    happened: Sequence[str],
    state: str,
    now: dt.datetime,
    actor: Actor,
) -> list[Clock]:
    """Let the clocks of a subject hear what happened to it and which state it is in now.

    Starts those that begin on it, stops those that it meets, pauses and resumes by state; returns those that
    changed. ``happened`` holds event names and "state:<code>".
    """
    heard = set(happened)
    told: list[tuple[str, Clock]] = []
    for clock in _alive(subject.kind, subject.id):
        told += [(verb, clock) for verb in _hear(clock, heard, state, now)]
    if told:
        Clock.objects.bulk_update({clock for _, clock in told}, CHANGING)
    told += [("started", clock) for clock in _start(subject, edition, happened, now)]
    _tell(told, now=now, actor=actor)
    return list({clock.pk: clock for _, clock in told}.values())


def _alive(kind: str, subject_id: int) -> Iterable[Clock]:
    return (
        Clock.objects.select_for_update(of=("self",))
        .select_related("commitment__calendar")
        .filter(subject_kind=kind, subject_id=subject_id, stopped_at=None, state__in=life.ALIVE)
        .order_by("id")
    )


def _hear(clock: Clock, heard: set[str], state: str, now: dt.datetime) -> list[str]:
    if heard.intersection(clock.commitment.met_on):
        was_breached = clock.state == life.BREACHED
        life.stop(clock, now=now)
        if clock.state == life.MET:
            return ["met"]
        return ["stopped_late"] if was_breached else ["breached", "stopped_late"]
    if state in clock.commitment.pauses_in:
        return ["paused"] if life.pause(clock, now=now) else []
    return ["resumed"] if life.resume(clock, now=now) else []


def _start(subject: ClockSubject, edition: str, happened: Sequence[str], now: dt.datetime) -> list[Clock]:
    begun = new_clocks(subject=subject, edition=edition, happened=happened, now=now)
    if not begun:
        return []
    known = set(
        Clock.objects.filter(subject_kind=subject.kind, subject_id=subject.id).values_list(
            "commitment_id", flat=True
        )
    )
    return Clock.objects.bulk_create([clock for clock in begun if clock.commitment_id not in known])


def new_clock(commitment: Commitment, subject: ClockSubject, *, now: dt.datetime) -> Clock:
    """A clock that starts now, unsaved."""
    return Clock(
        commitment=commitment,
        code=commitment.code,
        subject_kind=subject.kind,
        subject_id=subject.id,
        customer_id=subject.customer_id,
        team_id=subject.team_id,
        district=subject.district,
        subject_label=subject.label,
        started_at=now,
        due_at=time_of(commitment.calendar).add(now, commitment.within) if commitment.within else None,
        paused_for=dt.timedelta(0),
    )


def _event(verb: str, clock: Clock, *, now: dt.datetime, actor: Actor, **more: Any) -> NewEvent:
    data = {
        "clock": clock.pk,
        "code": clock.code,
        "promise": clock.commitment.name,
        "due": clock.due_at.isoformat() if clock.due_at else None,
        **more,
    }
    if verb == "breached":
        data["escalations"] = clock.commitment.escalations
    return NewEvent(
        name=f"commitment.{verb}",
        at=now,
        actor=actor,
        subject=Subject(clock.subject_kind, clock.subject_id),
        customer_id=clock.customer_id,
        data=data,
        # What starts with its case is told with its case; what changes alone is told by itself.
        audience=() if verb == "started" else ("staff", f"{clock.subject_kind}:{clock.subject_id}"),
    )


def _tell(told: Sequence[tuple[str, Clock]], *, now: dt.datetime, actor: Actor) -> None:
    record_all([_event(verb, clock, now=now, actor=actor) for verb, clock in told])


@transaction.atomic
def waive_clock(*, clock_id: int, reason: str, user: User, now: dt.datetime, actor: Actor) -> Clock:
    """Give up a promise, with a reason, by somebody entitled to it."""
    if not user.may("waive_clocks"):
        raise NotAllowed
    if not reason.strip():
        raise WaiverNeedsReason
    clock = (
        Clock.objects.select_for_update(of=("self",)).select_related("commitment").filter(pk=clock_id).first()
    )
    if clock is None:
        raise UnknownClock
    if not life.is_alive(clock):
        raise ClockHasStopped
    life.waive(clock, reason=reason.strip(), by_id=user.pk)
    clock.save(update_fields=["state", "waived_reason", "waived_by", "paused_at"])
    record_all([_event("waived", clock, now=now, actor=actor, reason=clock.waived_reason)])
    return clock


@transaction.atomic
def waive_running(*, subject_kind: str, subject_id: int, reason: str, now: dt.datetime, actor: Actor) -> None:
    """The subject takes a road to which its promises do not apply. What is broken already stays broken."""
    waived = [clock for clock in _alive(subject_kind, subject_id) if clock.state != life.BREACHED]
    for clock in waived:
        life.waive(clock, reason=reason, by_id=actor.id if actor.kind == "staff" else None)
    Clock.objects.bulk_update(waived, ["state", "waived_reason", "waived_by", "paused_at"])
    record_all([_event("waived", clock, now=now, actor=actor, reason=reason) for clock in waived])


@transaction.atomic
def replace_due(
    *, subject_kind: str, subject_id: int, until: dt.datetime, now: dt.datetime, actor: Actor
) -> list[Clock]:
    """An appointment agreed with the customer replaces the due times of promises that allow it.

    The old due time stays on the clock and in the log; a promise already broken is not mended by it.
    """
    if until <= now:
        raise AppointmentIsPast
    replaced = []
    for clock in _alive(subject_kind, subject_id):
        if clock.state == life.BREACHED or clock.due_at is None or not clock.commitment.replaceable:
            continue
        if life.overdue(clock, now=now) and clock.state == life.RUNNING:
            continue
        clock.replaced_due_at = clock.replaced_due_at or clock.due_at
        clock.due_at = until
        replaced.append(clock)
    Clock.objects.bulk_update(replaced, ["due_at", "replaced_due_at"])
    record_all(
        [
            _event("replaced", c, now=now, actor=actor, was=c.replaced_due_at.isoformat())  # type: ignore[union-attr]
            for c in replaced
        ]
    )
    return replaced


def hand_over(*, subject_kind: str, subject_id: int, team_id: int | None, district: str) -> None:
    """Keep the dimensions that attainment is counted by right, while a clock still runs."""
    Clock.objects.filter(
        subject_kind=subject_kind, subject_id=subject_id, stopped_at=None, state__in=life.ALIVE
    ).update(team_id=team_id, district=district)


@transaction.atomic
def notice_breaches(*, now: dt.datetime, limit: int = 500) -> int:
    """Mark what has become overdue, announce it and let it be escalated: each once, however many workers run."""
    late = list(
        Clock.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("commitment__calendar")
        .filter(state=life.RUNNING, due_at__lt=now)
        .order_by("due_at")[:limit]
    )
    for clock in late:
        life.breach(clock, now=now)
    Clock.objects.bulk_update(late, ["state", "breached_at", "breach_noticed_at"])
    _tell([("breached", clock) for clock in late], now=now, actor=SYSTEM)
    return len(late)
