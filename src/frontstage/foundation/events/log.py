"""Record an act in the transaction that does it; subscribers run in the same transaction, by an explicit list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from frontstage.foundation.actors import Actor
from frontstage.foundation.models import Event


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about: a kind of thing (case, visit, customer ...) and its id."""

    kind: str
    id: int


@cache
def _subscribers(name: str) -> tuple[Callable[[Event, Actor], None], ...]:
    listed = import_module(settings.FRONTSTAGE_COMPOSITION).SUBSCRIBERS.get(name, ())
    return tuple(import_string(path) for path in listed)


def _row(
    name: str,
    at: dt.datetime,
    actor: Actor,
    subject: Subject,
    customer_id: int | None,
    data: Mapping[str, Any] | None,
    audience: Iterable[str],
) -> Event:
    return Event(
        name=name,
        at=at,
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_label=actor.label,
        origin=actor.origin,
        address=actor.address,
        subject_kind=subject.kind,
        subject_id=subject.id,
        customer_id=customer_id,
        data=dict(data or {}),
        audience=list(audience),
    )


def record(
    name: str,
    *,
    now: dt.datetime,
    actor: Actor,
    subject: Subject,
    customer_id: int | None = None,
    data: Mapping[str, Any] | None = None,
    audience: Iterable[str] = (),
) -> Event:
    """Append one event and let its subscribers react. Must run inside the transaction of the act itself.

    ``name`` is module-like and past tense ("case.opened"). ``audience`` lists who hears of it live
    ("staff", "team:3", "case:17", "user:5"); empty: nobody. ``data`` is JSON and says what changed.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{name} was recorded outside a transaction")
    event = _row(name, now, actor, subject, customer_id, data, audience)
    event.save(force_insert=True)
    for react in _subscribers(name):
        react(event, actor)
    return event


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event still to be recorded; the fields are those of record()."""

    name: str
    at: dt.datetime
    actor: Actor
    subject: Subject
    customer_id: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    audience: tuple[str, ...] = ()


def record_all(events: Sequence[NewEvent]) -> None:
    """Append several events in one statement, then let the subscribers of each react, in order."""
    if not events:
        return
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{events[0].name} was recorded outside a transaction")
    rows = Event.objects.bulk_create(
        [_row(e.name, e.at, e.actor, e.subject, e.customer_id, e.data, e.audience) for e in events]
    )
    for row, event in zip(rows, events, strict=True):
        for react in _subscribers(event.name):
            react(row, event.actor)


def history(*, subject: Subject) -> QuerySet[Event]:
    """All that happened to one thing, oldest first. The caller has checked that it may be seen."""
    return Event.objects.filter(subject_kind=subject.kind, subject_id=subject.id).order_by("at", "id")
