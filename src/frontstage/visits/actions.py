"""Verbs on visits. Each moves its case through cases' own actions, in the same transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from frontstage.cases.public import Case, note_visit
from frontstage.commitments.public import replace_due
from frontstage.customers.public import Site
from frontstage.foundation.actors import Actor
from frontstage.foundation.errors import NotAllowed
from frontstage.foundation.events import Subject, record
from frontstage.people.public import Team, User
from frontstage.visits.errors import (
    NeedsASite,
    NotAnInspectionOutcome,
    PeriodIsBackwards,
    PeriodIsOver,
    UnknownVisit,
    WorkerIsBusy,
    WrongMoment,
)
from frontstage.visits.models import InspectionCycle, InspectionPlan, Visit
from frontstage.visits.rules import LONGEST, OUTCOMES, due_after, may_follow


@transaction.atomic
def install_cycles(*, edition: str, cycles: Sequence[Mapping[str, Any]]) -> None:
    """Make these the inspection cycles in force; sites keep their due dates until the next completed inspection."""
    charter = edition.partition("@")[0]
    InspectionCycle.objects.filter(edition__startswith=f"{charter}@").exclude(edition=edition).update(
        current=False
    )
    for cycle in cycles:
        InspectionCycle.objects.update_or_create(
            edition=edition,
            code=cycle["code"],
            defaults={
                "name": cycle["name"],
                "months": cycle["months"],
                "site_kinds": list(cycle["site_kinds"]),
                "checklist": cycle.get("checklist", []),
                "source": cycle.get("source", ""),
                "current": True,
            },
        )


@transaction.atomic
def plan_visit(
    *,
    case: Case | None,
    site: Site | None,
    purpose: str,
    team: Team | None,
    worker: User | None,
    planned_from: dt.datetime,
    planned_to: dt.datetime,
    agreed: bool,
    user: User,
    now: dt.datetime,
    actor: Actor,
) -> Visit:
    """Plan a visit; ``agreed`` with the customer, it replaces the due times of promises that allow it.

    A worker is in one place at a time: the database refuses an overlap (WorkerIsBusy).
    """
    if not user.may("plan_visits"):
        raise NotAllowed
    site = site or (case.site if case else None)
    if site is None:
        raise NeedsASite
    if planned_to <= planned_from or planned_to - planned_from > LONGEST:
        raise PeriodIsBackwards
    if planned_to <= now:
        raise PeriodIsOver
    try:
        with transaction.atomic():
            visit = Visit.objects.create(
                case=case,
                site=site,
                purpose=purpose,
                team=team,
                worker=worker,
                planned_from=planned_from,
                planned_to=planned_to,
                agreed=agreed,
                created_at=now,
            )
    except IntegrityError as error:
        raise WorkerIsBusy(worker=str(worker)) from error
    if agreed and case is not None:
        replace_due(subject_kind="case", subject_id=case.pk, until=planned_to, now=now, actor=actor)
    _tell("visit.planned", visit, now=now, actor=actor, data={"agreed": agreed})
    if case is not None:
        note_visit(case_id=case.pk, happened="visit.planned", now=now, actor=actor)
    return visit


@transaction.atomic
def dispatch(*, visit_id: int, user: User, now: dt.datetime, actor: Actor) -> Visit:
    """Send the worker out."""
    if not user.may("plan_visits"):
        raise NotAllowed
    return _move(visit_id, "dispatched", now=now, actor=actor)


@transaction.atomic
def arrive(*, visit_id: int, user: User, now: dt.datetime, actor: Actor) -> Visit:
    """The worker stands at the door."""
    _own(visit_id, user)
    return _move(visit_id, "arrived", now=now, actor=actor)


@transaction.atomic
def make_safe(*, visit_id: int, note: str, user: User, now: dt.datetime, actor: Actor) -> Visit:
    """The fault is handled (nobody is in danger, the cause is known) though not yet repaired; the visit goes on."""
    _own(visit_id, user)
    visit = _locked(visit_id)
    if visit.state != Visit.State.ARRIVED or visit.case_id is None:
        raise WrongMoment(state=visit.get_state_display())
    if note:
        visit.note = note
        visit.save(update_fields=["note"])
    _tell("visit.handled", visit, now=now, actor=actor, data={"note": note})
    note_visit(case_id=visit.case_id, happened="visit.handled", now=now, actor=actor)
    return visit


@transaction.atomic
def finish(
    *,
    visit_id: int,
    outcome: str,
    note: str,
    user: User,
    now: dt.datetime,
    actor: Actor,
    checklist: Mapping[str, str] | None = None,
) -> Visit:
    """End a visit as done, nobody home or refused. Only a done inspection moves the site's due date."""
    _own(visit_id, user)
    if outcome not in OUTCOMES:
        raise WrongMoment(state=outcome)
    visit = _locked(visit_id)
    if visit.purpose == Visit.Purpose.INSPECTION and outcome == "done":
        _check_inspection(visit, checklist or {}, now)
    return _move(visit_id, outcome, now=now, actor=actor, note=note, checklist=dict(checklist or {}))


