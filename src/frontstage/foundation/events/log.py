"""Record an act in the transaction that does it; subscribers run in the same transaction, by an explicit list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
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
    event = Event.objects.create(
        name=name,
        at=now,
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
    for react in _subscribers(name):
        react(event, actor)
    return event


def history(*, subject: Subject) -> QuerySet[Event]:
    """All that happened to one thing, oldest first. The caller has checked that it may be seen."""
    return Event.objects.filter(subject_kind=subject.kind, subject_id=subject.id).order_by("at", "id")
