"""Taking, answering and moving a case: the happy path, the refusal, the outsider, the race."""

from __future__ import annotations

import threading

import pytest
from django.db import connections

from frontstage.cases.errors import AlreadyTaken, CaseClosed, NoSuchStep, StepNeeds, StepNotYours
from frontstage.cases.models import Case
from frontstage.cases.public import (
    add_note,
    assign_case,
    customer_writes,
    note_visit,
    reply,
    take_case,
    transition,
    visible_to,
)
from frontstage.cases.queries import may_see
from frontstage.commitments.public import clocks_of
from frontstage.foundation.errors import NotAllowed
from frontstage.foundation.events import Subject, history
from frontstage.people.public import Team
from tests.cast import HOUR, NOW, SECOND, Cast, customer_actor, liu_reports


def states(case: Case) -> dict[str, str]:
    return {clock.code: clock.state for clock in clocks_of("case", [case.pk])[case.pk]}


def test_one_agent_takes_a_case_and_the_other_is_told_by_whom(cast: Cast) -> None:
    case = liu_reports(cast)
    take_case(case_id=case.pk, user=cast.chen, now=NOW, actor=cast.chen.actor(origin="desk"))
    with pytest.raises(AlreadyTaken, match="Chen took this case"):
        take_case(case_id=case.pk, user=cast.wang, now=NOW, actor=cast.wang.actor(origin="desk"))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_a_case_at_once_exactly_one_gets_it(committed_cast: Cast) -> None:
    cast, case = committed_cast, liu_reports(committed_cast)
    outcomes: list[str] = []

    def take(user) -> None:  # type: ignore[no-untyped-def]
        try:
            take_case(case_id=case.pk, user=user, now=NOW, actor=user.actor(origin="desk"))
            outcomes.append("taken")
        except AlreadyTaken as refusal:
            outcomes.append(str(refusal))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take, args=(user,)) for user in (cast.chen, cast.wang)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    case.refresh_from_db()
    assert outcomes.count("taken") == 1
    assert str(case.assignee) in next(o for o in outcomes if o != "taken")


def test_a_field_worker_or_customer_takes_nothing(cast: Cast) -> None:
    case = liu_reports(cast)
    for user in (cast.sun, cast.lin, cast.liu):
        with pytest.raises(NotAllowed):
            take_case(case_id=case.pk, user=user, now=NOW, actor=user.actor(origin="desk"))


def test_a_repair_runs_its_course_and_the_clocks_stop_to_the_second(cast: Cast) -> None:
    case = liu_reports(cast)
    actor = cast.sun.actor(origin="desk")
    note_visit(case_id=case.pk, happened="visit.dispatched", now=NOW + HOUR, actor=actor)
    note_visit(case_id=case.pk, happened="visit.arrived", now=NOW + 2 * HOUR, actor=actor)
    note_visit(case_id=case.pk, happened="visit.finished:done", now=NOW + 6 * HOUR, actor=actor)
    case.refresh_from_db()
    assert (case.state, case.resolved_at) == ("repaired", NOW + 6 * HOUR)
    clocks = {c.code: c for c in clocks_of("case", [case.pk])[case.pk]}
    assert clocks["arrive"].took == 2 * HOUR
    assert clocks["handle"].state == "met"  # exactly six hours is in time
    assert clocks["repair"].took == 6 * HOUR
    assert case.due_at is None
    transition(case_id=case.pk, code="close", user=cast.chen, now=NOW + 7 * HOUR, actor=actor)
    case.refresh_from_db()
    assert (case.is_open, case.closed_at) == (False, NOW + 7 * HOUR)


def test_a_second_late_is_broken_at_the_moment_it_was_due(cast: Cast) -> None:
    case = liu_reports(cast)
    actor = cast.sun.actor(origin="desk")
    for happened, after in (("visit.dispatched", 1), ("visit.arrived", 2)):
        note_visit(case_id=case.pk, happened=happened, now=NOW + after * HOUR, actor=actor)
    note_visit(case_id=case.pk, happened="visit.handled", now=NOW + 6 * HOUR + SECOND, actor=actor)
    clock = next(c for c in clocks_of("case", [case.pk])[case.pk] if c.code == "handle")
    assert (clock.state, clock.breached_at, clock.took) == ("breached", NOW + 6 * HOUR, 6 * HOUR + SECOND)


