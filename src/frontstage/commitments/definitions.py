"""The commitments of an edition, kept in the process: definitions never change once installed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import transaction

from frontstage.commitments.models import Calendar, Commitment
from frontstage.commitments.rules import WorkingTime, working_time


@lru_cache(maxsize=64)
def _kept(edition: str) -> tuple[Commitment, ...]:
    found = Commitment.objects.filter(edition=edition).select_related("calendar").order_by("position", "id")
    return tuple(found)


def commitments_of(edition: str) -> tuple[Commitment, ...]:
    """All commitments of the edition with their calendars, in order."""
    found = _kept(edition)
    if not found:  # perhaps installed since: an empty answer is never kept
        _kept.cache_clear()
        found = _kept(edition)
    return found


def forget() -> None:
    """Read definitions anew (after an installation, and between tests)."""
    _kept.cache_clear()


def time_of(calendar: Calendar) -> WorkingTime:
    return working_time(
        zone=calendar.time_zone,
        hours=calendar.hours,
        days=calendar.days,
        round_the_clock=calendar.round_the_clock,
    )


@transaction.atomic
def install(
    *, edition: str, calendars: Sequence[Mapping[str, Any]], commitments: Sequence[Mapping[str, Any]]
) -> None:
    """Install an edition's calendars and commitments; again for the same edition changes nothing.

    A commitment names its calendar by code; ``within`` is a timedelta, seconds, or None for "at once".
    """
    kept = {}
    for calendar in calendars:
        values = {key: calendar[key] for key in ("name", "time_zone")}
        for key, empty in (("round_the_clock", False), ("hours", {}), ("days", {})):
            values[key] = calendar.get(key, empty)
        kept[calendar["code"]], _ = Calendar.objects.update_or_create(
            edition=edition, code=calendar["code"], defaults=values
        )
    for position, commitment in enumerate(commitments):
        within = commitment.get("within")
        if isinstance(within, (int, float)):
            within = dt.timedelta(seconds=within)
        Commitment.objects.update_or_create(
            edition=edition,
            code=commitment["code"],
            defaults={
                "name": commitment["name"],
                "audience": commitment["audience"],
                "subject_kind": commitment.get("subject_kind", "case"),
                "applies": commitment.get("applies", {}),
                "starts_on": commitment["starts_on"],
                "met_on": list(commitment["met_on"]),
                "pauses_in": list(commitment.get("pauses_in", [])),
                "within": within,
                "calendar": kept[commitment["calendar"]],
                "replaceable": commitment.get("replaceable", False),
                "escalations": commitment.get("escalations", []),
                "source": commitment.get("source", ""),
                "position": commitment.get("position", position),
            },
        )
    forget()
