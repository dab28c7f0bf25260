"""Business time for a span of a year, against businesstimedelta on the same calendar; clocks reckoned per second."""

from __future__ import annotations

import datetime as dt

import businesstimedelta
import pytz

from benchmarks.figures import Figure, per_second, report
from frontstage.commitments.rules import WorkingTime

START = dt.datetime(2026, 1, 5, 10, 17, tzinfo=dt.UTC)
END = START + dt.timedelta(days=365)
HOURS = {day: [["09:00", "12:00"], ["13:30", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


def peer() -> businesstimedelta.Rules:
    def rule(start: dt.time, end: dt.time) -> businesstimedelta.WorkDayRule:
        return businesstimedelta.WorkDayRule(
            start_time=start, end_time=end, working_days=[0, 1, 2, 3, 4], tz=pytz.utc
        )

    return businesstimedelta.Rules([rule(dt.time(9), dt.time(12)), rule(dt.time(13, 30), dt.time(18))])


def main() -> None:
    ours, theirs = WorkingTime(zone="UTC", hours=HOURS, days={}), peer()
    span = theirs.difference(START, END)
    theirs_found = dt.timedelta(hours=span.hours, seconds=span.seconds)
    if ours.between(START, END) != theirs_found:
        raise SystemExit(f"the two disagree: {ours.between(START, END)} and {theirs_found}")
    length = ours.between(START, END)
    measured = per_second(lambda: ours.between(START, END))
    added = per_second(lambda: ours.add(START, length))
    slow = per_second(lambda: theirs.difference(START, END), seconds=3)
    report(
        "business_time",
        [
            Figure(
                "working time between two moments a year apart, against businesstimedelta",
                measured / slow, ">= 1000", measured / slow >= 1000,
                {"ours per second": round(measured), "businesstimedelta per second": round(slow, 2), "results": "equal"},
            ),
            Figure(
                "due times reckoned (a year of working time added), against businesstimedelta's difference",
                added / slow, ">= 1000", added / slow >= 1000, {"due times per second": round(added)},
            ),
        ],
    )  # fmt: skip


if __name__ == "__main__":
    main()
