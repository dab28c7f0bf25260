"""Opening a case: one case, its message, clocks, event and task; the same submission twice is one."""

from __future__ import annotations

import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from procrastinate.contrib.django.models import ProcrastinateJob

from frontstage.cases.attachments import place
from frontstage.cases.errors import EmptyMessage, FileNotAccepted, TooManyFiles, UnknownKind
from frontstage.cases.models import Attachment, Case
from frontstage.cases.public import acknowledge_case
from frontstage.commitments.public import clocks_of
from frontstage.foundation.actors import SYSTEM
from frontstage.foundation.models import Event
from tests.cast import HOUR, NOW, Cast, liu_reports

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


def test_a_report_becomes_a_numbered_case_with_its_clocks_event_and_task(cast: Cast) -> None:
    case = liu_reports(cast)
    case.refresh_from_db()
    assert case.number.startswith("26-")
    assert (case.state, case.is_open, case.team.code, case.district_id) == (
        "reported",
        True,
        "desk",
        "riverside",
    )
    clocks = {clock.code: clock for clock in clocks_of("case", [case.pk])[case.pk]}
    assert clocks["arrive"].due_at is None
    assert clocks["handle"].due_at == NOW + 6 * HOUR == case.due_at
    assert clocks["repair"].due_at == NOW + 24 * HOUR
    event = Event.objects.get(name="case.opened", subject_id=case.pk)
    assert (event.actor_kind, event.origin, event.at) == ("customer", "portal", NOW)
    assert (
        ProcrastinateJob.objects.filter(task_name__endswith="acknowledge", args={"case_id": case.pk}).count()
        == 1
    )


def test_a_photo_is_kept_under_its_digest_and_by_what_it_is(cast: Cast) -> None:
    liu_reports(cast, files=[SimpleUploadedFile("leak.exe", PNG, "application/x-msdownload")])
    attachment = Attachment.objects.get()
    assert attachment.content_type == "image/png"
    assert place(attachment.digest).read_bytes() == PNG


def test_what_cannot_be_accepted_is_refused_and_nothing_is_left_behind(cast: Cast) -> None:
    with pytest.raises(FileNotAccepted):
        liu_reports(cast, files=[SimpleUploadedFile("page.png", b"<html>", "image/png")])
    with pytest.raises(TooManyFiles):
        liu_reports(cast, files=[SimpleUploadedFile("a.png", PNG)] * 6)
    with pytest.raises(EmptyMessage):
        liu_reports(cast, body="  ")
    with pytest.raises(UnknownKind, match="appliance_repair"):
        liu_reports(cast, kind_code="nonsense")
    assert not Case.objects.exists()


def test_the_same_submission_twice_is_one_case(cast: Cast) -> None:
    assert liu_reports(cast, submission_key="k").pk == liu_reports(cast, submission_key="k").pk
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_submission_at_the_same_moment_is_one_case(committed_cast: Cast) -> None:
    numbers: list[str] = []

    def submit() -> None:
        try:
            numbers.append(liu_reports(committed_cast, submission_key="at once").number)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=submit) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(numbers) == 6
    assert len(set(numbers)) == 1
    assert Case.objects.count() == 1


def test_the_acknowledgement_is_written_once_in_the_customers_language(cast: Cast) -> None:
    case = liu_reports(cast, language="zh-hans")
    for _ in range(2):
        acknowledge_case(case_id=case.pk, now=NOW, actor=SYSTEM)
    (message,) = case.messages.filter(channel="automatic")
    assert case.number in message.body


def test_opening_a_case_costs_few_statements(cast: Cast, django_assert_max_num_queries: object) -> None:
    liu_reports(cast)
    with django_assert_max_num_queries(15, connection=connection):  # type: ignore[operator]
        liu_reports(cast)
