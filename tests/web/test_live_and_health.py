"""/live/since/ and /healthz."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection, transaction
from django.test import Client

from frontstage.foundation.actors import SYSTEM
from frontstage.foundation.events import Subject, record
from frontstage.foundation.live import live_token, newest_event

NOW = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)


def happen(*audience: str) -> None:
    with transaction.atomic():
        record("case.noted", now=NOW, actor=SYSTEM, subject=Subject("case", 1), audience=audience)


def test_a_page_that_asks_hears_what_happened_since_it_was_made(db: None, client: Client) -> None:
    happen("staff")
    token = live_token(["staff"])
    assert client.get("/live/since/0", {"token": token}).json() == {"events": [], "last": newest_event()}
    happen("staff")
    happen("case:9")
    said = client.get("/live/since/0", {"token": token}).json()
    assert [event["audience"] for event in said["events"]] == [["staff"]]
    assert said["last"] == said["events"][-1]["id"]


def test_a_stranger_hears_nothing(db: None, client: Client) -> None:
    happen("staff")
    answer = client.get("/live/since/0", {"token": "made-up"})
    assert (answer.status_code, answer.json()["events"]) == (401, [])


def heartbeat(seconds_ago: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))",
            [seconds_ago],
        )


def test_it_is_well_with_a_worker_that_was_heard_of_lately(db: None, client: Client) -> None:
    heartbeat(5)
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "migrations": "ok", "worker": "ok"}


@pytest.mark.parametrize(("seconds_ago", "reason"), [(None, "none has started"), (120, "silent for 120 s")])
def test_without_a_worker_it_is_not_well(
    db: None, client: Client, seconds_ago: int | None, reason: str
) -> None:
    if seconds_ago:
        heartbeat(seconds_ago)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["worker"].startswith(reason)


def test_with_a_migration_missing_it_is_not_well(db: None, client: Client) -> None:
    heartbeat(5)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'foundation' AND name = '0001_initial'")
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["migrations"] == "1 still to be applied: run frontstage migrate"


def test_it_is_cheap(db: None, client: Client, django_assert_max_num_queries: object) -> None:
    heartbeat(5)
    client.get("/healthz")
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        client.get("/healthz")
