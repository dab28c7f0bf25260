"""The demonstration's year contradicts no rule of the house."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import Error, connection, transaction
from django.db.models import Count, F, Q

from frontstage.cases.public import Case, Lifecycle
from frontstage.commitments.public import Clock, time_of
from frontstage.demo.public import seed
from frontstage.foundation.models import Event
from frontstage.improvement.public import Initiative, verdict
from frontstage.quality.public import gaps_of
from frontstage.surveys.public import Response, Study

NOW = dt.datetime(2026, 11, 23, 6, 0, tzinfo=dt.UTC)


@pytest.fixture
def story(db: None) -> None:
    from frontstage.commitments.definitions import forget

    forget()
    seed(250, now=NOW)


def check_clocks() -> None:
    for clock in Clock.objects.select_related("commitment__calendar"):
        time = time_of(clock.commitment.calendar)
        if clock.commitment.within and not clock.replaced_due_at and not clock.paused_for:
            assert clock.due_at == time.add(clock.started_at, clock.commitment.within)
        if clock.state == "met":
            assert clock.due_at is None or clock.stopped_at <= clock.due_at
        if clock.state == "breached":
            assert clock.breached_at == clock.due_at
            assert clock.stopped_at is None or clock.stopped_at > clock.due_at
        if clock.took is not None:
            assert clock.took == time.between(clock.started_at, clock.stopped_at) - clock.paused_for


def check_lifecycles() -> None:
    for case in Case.objects.select_related("kind"):
        lifecycle = Lifecycle(case.kind.lifecycle)
        assert lifecycle.is_open(case.state) == case.is_open == (case.closed_at is None)
        state = lifecycle.initial
        for event in Event.objects.filter(
            subject_kind="case", subject_id=case.pk, name="case.transitioned"
        ).order_by("at", "id"):
            step = lifecycle.steps[event.data["transition"]]
            assert state in step.origins, (case.number, state, step.code)
            state = step.target
        assert state == case.state


def test_the_year_keeps_every_rule(story: None) -> None:
    assert Case.objects.count() > 600
    check_clocks()
    check_lifecycles()
    assert not Case.objects.filter(is_open=True, opened_at__lt=NOW - dt.timedelta(days=2)).exists()
    assert not Response.objects.filter(submitted_at__lt=F("invitation__created_at")).exists()
    assert not Event.objects.filter(at__gt=NOW).exists()
    share = Clock.objects.filter(due_at__isnull=False).aggregate(
        broken=Count("id", filter=Q(state="breached")), all=Count("id")
    )
    assert 0.03 < share["broken"] / share["all"] < 0.2
    result = gaps_of(Study.objects.select_related("instrument").get(code="after_service"))
    assert result.widest.code == "responsiveness"
    assert result.weighted.estimate < 0
    stages = set(Initiative.objects.values_list("stage", flat=True))
    assert "do" in stages
    closed = Initiative.objects.filter(stage="closed").first()
    assert closed is None or verdict(closed.remeasurement) in ("better", "unproven")
    with pytest.raises(Error), transaction.atomic():
        Event.objects.update(name="forged")


def test_the_next_case_takes_the_next_number(story: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('case_number')")
        (serial,) = cursor.fetchone()
    assert not Case.objects.filter(number__endswith=f"-{serial:06d}").exists()
