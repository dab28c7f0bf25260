"""Reads on clocks. Whoever asks has checked that the subjects may be seen."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Min, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from frontstage.commitments import clocks as life
from frontstage.commitments.definitions import time_of
from frontstage.commitments.models import Clock
from frontstage.foundation.bilingual import in_language


def clocks_of(subject_kind: str, ids: Sequence[int]) -> dict[int, list[Clock]]:
    """The clocks of these subjects, each subject's in the order of its charter."""
    found: dict[int, list[Clock]] = defaultdict(list)
    clocks = (
        Clock.objects.filter(subject_kind=subject_kind, subject_id__in=list(ids))
        .select_related("commitment__calendar")
        .order_by("commitment__position", "id")
    )
    for clock in clocks:
        found[clock.subject_id].append(clock)
    return found


def clock_facts(subject_kind: str, subject_id: int) -> list[dict[str, Any]]:
    """The bare facts of a subject's clocks, for programs: code, state and moments."""
    clocks = Clock.objects.filter(subject_kind=subject_kind, subject_id=subject_id).order_by("id")
    return [dict(row) for row in clocks.values("code", "state", "started_at", "due_at", "stopped_at")]


def earliest_due(subject_kind: str, subject_id: int) -> dt.datetime | None:
    """When the next of the promises still to be kept is due, or was."""
    alive = Clock.objects.filter(
        subject_kind=subject_kind,
        subject_id=subject_id,
        stopped_at=None,
        state__in=[life.RUNNING, life.BREACHED],
    )
    due: dt.datetime | None = alive.aggregate(first=Min("due_at"))["first"]
    return due


def breached_subjects(subject_kind: str, *, code: str) -> QuerySet[Clock, int]:
    """The subjects on which this commitment was broken, for use in a filter."""
    return Clock.objects.filter(subject_kind=subject_kind, code=code, state=life.BREACHED).values_list(
        "subject_id", flat=True
    )


def _short(moment: dt.datetime, now: dt.datetime) -> str:
    local = timezone.localtime(moment)
    if local.date() == timezone.localtime(now).date():
        return f"{local:%H:%M}"
    return f"{date_format(local, 'MONTH_DAY_FORMAT')} {local:%H:%M}"


def _length(length: dt.timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    if minutes < 60:
        return _("%(minutes)d min") % {"minutes": minutes}
    return _("%(hours)d h %(minutes)d min") % {"hours": minutes // 60, "minutes": minutes % 60}


def explanation(clock: Clock, now: dt.datetime) -> str:
    """How this clock came to say what it says, in the reader's language."""
    parts = [_("Started %(at)s") % {"at": _short(clock.started_at, now)}]
    if clock.paused_for:
        parts.append(_("paused %(length)s for the customer") % {"length": _length(clock.paused_for)})
    if clock.replaced_due_at:
        parts.append(_("appointment agreed, was due %(at)s") % {"at": _short(clock.replaced_due_at, now)})
    if clock.state == life.WAIVED:
        parts.append(_("waived: %(reason)s") % {"reason": clock.waived_reason})
    elif clock.state == life.PAUSED and clock.paused_at:
        parts.append(_("waiting for the customer since %(at)s") % {"at": _short(clock.paused_at, now)})
    elif clock.due_at is None:
        parts.append(_("at once: measured, without a limit"))
    else:
        parts.append(_("due %(at)s") % {"at": _short(clock.due_at, now)})
    if clock.stopped_at and clock.took is not None:
        parts.append(
            _("done %(at)s after %(length)s")
            % {"at": _short(clock.stopped_at, now), "length": _length(clock.took)}
        )
    return " · ".join(parts)


def clock_view(clock: Clock, now: dt.datetime) -> dict[str, Any]:
    """What a page shows of a clock: state, label, due, remaining seconds (negative when late), fraction, words."""
    remaining, fraction = None, None
    if clock.due_at is not None and life.is_alive(clock):
        reference = clock.paused_at or now
        remaining = (clock.due_at - reference).total_seconds()
        time = time_of(clock.commitment.calendar)
        whole = time.between(clock.started_at, clock.due_at) - clock.paused_for
        gone = time.between(clock.started_at, reference) - clock.paused_for
        fraction = min(max(gone / whole, 0.0), 1.0) if whole > dt.timedelta(0) else 1.0
    state = clock.state
    if state == life.BREACHED and clock.stopped_at is None:
        state = life.RUNNING  # still owed: it counts up as late
    return {
        "state": str(state),
        "label": in_language(clock.commitment.name),
        "due": clock.due_at,
        "remaining": remaining,
        "fraction": fraction,
        "explanation": explanation(clock, now),
    }
