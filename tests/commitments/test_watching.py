"""However many workers watch, a breach is noticed, told and escalated once."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connections
from procrastinate.contrib.django.models import ProcrastinateJob

from frontstage.cases.actions.reacting import escalate_case
from frontstage.cases.models import Case
from frontstage.cases.public import note_visit
from frontstage.commitments.public import notice_breaches
from frontstage.foundation.actors import SYSTEM
from frontstage.foundation.models import Event
from tests.cast import HOUR, NOW, Cast, liu_reports


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What the acts return, or raise, run at the same moment."""
    results: list[object] = []

    def run(act: Callable[[], object]) -> None:
        try:
            results.append(act())
        except Exception as error:
            results.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_two_workers_notice_each_breach_once(committed_cast: Cast) -> None:
    cases = [liu_reports(committed_cast) for _ in range(6)]
    late = NOW + 7 * HOUR
    counts = at_once(*[lambda: notice_breaches(now=late)] * 3)
    assert sum(counts) == len(cases)  # type: ignore[arg-type]
    assert Event.objects.filter(name="commitment.breached").count() == len(cases)
    assert ProcrastinateJob.objects.filter(task_name__endswith="escalate").count() == len(cases)


@pytest.mark.django_db(transaction=True)
def test_a_worker_and_an_agent_at_the_same_moment_do_not_block_each_other(committed_cast: Cast) -> None:
    case = liu_reports(committed_cast)
    for happened in ("visit.dispatched", "visit.arrived"):
        note_visit(case_id=case.pk, happened=happened, now=NOW + HOUR, actor=SYSTEM)
    late = NOW + 7 * HOUR
    results = at_once(
        lambda: notice_breaches(now=late),
        lambda: note_visit(case_id=case.pk, happened="visit.handled", now=late, actor=SYSTEM).state,
        lambda: notice_breaches(now=late),
    )
    assert "handled" in results, results
    assert not [result for result in results if isinstance(result, Exception)], results
    assert Event.objects.filter(name="commitment.breached", subject_id=case.pk).count() == 1


def test_an_escalation_raises_the_priority_once(cast: Cast) -> None:
    case = liu_reports(cast)
    steps = [{"when": "breach", "notify": "team_lead", "priority": "urgent"}]
    for _ in range(2):  # a worker that was killed before it could say that it was done
        escalate_case(case_id=case.pk, code="handle", escalations=steps, now=NOW + 7 * HOUR, actor=SYSTEM)
    assert Case.objects.get(pk=case.pk).priority == "urgent"
    assert Event.objects.filter(name="case.escalated").count() == 1