@transaction.atomic
def cancel(*, visit_id: int, reason: str, user: User, now: dt.datetime, actor: Actor) -> Visit:
    if not user.may("plan_visits"):
        raise NotAllowed
    return _move(visit_id, "cancelled", now=now, actor=actor, note=reason)


def _own(visit_id: int, user: User) -> None:
    if not Visit.objects.filter(pk=visit_id, worker=user).exists():
        raise UnknownVisit


def _locked(visit_id: int) -> Visit:
    visit = (
        Visit.objects.select_for_update(of=("self",))
        .select_related("site", "case")
        .filter(pk=visit_id)
        .first()
    )
    if visit is None:
        raise UnknownVisit
    return visit


STAMPS = {"dispatched": "dispatched_at", "arrived": "arrived_at"}


def _move(
    visit_id: int,
    state: str,
    *,
    now: dt.datetime,
    actor: Actor,
    note: str = "",
    checklist: dict[str, str] | None = None,
) -> Visit:
    visit = _locked(visit_id)
    if not may_follow(state, visit.state):
        raise WrongMoment(state=visit.get_state_display())
    visit.state = state
    stamp = STAMPS.get(state, "finished_at")
    setattr(visit, stamp, now)
    if note:
        visit.note = note
    if checklist is not None:
        visit.checklist = checklist
    visit.save(update_fields=["state", stamp, "note", "checklist"])
    name = f"visit.{state}" if state in STAMPS else "visit.finished"
    _tell(name, visit, now=now, actor=actor, data={"outcome": state, "note": note})
    if visit.case_id and visit.case.is_open:  # type: ignore[union-attr]
        happened = name if state in STAMPS else f"visit.finished:{state}"
        note_visit(case_id=visit.case_id, happened=happened, now=now, actor=actor)
    return visit


def _check_inspection(visit: Visit, checklist: Mapping[str, str], now: dt.datetime) -> None:
    plan = InspectionPlan.objects.select_for_update().filter(site=visit.site).first()
    if plan is None:
        return
    cycle = InspectionCycle.objects.filter(code=plan.cycle_code, current=True).first()
    if cycle is None:
        return
    asked = {point["code"] for point in cycle.checklist}
    if not asked <= {code for code, value in checklist.items() if value in ("ok", "defect")}:
        raise NotAnInspectionOutcome
    plan.last_done_on = now.date()
    plan.due_on = due_after(plan.last_done_on, cycle.months)
    plan.save(update_fields=["last_done_on", "due_on"])


def _tell(name: str, visit: Visit, *, now: dt.datetime, actor: Actor, data: dict[str, Any]) -> None:
    audience = ["staff", *([f"user:{visit.worker_id}"] if visit.worker_id else [])]
    if visit.case_id:
        audience.append(f"case:{visit.case_id}")
    record(
        name,
        now=now,
        actor=actor,
        subject=Subject("visit", visit.pk),
        customer_id=visit.site.customer_id,
        data={**data, "case": visit.case_id},
        audience=audience,
    )
