"""The life of a clock, as pure changes on a clock in hand: nothing is read or saved here."""

from __future__ import annotations

import datetime as dt

from frontstage.commitments.definitions import time_of
from frontstage.commitments.models import Clock

RUNNING, PAUSED, MET, BREACHED, WAIVED = Clock.State
ALIVE = (RUNNING, PAUSED, BREACHED)


def is_alive(clock: Clock) -> bool:
    """Whether what was promised has still to happen."""
    return clock.stopped_at is None and clock.state != WAIVED


def pause(clock: Clock, *, now: dt.datetime) -> bool:
    """Stop counting while we wait for the customer. A breach stays one."""
    if clock.state != RUNNING or overdue(clock, now=now):
        return False
    clock.state, clock.paused_at = PAUSED, now
    return True


def resume(clock: Clock, *, now: dt.datetime) -> bool:
    """Count on; the due time moves by the working time that was left."""
    if clock.state != PAUSED or clock.paused_at is None:
        return False
    time = time_of(clock.commitment.calendar)
    if clock.due_at is not None:
        left = max(time.between(clock.paused_at, clock.due_at), dt.timedelta(0))
        clock.due_at = time.add(now, left)
    clock.paused_for += time.between(clock.paused_at, now)
    clock.state, clock.paused_at = RUNNING, None
    return True


def overdue(clock: Clock, *, now: dt.datetime) -> bool:
    """The one definition of a broken promise: later than due, by however little. Exactly due is kept."""
    return clock.due_at is not None and now > clock.due_at


def stop(clock: Clock, *, now: dt.datetime) -> None:
    """What was promised has happened: met in time, or breached at the moment it was due."""
    if clock.state == PAUSED:
        resume(clock, now=now)
    time = time_of(clock.commitment.calendar)
    clock.stopped_at = now
    clock.took = time.between(clock.started_at, now) - clock.paused_for
    if clock.state == BREACHED:
        return
    if overdue(clock, now=now):
        breach(clock, now=now)
    else:
        clock.state = MET


def breach(clock: Clock, *, now: dt.datetime) -> None:
    """Broken at the moment it was due, whenever that is noticed."""
    clock.state, clock.breached_at, clock.breach_noticed_at = BREACHED, clock.due_at, now


def waive(clock: Clock, *, reason: str, by_id: int | None) -> None:
    clock.state, clock.waived_reason, clock.waived_by_id = WAIVED, reason[:300], by_id
    clock.paused_at = None
