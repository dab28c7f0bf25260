"""Live updates: who may hear what, and what was missed. The stream itself is config/live_app.py, its fallback
web/live.py.

An event is announced to its audiences by a database trigger, when its transaction commits. Only ids travel:
whoever hears of a change fetches it again through the ordinary permission check.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import connection
from django.db.models import Max

from frontstage.foundation.models import Event

CHANNEL = "frontstage_live"
SALT = "frontstage.live"
MAX_AGE = 12 * 3600  # seconds: a working day; every page brings a new one

# What a listener missed after event %(after)s. Events of one moment may commit in another order than their
# ids, so the last 30 seconds before that event are told again; listeners drop what they know. At most the
# newest 1,000.
MISSED = """
SELECT id, name, subject_kind, subject_id, audience FROM foundation_event
WHERE audience && %(audiences)s::varchar[] AND id > %(after)s - 1000 AND (id > %(after)s OR at >= (
    SELECT at - interval '30 seconds' FROM foundation_event WHERE id = %(after)s))
ORDER BY id DESC LIMIT 1000
"""


@dataclass(frozen=True, slots=True)
class Listener:
    """Who listens: ``audiences`` heard of, ``since`` the newest event when the page was made, ``user`` its
    reader."""

    audiences: frozenset[str]
    since: int
    user: int | None


def live_token(audiences: Iterable[str], user_id: int | None = None) -> str:
    """A signed leave to hear of events with one of the audiences ("staff", "team:3", "case:17", "user:5"),
    for 12 hours.

    One small query: the page remembers which event was the newest when it was made.
    """
    return signing.dumps(
        {"audience": sorted(audiences), "since": newest_event(), "user": user_id}, salt=SALT, compress=True
    )


def listener_of(token: str) -> Listener:
    """Who the token is for. Raises django.core.signing.BadSignature when it is not ours or too old."""
    said = signing.loads(token, salt=SALT, max_age=MAX_AGE)
    return Listener(audiences=frozenset(said["audience"]), since=said["since"], user=said["user"])


def newest_event() -> int:
    """The id of the newest event; 0 while there is none."""
    return Event.objects.aggregate(newest=Max("id"))["newest"] or 0


def announcement(row: tuple[int, str, str, int, list[str]]) -> dict[str, Any]:
    """A row of MISSED as the trigger announces it."""
    keys = ("id", "name", "kind", "subject", "audience")
    return dict(zip(keys, row, strict=True))


def missed(listener: Listener, *, after: int) -> list[dict[str, Any]]:
    """What the listener missed after an event, oldest first, as announcements."""
    with connection.cursor() as cursor:
        cursor.execute(MISSED, {"after": after, "audiences": sorted(listener.audiences)})
        return [announcement(row) for row in reversed(cursor.fetchall())]


def live_address(host: str) -> str:
    """Where a page opened at ``host`` ("localhost:8000") finds the stream; empty: at its own address.

    A star in FRONTSTAGE_LIVE_URL ("http://*:8001") stands for the host by which the page was opened.
    """
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return str(settings.LIVE_URL).replace("*", name)


def as_server_sent_event(announced: dict[str, Any]) -> bytes:
    """The announcement as text/event-stream writes it; its id is what a browser resumes from."""
    return f"id: {announced['id']}\ndata: {json.dumps(announced, separators=(',', ':'))}\n\n".encode()
