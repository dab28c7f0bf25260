"""The live process: streams events to browsers (server-sent events) and does nothing else.

One connection to the database listens; every open page is one queue. A page resumes with Last-Event-ID from
the log itself, so neither a broken network nor a restart of this process loses an event.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import django
import psycopg

from frontstage.foundation.lifeline import hold_on

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontstage.config.settings")
hold_on()
django.setup()

from django.conf import settings  # noqa: E402  # after django.setup(), as everything that knows models
from django.core import signing  # noqa: E402
from django.db import connection  # noqa: E402

from frontstage.foundation.live import (  # noqa: E402
    CHANNEL,
    MISSED,
    Listener,
    announcement,
    as_server_sent_event,
    listener_of,
)

logger = logging.getLogger("frontstage.live")
HEARTBEAT = 15.0  # seconds; proxies close what is silent for a minute
QUEUE = 1000  # a page this far behind is cut off, and resumes from the log
KNOWN = 3000  # ids that a page remembers having been told
STREAM_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]

Announcement = dict[str, Any]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]


class Page:
    """One open page: what it hears of, what waits for it, what it was told."""

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        self.waiting: asyncio.Queue[Announcement] = asyncio.Queue(QUEUE)
        self.cut_off = False
        self._told: OrderedDict[int, None] = OrderedDict()

    def offer(self, event: Announcement) -> None:
        if self.listener.audiences.isdisjoint(event["audience"]):
            return
        try:
            self.waiting.put_nowait(event)
        except asyncio.QueueFull:
            self.cut_off = True

    def is_new(self, event: Announcement) -> bool:
        """Whether the page was not yet told; from now on it was."""
        if event["id"] in self._told:
            return False
        self._told[event["id"]] = None
        if len(self._told) > KNOWN:
            self._told.popitem(last=False)
        return True


class Hub:
    """All open pages, and the one connection that hears of events."""

    def __init__(self) -> None:
        self.pages: set[Page] = set()
        self._listening: asyncio.Task[None] | None = None
        self._last = 0

    def ensure_listening(self) -> None:
        if self._listening is None or self._listening.done():
            self._listening = asyncio.create_task(self._listen())

    def stop(self) -> None:
        if self._listening is not None:
            self._listening.cancel()

    async def _listen(self) -> None:
        while True:
            try:
                async with await connected() as listening:
                    await listening.execute(f"LISTEN {CHANNEL}")
                    await self._catch_up(listening)
                    while True:
                        async for notice in listening.notifies(timeout=30):
                            self._publish(json.loads(notice.payload))
                        await listening.execute("SELECT 1")  # a dead connection says so only when used
            except (psycopg.Error, OSError) as error:
                logger.warning("live: the database cannot be heard (%s); trying again", str(error).strip())
                await asyncio.sleep(1)

    async def _catch_up(self, listening: psycopg.AsyncConnection[Any]) -> None:
        """After a broken connection: tell every page what was announced meanwhile."""
        audiences = frozenset().union(*(page.listener.audiences for page in self.pages))
        if self._last and audiences:
            for event in await missed_events(listening, audiences, after=self._last):
                self._publish(event)

    def _publish(self, event: Announcement) -> None:
        self._last = max(self._last, event["id"])
        for page in self.pages:
            page.offer(event)


hub = Hub()


async def connected() -> psycopg.AsyncConnection[Any]:
    parameters = connection.get_connection_params()
    for ours_alone in ("cursor_factory", "context"):
        parameters.pop(ours_alone, None)
    return await psycopg.AsyncConnection.connect(**parameters, autocommit=True)


async def missed_events(
    database: psycopg.AsyncConnection[Any], audiences: frozenset[str], *, after: int
) -> list[Announcement]:
    cursor = await database.execute(MISSED, {"after": after, "audiences": sorted(audiences)})
    return [announcement(row) for row in reversed(await cursor.fetchall())]


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """ASGI: GET /live/?token=... streams; everything else is refused."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
        return
    if scope["type"] != "http":
        return
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    allowed = _cross_origin(headers)
    if scope["path"] not in {"/live/", "/live"}:
        await _answer(send, 404, allowed)
    elif scope["method"] != "GET":
        await _answer(send, 204 if scope["method"] == "OPTIONS" else 405, allowed)
    else:
        asked = parse_qs(scope["query_string"].decode("latin-1"))
        try:
            listener = listener_of(asked.get("token", [""])[0])
        except signing.BadSignature:
            await _answer(send, 403, allowed)
            return
        resumed = headers.get("last-event-id", "") or asked.get("last", [""])[0]
        after = int(resumed) if resumed.isdecimal() else listener.since
        await _stream(Page(listener), after, allowed, receive, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            hub.ensure_listening()
            await send({"type": "lifespan.startup.complete"})
        else:
            hub.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return


def _cross_origin(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    """Pages of the same host on another port, and FRONTSTAGE_ORIGINS, may read us. No cookie is ever looked
    at."""
    origin = headers.get("origin", "")
    same_host = urlsplit(origin).hostname == urlsplit(f"//{headers.get('host', '')}").hostname
    if not origin or not (same_host or origin in settings.CSRF_TRUSTED_ORIGINS):
        return [(b"vary", b"origin")]
    return [(b"vary", b"origin"), (b"access-control-allow-origin", origin.encode("latin-1"))]


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def _stream(
    page: Page, after: int, headers: list[tuple[bytes, bytes]], receive: Receive, send: Send
) -> None:
    hub.ensure_listening()
    # Heard from now on, and only then read from the log: nothing can fall between.
    hub.pages.add(page)
    leaving = asyncio.create_task(_left(receive))
    try:
        replay = await _replay(page, after)
        if replay is None:
            await _answer(send, 503, headers)
            return
        await send({"type": "http.response.start", "status": 200, "headers": [*headers, *STREAM_HEADERS]})
        await _tell(send, b"retry: 2000\n\n")
        for event in replay:
            await _tell_once(page, event, send)
        await _follow(page, leaving, send)
    finally:
        hub.pages.discard(page)
        leaving.cancel()


async def _replay(page: Page, after: int) -> list[Announcement] | None:
    """What the page missed; on its first visit only what is newer than itself. None while the log cannot be
    read."""
    try:
        async with await connected() as database:
            events = await missed_events(database, page.listener.audiences, after=after)
    except (psycopg.Error, OSError) as error:
        logger.warning("live: the log cannot be read (%s)", str(error).strip())
        return None
    return [event for event in events if event["id"] > after or after != page.listener.since]


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _follow(page: Page, leaving: asyncio.Task[None], send: Send) -> None:
    """Tell of events as they come, and of being alive when none does, until the page closes."""
    while not leaving.done() and not page.cut_off:
        coming = asyncio.create_task(page.waiting.get())
        await asyncio.wait({coming, leaving}, timeout=HEARTBEAT, return_when=asyncio.FIRST_COMPLETED)
        if coming.done():
            await _tell_once(page, coming.result(), send)
            continue
        coming.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await coming
        if not leaving.done():
            await _tell(send, b": still here\n\n")
    await send({"type": "http.response.body", "body": b""})


async def _tell_once(page: Page, event: Announcement, send: Send) -> None:
    if page.is_new(event):
        await _tell(send, as_server_sent_event(event))


async def _tell(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})
