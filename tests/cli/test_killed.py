"""Killed in the middle of a hundred submissions, the program has every one that it acknowledged, once, clocks
right."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.cli.conftest import Terminal, answer, free_port, wait_for

SUBMISSIONS = 100
KILL_AFTER = 30  # acknowledged ones
PREPARE = """
from django.utils import timezone
from tests.cast import install_service
from frontstage.customers.public import register_customer
from frontstage.foundation.actors import SYSTEM
from frontstage.people.public import Role, User, issue_token
now = timezone.now()
install_service()
customer = register_customer(name="刘敏", mobile="13900000001", language="zh-hans", now=now, actor=SYSTEM)
program = User.objects.create_user("program", password="x", roles=[Role.ADMINISTRATOR])
print(customer.number, issue_token(user=program, name="till", now=now))
"""
STATE = """
import json
from django.db import connection
from frontstage.foundation.models import Event
from frontstage.cases.public import Case
with connection.cursor() as cursor:
    cursor.execute('''
        SELECT c.number, c.subject,
               (SELECT count(*) FROM cases_message m WHERE m.case_id = c.id AND m.direction = 'in'),
               (SELECT count(*) FROM foundation_event e
                WHERE e.subject_kind = 'case' AND e.subject_id = c.id AND e.name = 'case.opened'),
               (SELECT array_agg(extract(epoch FROM k.due_at - k.started_at)::int ORDER BY k.due_at)
                FROM commitments_clock k WHERE k.subject_kind = 'case' AND k.subject_id = c.id
                AND k.state = 'running' AND k.started_at = c.opened_at)
        FROM cases_case c ORDER BY c.id''')
    print(json.dumps(cursor.fetchall()))
"""


class Program:
    """A hundred tills, each with one case to report."""

    def __init__(self, port: int, customer: str, token: str) -> None:
        self.address = f"http://127.0.0.1:{port}/api/v1/cases"
        self.customer, self.token = customer, token
        self.acknowledged: dict[int, str] = {}
        self.enough = threading.Event()

    def submit(self, number: int) -> None:
        """Report case ``number``; what is answered 201 is acknowledged, by its case number."""
        body = {
            "kind": "appliance_repair",
            "customer": self.customer,
            "subject": f"till {number}",
            "body": "打不着火",
        }
        request = urllib.request.Request(
            self.address,
            data=json.dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
                "Idempotency-Key": f"till-{number}",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                said = json.loads(response.read())
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{error.code}: {error.read().decode()[:500]}") from None
        except (OSError, ValueError):
            return  # killed while it worked: not acknowledged
        self.acknowledged[number] = said["number"]
        if len(self.acknowledged) >= KILL_AFTER:
            self.enough.set()

    def submit_all(self) -> None:
        with ThreadPoolExecutor(SUBMISSIONS) as tills:
            list(tills.map(self.submit, range(SUBMISSIONS)))


def state(terminal: Terminal) -> list[list[Any]]:
    found: list[list[Any]] = json.loads(terminal.python(STATE))
    return found


def test_every_acknowledged_submission_survives_a_kill_exactly_once_with_right_clocks(
    migrated: Terminal,
) -> None:
    terminal = migrated
    customer, token = terminal.python(PREPARE).split()
    port = free_port()
    serve = ("serve", f"--port={port}", "--workers=2", "--threads=4")

    first = terminal.start(*serve)
    health = f"http://127.0.0.1:{port}/healthz"
    wait_for(lambda: answer(health) in {200, 503}, first)
    tills = Program(port, customer, token)
    submitting = threading.Thread(target=tills.submit_all)
    submitting.start()
    assert tills.enough.wait(120)
    terminal.kill_everything()
    submitting.join(120)
    acknowledged = dict(tills.acknowledged)
    assert KILL_AFTER <= len(acknowledged) < SUBMISSIONS, "the kill came too late to prove anything"

    kept = {subject: number for number, subject, *_ in state(terminal)}
    for till, number in acknowledged.items():
        assert kept[f"till {till}"] == number

    # Started again, every till asks again with its key: the kept ones get their own case, the others a new
    # one.
    second = terminal.start(*serve)
    wait_for(lambda: answer(health) in {200, 503}, second)
    tills.submit_all()
    assert len(tills.acknowledged) == SUBMISSIONS
    assert {till: tills.acknowledged[till] for till in acknowledged} == acknowledged

    found = state(terminal)
    assert sorted(subject for _, subject, *_ in found) == sorted(
        f"till {till}" for till in range(SUBMISSIONS)
    )
    assert len({number for number, *_ in found}) == SUBMISSIONS
    expected_clocks = found[0][4]
    assert expected_clocks == [6 * 3600, 24 * 3600, None]  # arrival has no time of its own
    for number, _subject, messages, opened, clocks in found:
        assert (messages, opened, clocks) == (1, 1, expected_clocks), number
