"""Who hears of what, and what was missed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import signing
from django.db import transaction

from frontstage.foundation import live
from frontstage.foundation.actors import SYSTEM
from frontstage.foundation.events import Subject, record
from frontstage.foundation.models import Event

NOW = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)


def happen(number: int, *audience: str, at: dt.datetime = NOW) -> Event:
    with transaction.atomic():
        return record("case.noted", now=at, actor=SYSTEM, subject=Subject("case", number), audience=audience)


def heard(events: list[dict[str, object]]) -> list[object]:
    return [event["subject"] for event in events]


def test_a_token_says_who_listens_and_from_when_on(db: None) -> None:
    newest = happen(1, "staff")
    listener = live.listener_of(live.live_token(["user:5", "staff"], 5))
    assert listener == live.Listener(frozenset({"staff", "user:5"}), newest.pk, 5)


def test_a_token_that_is_not_ours_or_too_old_is_refused(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    token = live.live_token(["staff"])
    with pytest.raises(signing.BadSignature):
        live.listener_of(token + "x")
    with pytest.raises(signing.BadSignature):
        live.listener_of(signing.dumps({"audience": ["staff"], "since": 0, "user": None}))
    monkeypatch.setattr(live, "MAX_AGE", -1)
    with pytest.raises(signing.SignatureExpired):
        live.listener_of(token)


def test_only_events_of_an_audience_of_ones_own_are_missed(db: None) -> None:
    before = live.newest_event()
    happen(1, "staff")
    happen(2, "case:2")
    happen(3)
    happen(4, "user:5", "team:1")
    listener = live.Listener(frozenset({"staff", "user:5"}), before, 5)
    assert heard(live.missed(listener, after=before)) == [1, 4]


def test_events_shortly_before_the_last_one_heard_are_told_again(db: None) -> None:
    """They may have been committed after it, under a smaller number."""
    happen(1, "staff", at=NOW - dt.timedelta(minutes=5))
    happen(2, "staff", at=NOW - dt.timedelta(seconds=20))
    last = happen(3, "staff")
    happen(4, "staff")
    listener = live.Listener(frozenset({"staff"}), 0, None)
    assert heard(live.missed(listener, after=last.pk)) == [2, 3, 4]


def test_a_page_far_behind_hears_of_the_newest(db: None) -> None:
    before = live.newest_event()
    for number in range(1005):
        happen(number, "staff")
    found = heard(live.missed(live.Listener(frozenset({"staff"}), 0, None), after=before))
    assert (len(found), found[0], found[-1]) == (1000, 5, 1004)


@pytest.mark.parametrize(
    ("opened_at", "expected"),
    [
        ("localhost:8000", "http://localhost:8001"),
        ("127.0.0.1:8000", "http://127.0.0.1:8001"),
        ("[::1]:8000", "http://[::1]:8001"),
        ("[::1]", "http://[::1]:8001"),
        ("desk.example.org", "http://desk.example.org:8001"),
    ],
)
def test_the_stream_is_found_at_the_host_by_which_the_page_was_opened(
    settings: object, opened_at: str, expected: str
) -> None:
    settings.LIVE_URL = "http://*:8001"  # type: ignore[attr-defined]
    assert live.live_address(opened_at) == expected


def test_without_an_address_of_its_own_the_stream_is_where_the_page_is(settings: object) -> None:
    settings.LIVE_URL = ""  # type: ignore[attr-defined]
    assert live.live_address("desk.example.org") == ""


def test_an_event_is_written_with_the_id_to_resume_from(db: None) -> None:
    event = happen(7, "staff")
    announced = live.missed(live.Listener(frozenset({"staff"}), 0, None), after=event.pk - 1)[-1]
    written = live.as_server_sent_event(announced)
    assert written.startswith(f"id: {event.pk}\ndata: ".encode())
    assert written.endswith(b"\n\n")
