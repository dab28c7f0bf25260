"""Pure decisions about visits and inspections."""

from __future__ import annotations

import calendar
import datetime as dt

# state -> the states that may follow
FOLLOWS: dict[str, frozenset[str]] = {
    "planned": frozenset({"dispatched", "cancelled"}),
    "dispatched": frozenset({"arrived", "cancelled"}),
    "arrived": frozenset({"done", "nobody_home", "refused"}),
}
OUTCOMES = ("done", "nobody_home", "refused")
LONGEST = dt.timedelta(hours=24)


def may_follow(state: str, after: str) -> bool:
    return state in FOLLOWS.get(after, frozenset())


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months on, or the month's last day where it has no such day (31 Jan + 1 = 28 or 29 Feb)."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def due_after(last_done_on: dt.date, months: int) -> dt.date:
    """When the next inspection is due: counted from the last *completed* one, never from an attempt."""
    return months_later(last_done_on, months)