def test_waiting_for_the_customer_pauses_and_her_answer_resumes(cast: Cast) -> None:
    case = liu_reports(cast)
    transition(
        case_id=case.pk, code="ask", user=cast.chen, now=NOW + HOUR, actor=cast.chen.actor(origin="desk")
    )
    assert states(case)["handle"] == "paused"
    customer_writes(case_id=case.pk, body="At eight.", now=NOW + 4 * HOUR, actor=customer_actor())
    case.refresh_from_db()
    clock = next(c for c in clocks_of("case", [case.pk])[case.pk] if c.code == "handle")
    assert (case.state, clock.state, clock.due_at) == ("reported", "running", NOW + 9 * HOUR)
    assert clock.paused_for == 3 * HOUR


def test_a_road_to_which_promises_do_not_apply_waives_them_with_its_name(cast: Cast) -> None:
    case = liu_reports(cast)
    with pytest.raises(StepNeeds):
        transition(
            case_id=case.pk, code="transfer", user=cast.chen, now=NOW, actor=cast.chen.actor(origin="desk")
        )
    transition(case_id=case.pk, code="transfer", user=cast.chen, note="Maker's matter.", now=NOW, actor=cast.chen.actor(origin="desk"))  # fmt: skip
    assert set(states(case).values()) == {"waived"}


def test_steps_are_refused_out_of_order_and_to_other_roles(cast: Cast) -> None:
    case = liu_reports(cast)
    with pytest.raises(NoSuchStep):
        transition(
            case_id=case.pk, code="close", user=cast.chen, now=NOW, actor=cast.chen.actor(origin="desk")
        )
    with pytest.raises(StepNotYours):
        transition(case_id=case.pk, code="ask", now=NOW, actor=customer_actor())
    note_visit(case_id=case.pk, happened="visit.dispatched", now=NOW, actor=cast.sun.actor(origin="desk"))
    note_visit(case_id=case.pk, happened="visit.arrived", now=NOW, actor=cast.sun.actor(origin="desk"))
    note_visit(case_id=case.pk, happened="visit.finished:done", now=NOW, actor=cast.sun.actor(origin="desk"))
    with pytest.raises(StepNeeds, match="a cause"):
        transition(case_id=case.pk, code="close_with_cause", user=cast.zhao, now=NOW, actor=cast.zhao.actor(origin="desk"))  # fmt: skip
    transition(case_id=case.pk, code="close", now=NOW, actor=customer_actor())
    with pytest.raises(CaseClosed):
        customer_writes(case_id=case.pk, body="More", now=NOW, actor=customer_actor())


def test_replies_reach_the_customer_and_notes_do_not(cast: Cast) -> None:
    case = liu_reports(cast)
    reply(case_id=case.pk, body="On our way.", user=cast.chen, now=NOW, actor=cast.chen.actor(origin="desk"))
    add_note(
        case_id=case.pk,
        body="Dog at the door.",
        user=cast.chen,
        now=NOW,
        actor=cast.chen.actor(origin="desk"),
    )
    assert [m.body for m in case.messages.exclude(direction="internal").order_by("id")] == [
        "The water heater does not light.",
        "On our way.",
    ]
    noted = history(subject=Subject("case", case.pk)).get(name="case.noted")
    assert noted.audience == ["staff"]


def test_handing_over_moves_the_case_out_of_the_outsiders_sight_or_into_it(cast: Cast) -> None:
    case = liu_reports(cast)
    assert not visible_to(cast.ma).filter(pk=case.pk).exists()
    other = Team.objects.get(code="other")
    assign_case(case_id=case.pk, team=other, assignee=None, reason="Theirs", user=cast.zhao, now=NOW, actor=cast.zhao.actor(origin="desk"))  # fmt: skip
    assert visible_to(cast.ma).filter(pk=case.pk).exists()
    assert not visible_to(cast.chen).filter(pk=case.pk).exists()
    assert {clock.team_id for clock in clocks_of("case", [case.pk])[case.pk]} == {other.pk}


def test_the_rule_of_who_may_see_is_one_in_python_and_in_sql(cast: Cast) -> None:
    mine = liu_reports(cast)
    free = liu_reports(cast)
    Case.objects.filter(pk=free.pk).update(team=None)
    theirs = liu_reports(cast)
    Case.objects.filter(pk=theirs.pk).update(team=Team.objects.get(code="other"), assignee=cast.wang)
    for user in [*cast.staff(), cast.liu]:
        for case in Case.objects.all():
            assert visible_to(user).filter(pk=case.pk).exists() == may_see(user, case), (user, case.pk)
    assert mine.pk != free.pk
