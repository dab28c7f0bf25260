"""Visits: planned, sent, arrived, ended; one worker in one place; only a done inspection moves the due date."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connections

from frontstage.commitments.public import clocks_of
from frontstage.foundation.errors import NotAllowed
from frontstage.people.public import Team
from frontstage.visits.errors import (
    NeedsASite,
    NotAnInspectionOutcome,
    PeriodIsBackwards,
    PeriodIsOver,
    UnknownVisit,
    WorkerIsBusy,
    WrongMoment,
)
from frontstage.visits.models import InspectionPlan, Visit
from frontstage.visits.public import arrive, cancel, dispatch, finish, install_cycles, plan_visit, visible_to
from tests.cast import HOUR, NOW, Cast, liu_reports


def plan(cast: Cast, **more):  # type: ignore[no-untyped-def]
    values = {
        "case": None,
        "site": cast.site,
        "purpose": "repair",
        "team": Team.objects.get(code="field"),
        "worker": cast.sun,
        "planned_from": NOW,
        "planned_to": NOW + HOUR,
        "agreed": False,
        "user": cast.chen,
        "now": NOW,
        "actor": cast.chen.actor(origin="desk"),
    }
    return plan_visit(**(values | more))


def test_a_visit_moves_its_case_and_its_clocks(cast: Cast) -> None:
    case = liu_reports(cast)
    visit = plan(cast, case=case, site=None)
    actor = cast.sun.actor(origin="desk")
    dispatch(visit_id=visit.pk, user=cast.chen, now=NOW, actor=actor)
    arrive(visit_id=visit.pk, user=cast.sun, now=NOW + HOUR, actor=actor)
    finish(
        visit_id=visit.pk, outcome="done", note="New valve.", user=cast.sun, now=NOW + 2 * HOUR, actor=actor
    )
    case.refresh_from_db()
    assert case.state == "repaired"
    assert {clock.code: clock.took for clock in clocks_of("case", [case.pk])[case.pk]} == {
        "arrive": HOUR,
        "handle": 2 * HOUR,
        "repair": 2 * HOUR,
    }


def test_an_agreed_appointment_replaces_the_due_times_and_keeps_the_old_ones(cast: Cast) -> None:
    case = liu_reports(cast)
    tomorrow = NOW + 26 * HOUR
    plan(cast, case=case, site=None, agreed=True, planned_from=tomorrow - HOUR, planned_to=tomorrow)
    clocks = {clock.code: clock for clock in clocks_of("case", [case.pk])[case.pk]}
    assert clocks["handle"].due_at == tomorrow
    assert clocks["handle"].replaced_due_at == NOW + 6 * HOUR
    assert clocks["arrive"].due_at is None


def test_a_worker_is_in_one_place_at_a_time(cast: Cast) -> None:
    plan(cast)
    with pytest.raises(WorkerIsBusy, match="Sun"):
        plan(cast, planned_from=NOW + HOUR / 2, planned_to=NOW + 2 * HOUR)
    plan(cast, planned_from=NOW + HOUR, planned_to=NOW + 2 * HOUR)


@pytest.mark.django_db(transaction=True)
def test_of_two_plans_for_the_same_hour_at_once_one_is_refused(committed_cast: Cast) -> None:
    outcomes: list[str] = []

    def try_it() -> None:
        try:
            plan(committed_cast)
            outcomes.append("planned")
        except WorkerIsBusy:
            outcomes.append("busy")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=try_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["busy", "planned"]


def test_a_past_slot_cannot_be_booked_and_periods_run_forward(cast: Cast) -> None:
    with pytest.raises(PeriodIsOver):
        plan(cast, planned_from=NOW - 2 * HOUR, planned_to=NOW - HOUR)
    with pytest.raises(PeriodIsBackwards):
        plan(cast, planned_from=NOW + HOUR, planned_to=NOW)
    with pytest.raises(NeedsASite):
        plan(cast, site=None)


def test_only_the_worker_herself_marks_a_visit_and_only_the_desk_sends(cast: Cast) -> None:
    visit = plan(cast)
    with pytest.raises(NotAllowed):
        dispatch(visit_id=visit.pk, user=cast.sun, now=NOW, actor=cast.sun.actor(origin="desk"))
    dispatch(visit_id=visit.pk, user=cast.chen, now=NOW, actor=cast.chen.actor(origin="desk"))
    with pytest.raises(UnknownVisit):
        arrive(visit_id=visit.pk, user=cast.chen, now=NOW, actor=cast.chen.actor(origin="desk"))
    with pytest.raises(WrongMoment):
        finish(
            visit_id=visit.pk,
            outcome="done",
            note="",
            user=cast.sun,
            now=NOW,
            actor=cast.sun.actor(origin="desk"),
        )
    cancel(visit_id=visit.pk, reason="", user=cast.chen, now=NOW, actor=cast.chen.actor(origin="desk"))
    assert not visible_to(cast.liu).exists()


def test_only_a_done_inspection_moves_the_due_date_and_only_with_its_checklist(cast: Cast) -> None:
    install_cycles(
        edition="test@1",
        cycles=[
            {
                "code": "residential",
                "name": {"en": "Homes", "zh": "居民"},
                "months": 24,
                "site_kinds": ["residential"],
                "checklist": [{"code": "hose", "text": {"en": "Hose", "zh": "软管"}}],
            }
        ],
    )
    due = dt.date(2026, 11, 1)
    InspectionPlan.objects.create(site=cast.site, cycle_code="residential", due_on=due)
    actor = cast.sun.actor(origin="desk")
    for outcome, checklist, moved in (
        ("nobody_home", {}, due),
        ("refused", {}, due),
        ("done", {"hose": "ok"}, dt.date(2028, 11, 23)),
    ):
        visit = plan(cast, purpose="inspection")
        dispatch(visit_id=visit.pk, user=cast.chen, now=NOW, actor=actor)
        arrive(visit_id=visit.pk, user=cast.sun, now=NOW, actor=actor)
        if outcome == "done":
            with pytest.raises(NotAnInspectionOutcome):
                finish(
                    visit_id=visit.pk,
                    outcome="done",
                    note="",
                    checklist={},
                    user=cast.sun,
                    now=NOW,
                    actor=actor,
                )
        finish(
            visit_id=visit.pk,
            outcome=outcome,
            note="",
            checklist=checklist,
            user=cast.sun,
            now=NOW,
            actor=actor,
        )
        assert InspectionPlan.objects.get().due_on == moved
    assert Visit.objects.count() == 3
