"""Business time, exactly: working periods as sorted instants with prefix sums, entered by bisection.

Adding or measuring costs two bisections however long the span; nothing steps through minutes.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from zoneinfo import ZoneInfo

UTC = dt.UTC
EPOCH = dt.datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = dt.timedelta(microseconds=1)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Beyond so many years ahead a calendar counts as never open again.
HORIZON_YEARS = 60

Hours = Mapping[str, Sequence[Sequence[str]]]


class NeverOpen(ValueError):
    """The calendar has no working time left in which a duration could pass."""


def _instant(moment: dt.datetime) -> int:
    """Microseconds since 1970 UTC. Refuses a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return (moment - EPOCH) // MICROSECOND


def _moment(instant: int) -> dt.datetime:
    return EPOCH + instant * MICROSECOND


def _wall(day: dt.date, written: str, zone: ZoneInfo) -> int:
    """The instant of a wall-clock time; "24:00" ends the day. Inside a gap of summer time: the gap's end."""
    hour, minute = (int(part) for part in written.split(":"))
    if hour == 24:
        day, hour = day + dt.timedelta(days=1), 0
    local = dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
    instant = _instant(local.astimezone(UTC))
    if _moment(instant).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        # The hour does not exist on this day: what was to begin or end in it does so when it is over.
        before, after = local.replace(fold=1).utcoffset(), local.replace(fold=0).utcoffset()
        gap = abs((after or dt.timedelta()) - (before or dt.timedelta()))
        instant = _gap_end(local, zone, gap)
    return instant


def _gap_end(local: dt.datetime, zone: ZoneInfo, gap: dt.timedelta) -> int:
    """The first instant after a gap that the wall time falls into, by bisection on the offset."""
    low = _instant((local - gap).astimezone(UTC)) - 3 * 3600 * 10**6
    high = _instant((local + gap).astimezone(UTC)) + 3 * 3600 * 10**6
    start = _moment(low).astimezone(zone).utcoffset()
    while high - low > 1:
        middle = (low + high) // 2
        if _moment(middle).astimezone(zone).utcoffset() == start:
            low = middle
        else:
            high = middle
    return high


class WorkingTime:
    """A calendar's working time. Immutable to its users; the known span of years grows by itself.

    ``hours``: periods a weekday ("mon" ... "sun") as ["09:00", "12:00"]; ``days``: the same for single dates
    ("2026-10-01": [] closed, "2026-10-10": [...] an exchanged working day). All wall-clock times of ``zone``.
    """

    def __init__(self, *, zone: str, hours: Hours, days: Hours, round_the_clock: bool = False) -> None:
        self.zone = ZoneInfo(zone)
        self.round_the_clock = round_the_clock
        self._hours = {name: tuple(tuple(p) for p in hours.get(name, ())) for name in WEEKDAYS}
        self._days = {day: tuple(tuple(p) for p in periods) for day, periods in days.items()}
        self._span = (0, 0)
        # (starts, ends, working microseconds before each start, and the same with the total at the end)
        self._table: tuple[list[int], list[int], list[int]] = ([], [], [0])

    def periods_on(self, day: dt.date) -> tuple[tuple[str, ...], ...]:
        """The working periods of a date, as written."""
        return self._days.get(day.isoformat(), self._hours[WEEKDAYS[day.weekday()]])

    def is_open(self, moment: dt.datetime) -> bool:
        if self.round_the_clock:
            return True
        at = _instant(moment)
        starts, ends, _ = self._covering(at, at)
        index = bisect_right(starts, at) - 1
        return index >= 0 and at < ends[index]

    def between(self, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
        """Working time from start to end; negative when end lies before start."""
        if self.round_the_clock:
            return end - start
        one, other = _instant(start), _instant(end)
        table = self._covering(min(one, other), max(one, other))
        return (self._before(other, table) - self._before(one, table)) * MICROSECOND

    def add(self, start: dt.datetime, duration: dt.timedelta) -> dt.datetime:
        """The earliest moment at which the working time has passed: the end of a period, not the next one's start.

        Raises NeverOpen, and ValueError for a negative duration.
        """
        if duration < dt.timedelta(0):
            raise ValueError("a negative duration")
        if self.round_the_clock:
            return start + duration
        at = _instant(start)
        if duration == dt.timedelta(0):
            return start
        years = 1
        while years <= HORIZON_YEARS:
            table = self._covering(at, at + years * 366 * 24 * 3600 * 10**6)
            starts, _, totals = table
            wanted = self._before(at, table) + duration // MICROSECOND
            if wanted <= totals[-1]:
                index = bisect_left(totals, wanted) - 1
                return _moment(starts[index] + wanted - totals[index])
            years *= 4
        raise NeverOpen(f"no {duration} of working time within {HORIZON_YEARS} years of {start}")

    def _before(self, at: int, table: tuple[list[int], list[int], list[int]]) -> int:
        starts, ends, totals = table
        index = bisect_right(starts, at) - 1
        if index < 0:
            return 0
        return totals[index] + min(at, ends[index]) - starts[index]

    def _covering(self, first: int, last: int) -> tuple[list[int], list[int], list[int]]:
        """The table, grown where the years asked for lie outside of it. Replaced whole: safe among threads."""
        low, high = _moment(first).year - 1, _moment(last).year + 1
        if self._span[0] <= low and high < self._span[1]:
            return self._table
        begin = min(low, self._span[0] or low)
        end = max(high + 1, self._span[1])
        table = self._build(begin, end)
        self._table, self._span = table, (begin, end)
        return table

    def _build(self, begin: int, end: int) -> tuple[list[int], list[int], list[int]]:
        starts: list[int] = []
        ends: list[int] = []
        totals = [0]
        day, stop = dt.date(max(begin, 1), 1, 1), dt.date(min(end, 9998), 1, 1)
        while day < stop:
            for opening, closing in self.periods_on(day):
                start, finish = _wall(day, opening, self.zone), _wall(day, closing, self.zone)
                start = max(start, ends[-1]) if ends else start
                if finish > start:
                    starts.append(start)
                    ends.append(finish)
                    totals.append(totals[-1] + finish - start)
            day += dt.timedelta(days=1)
        return starts, ends, totals


@lru_cache(maxsize=256)
def _working_time(zone: str, hours: str, days: str, round_the_clock: bool) -> WorkingTime:
    import json

    return WorkingTime(
        zone=zone, hours=json.loads(hours), days=json.loads(days), round_the_clock=round_the_clock
    )


def working_time(*, zone: str, hours: Hours, days: Hours, round_the_clock: bool = False) -> WorkingTime:
    """The working time of these words; one table for all who ask for the same."""
    import json

    return _working_time(
        zone, json.dumps(hours, sort_keys=True), json.dumps(days, sort_keys=True), round_the_clock
    )
