"""The life of a clock: met to the second, paused, replaced, waived, broken; each told once."""

from __future__ import annotations

import datetime as dt

import pytest

from frontstage.cases.models import Case
from frontstage.cases.public import note_visit, transition
from frontstage.charters.public import apply
from frontstage.commitments.errors import AppointmentIsPast, ClockHasStopped, UnknownClock, WaiverNeedsReason
from frontstage.commitments.models import Clock
from frontstage.commitments.public import clock_view, notice_breaches, replace_due, waive_clock
from frontstage.foundation.actors import SYSTEM
from frontstage.foundation.errors import NotAllowed
from frontstage.foundation.models import Event
from tests.cast import HOUR, NOW, SECOND, Cast, liu_reports
from tests.charters.test_checking import GAS


def clock(case: Case, code: str) -> Clock:
    return Clock.objects.select_related("commitment__calendar").get(subject_id=case.pk, code=code)


def told(case: Case, name: str) -> int:
    return Event.objects.filter(subject_kind="case", subject_id=case.pk, name=f"commitment.{name}").count()


@pytest.mark.parametrize(
    ("after", "state"),
    [
        (dt.timedelta(hours=3, minutes=59, seconds=59), "met"),
        (dt.timedelta(hours=4), "met"),
        (dt.timedelta(hours=4, microseconds=1), "breached"),
        (dt.timedelta(hours=4, seconds=1), "breached"),
    ],
)
def test_an_ordinary_network_fault_is_cleared_within_four_hours_to_the_second(
    cast: Cast, after: dt.timedelta, state: str
) -> None:
    apply(GAS, now=NOW, actor=SYSTEM)
    case = liu_reports(cast, kind_code="network_fault", severity="ordinary")
    note_visit(case_id=case.pk, happened="visit.dispatched", now=NOW, actor=SYSTEM)
    note_visit(case_id=case.pk, happened="visit.finished:done", now=NOW + after, actor=SYSTEM)
    stopped = clock(case, "network_4h")
    assert (stopped.state, stopped.took, stopped.stopped_at) == (state, after, NOW + after)
    assert stopped.breached_at == (NOW + 4 * HOUR if state == "breached" else None)
    assert (told(case, "met"), told(case, "breached")) == ((1, 0) if state == "met" else (0, 1))


def test_severity_chooses_the_promise(cast: Cast) -> None:
    apply(GAS, now=NOW, actor=SYSTEM)
    major = liu_reports(cast, kind_code="network_fault", severity="major")
    assert set(Clock.objects.filter(subject_id=major.pk).values_list("code", flat=True)) == {"network_24h"}


def test_at_once_is_measured_and_never_broken(cast: Cast) -> None:
    case = liu_reports(cast)
    assert notice_breaches(now=NOW + 900 * HOUR) == 2  # handle and repair, not arrive
    arrive = clock(case, "arrive")
    assert (arrive.state, arrive.due_at) == ("running", None)
    assert clock_view(arrive, NOW)["remaining"] is None


def test_a_breach_is_noticed_once_and_a_late_stop_keeps_its_moment(cast: Cast) -> None:
    case = liu_reports(cast)
    assert notice_breaches(now=NOW + 6 * HOUR) == 0
    assert notice_breaches(now=NOW + 6 * HOUR + SECOND) == 1
    assert notice_breaches(now=NOW + 7 * HOUR) == 0
    for happened in ("visit.dispatched", "visit.arrived", "visit.handled"):
        note_visit(case_id=case.pk, happened=happened, now=NOW + 8 * HOUR, actor=SYSTEM)
    handled = clock(case, "handle")
    assert (handled.state, handled.breached_at, handled.stopped_at) == (
        "breached",
        NOW + 6 * HOUR,
        NOW + 8 * HOUR,
    )
    assert (told(case, "breached"), told(case, "stopped_late")) == (1, 1)


def test_a_pause_leaves_working_time_where_it_was(cast: Cast) -> None:
    case = liu_reports(cast)
    who = {"user": cast.chen, "actor": cast.chen.actor(origin="desk")}
    for begin, end in ((1, 4), (5, 6)):
        transition(case_id=case.pk, code="ask", now=NOW + begin * HOUR, **who)
        assert notice_breaches(now=NOW + 100 * HOUR) == 0
        transition(case_id=case.pk, code="answered", now=NOW + end * HOUR, **who)
    handled = clock(case, "handle")
    assert (handled.due_at, handled.paused_for) == (NOW + 10 * HOUR, 4 * HOUR)
    assert "paused 4 h" in clock_view(handled, NOW + 7 * HOUR)["explanation"]


def test_an_appointment_replaces_what_allows_it_and_mends_nothing_broken(cast: Cast) -> None:
    case = liu_reports(cast)
    notice_breaches(now=NOW + 7 * HOUR)
    until = NOW + 30 * HOUR
    replaced = replace_due(
        subject_kind="case", subject_id=case.pk, until=until, now=NOW + 7 * HOUR, actor=SYSTEM
    )
    assert [one.code for one in replaced] == ["repair"]
    assert clock(case, "handle").state == "breached"
    assert (clock(case, "repair").due_at, clock(case, "repair").replaced_due_at) == (until, NOW + 24 * HOUR)
    assert told(case, "replaced") == 1
    with pytest.raises(AppointmentIsPast):
        replace_due(subject_kind="case", subject_id=case.pk, until=NOW, now=NOW + HOUR, actor=SYSTEM)


def test_a_waiver_needs_a_reason_somebody_entitled_and_a_running_promise(cast: Cast) -> None:
    case = liu_reports(cast)
    who = {"user": cast.zhao, "actor": cast.zhao.actor(origin="desk"), "now": NOW + HOUR}
    target = clock(case, "handle").pk
    with pytest.raises(WaiverNeedsReason):
        waive_clock(clock_id=target, reason="  ", **who)
    with pytest.raises(NotAllowed):
        waive_clock(clock_id=target, reason="Because", **{**who, "user": cast.chen})
    with pytest.raises(UnknownClock):
        waive_clock(clock_id=0, reason="Because", **who)
    waive_clock(clock_id=target, reason="Customer is away", **who)
    waived = clock(case, "handle")
    assert (waived.state, waived.waived_by, waived.waived_reason) == ("waived", cast.zhao, "Customer is away")
    with pytest.raises(ClockHasStopped):
        waive_clock(clock_id=target, reason="Again", **who)
    assert notice_breaches(now=NOW + 7 * HOUR) == 0
    assert told(case, "waived") == 1


def test_a_branch_waives_what_runs_and_leaves_what_is_broken(cast: Cast) -> None:
    case = liu_reports(cast)
    notice_breaches(now=NOW + 7 * HOUR)
    transition(
        case_id=case.pk, code="transfer", note="Maker", user=cast.chen, now=NOW + 8 * HOUR, actor=cast.chen.actor(origin="desk")
    )  # fmt: skip
    assert {c.code: c.state for c in Clock.objects.filter(subject_id=case.pk)} == {
        "arrive": "waived",
        "handle": "breached",
        "repair": "waived",
    }
