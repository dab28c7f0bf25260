"""Business time: exact at every boundary, against a slow and obvious reckoner, in zones that shift their clocks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from frontstage.commitments.rules import NeverOpen, WorkingTime

SHANGHAI, PARIS = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Paris")
HOUR, MINUTE, DAY = dt.timedelta(hours=1), dt.timedelta(minutes=1), dt.timedelta(days=1)
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
LUNCH = [["09:00", "12:00"], ["13:30", "18:00"]]
GAS = yaml.safe_load(
    (Path(__file__).resolve().parents[2] / "src/frontstage/charters/library/gas_supply.yaml").read_text(
        "utf-8"
    )
)


def office(zone: str = "Asia/Shanghai", days: dict[str, list[list[str]]] | None = None) -> WorkingTime:
    return WorkingTime(zone=zone, hours=dict.fromkeys(WORKDAYS, LUNCH), days=days or {})


def china() -> WorkingTime:
    calendar = next(c for c in GAS["calendars"] if c["code"] == "office")
    return WorkingTime(zone=calendar["time_zone"], hours=calendar["hours"], days=calendar["days"])


def at(written: str, zone: ZoneInfo = SHANGHAI, fold: int = 0) -> dt.datetime:
    return dt.datetime.fromisoformat(written).replace(tzinfo=zone, fold=fold).astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-11-23 09:00", 3, "2026-11-23 12:00"),  # to the end of a period, not the next one's start
        ("2026-11-23 11:00", 2, "2026-11-23 14:30"),  # over lunch
        ("2026-11-23 12:30", 1, "2026-11-23 14:30"),  # begun at lunch
        ("2026-11-23 17:00", 2, "2026-11-24 10:00"),  # overnight
        ("2026-11-27 17:30", 1, "2026-11-30 09:30"),  # over the weekend
        ("2026-11-28 10:00", 7.5, "2026-11-30 18:00"),  # begun on Saturday: a whole Monday
        ("2026-11-30 17:00", 2, "2026-12-01 10:00"),  # month's end
        ("2028-02-28 17:00", 2, "2028-02-29 10:00"),  # leap day, a Tuesday
        ("2026-12-31 17:00", 2, "2027-01-01 10:00"),  # year's end, where no holiday is declared
    ],
)
def test_a_due_time_counts_working_hours_only(start: str, hours: float, due: str) -> None:
    time = office()
    assert time.add(at(start), hours * HOUR) == at(due)
    assert time.between(at(start), at(due)) == hours * HOUR


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        (
            "2026-09-30 17:00",
            1,
            "2026-10-08 09:00",
        ),  # half an hour, then National Day's week, then half an hour
        ("2026-10-09 17:00", 1, "2026-10-10 09:00"),  # Saturday 10 October is an exchanged working day
        ("2026-02-13 17:00", 1, "2026-02-14 09:00"),  # Saturday before Spring Festival works
        ("2026-02-14 17:00", 1, "2026-02-24 09:00"),  # and then nothing until the 24th
        ("2026-05-09 08:00", 7.5, "2026-05-09 17:30"),  # a whole exchanged Saturday
    ],
)
def test_chinas_holidays_and_exchanged_days_count_as_declared(start: str, hours: float, due: str) -> None:
    assert china().add(at(start), hours * HOUR) == at(due)


def test_round_the_clock_counts_every_hour() -> None:
    always = WorkingTime(zone="Asia/Shanghai", hours={}, days={}, round_the_clock=True)
    assert always.add(at("2028-02-28 23:00"), 24 * HOUR) == at("2028-02-29 23:00")
    assert always.is_open(at("2026-10-01 03:00"))


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-03-28 20:00", "2026-03-29 09:00"),  # 2 to 3 o'clock does not exist: 12 h end an hour later
        ("2026-10-24 20:00", "2026-10-25 07:00"),  # 2 to 3 o'clock happens twice
    ],
)
def test_summer_time_is_neither_lost_nor_given(start: str, due: str) -> None:
    nights = WorkingTime(zone="Europe/Paris", hours={day: [["00:00", "24:00"]] for day in (*WORKDAYS, "sat", "sun")}, days={})  # fmt: skip
    assert nights.add(at(start, PARIS), 12 * HOUR) == at(due, PARIS)
    assert nights.between(at(start, PARIS), at(due, PARIS)) == 12 * HOUR


def test_a_period_that_begins_inside_the_missing_hour_begins_when_it_is_over() -> None:
    early = WorkingTime(zone="Europe/Paris", hours={"sun": [["02:30", "04:00"]]}, days={})
    assert early.between(at("2026-03-29 00:00", PARIS), at("2026-03-29 12:00", PARIS)) == HOUR


def test_office_hours_in_paris_keep_their_wall_clock_over_the_change() -> None:
    time = office("Europe/Paris")
    assert time.add(at("2026-10-23 17:00", PARIS), 2 * HOUR) == at("2026-10-26 10:00", PARIS)


@pytest.mark.parametrize(
    ("defect", "start", "length", "due"),
    [
        ("due at midnight though a calendar applies", "2026-11-23 09:00", 7.5 * HOUR, "2026-11-23 18:00"),
        ("lunch counted as work", "2026-11-23 11:59", 2 * MINUTE, "2026-11-23 13:31"),
        ("ten minutes over a weekend told as days", "2026-11-27 17:55", 10 * MINUTE, "2026-11-30 09:05"),
    ],
)
def test_the_published_defects_of_help_desks_do_not_occur(defect: str, start: str, length: dt.timedelta, due: str) -> None:  # fmt: skip
    time = office()
    assert time.add(at(start), length) == at(due), defect
    assert time.between(at(start), at(due)) == length


def test_a_calendar_that_never_opens_says_so() -> None:
    closed = WorkingTime(zone="UTC", hours={}, days={})
    with pytest.raises(NeverOpen):
        closed.add(at("2026-01-01 00:00"), HOUR)
    assert closed.between(at("2026-01-01 00:00"), at("2027-01-01 00:00")) == dt.timedelta(0)
    once = WorkingTime(zone="UTC", hours={}, days={"2026-01-02": [["09:00", "10:00"]]})
    with pytest.raises(NeverOpen):
        once.add(at("2026-01-01 00:00"), 2 * HOUR)


def test_microseconds_are_kept() -> None:
    time, instant = office(), at("2026-11-23 11:59") + dt.timedelta(seconds=59, microseconds=999_999)
    assert time.add(instant, dt.timedelta(microseconds=2)) == at("2026-11-23 13:30") + dt.timedelta(
        microseconds=1
    )


def test_far_past_and_far_future_cost_no_error() -> None:
    time = office()
    early, late = dt.datetime(1950, 1, 1, tzinfo=dt.UTC), dt.datetime(2090, 1, 1, tzinfo=dt.UTC)
    assert time.between(early, late) > 200_000 * HOUR
    assert time.add(early, 100 * HOUR) > early


def slowly(time: WorkingTime, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
    """The obvious reckoner: minute by minute, is the office open?"""
    counted, moment = 0, start
    while moment < end:
        local = moment.astimezone(time.zone)
        clock = f"{local:%H:%M}"
        counted += any(opening <= clock < closing for opening, closing in time.periods_on(local.date()))
        moment += MINUTE
    return counted * MINUTE


PERIODS = st.sampled_from(
    [[], [["09:00", "12:00"]], LUNCH, [["00:00", "24:00"]], [["22:15", "24:00"]], [["01:30", "03:15"], ["04:00", "05:00"]]]
)  # fmt: skip
CALENDARS = st.builds(
    WorkingTime,
    zone=st.sampled_from(["Asia/Shanghai", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "UTC"]),
    hours=st.fixed_dictionaries(dict.fromkeys((*WORKDAYS, "sat", "sun"), PERIODS)),
    days=st.dictionaries(st.sampled_from(["2026-03-29", "2026-10-25", "2026-11-01", "2026-04-05", "2026-10-04"]), PERIODS),
)  # fmt: skip
MOMENTS = st.sampled_from(["2026-03-27", "2026-10-23", "2026-10-30", "2026-04-03", "2026-10-02"]).flatmap(
    lambda day: st.integers(0, 3 * 24 * 60).map(lambda m: at(day, ZoneInfo("UTC")) + m * MINUTE)
)


@settings(max_examples=150, deadline=None)
@given(CALENDARS, MOMENTS, st.integers(0, 3 * 24 * 60))
def test_it_agrees_with_the_obvious_reckoner(time: WorkingTime, start: dt.datetime, minutes: int) -> None:
    end = start + minutes * MINUTE
    assert time.between(start, end) == slowly(time, start, end)


@settings(max_examples=200, deadline=None)
@given(CALENDARS, MOMENTS, st.integers(1, 5 * 24 * 3600))
def test_adding_and_measuring_undo_each_other(time: WorkingTime, start: dt.datetime, seconds: int) -> None:
    length = dt.timedelta(seconds=seconds)
    try:
        due = time.add(start, length)
    except NeverOpen:
        return
    assert time.between(start, due) == length
    assert time.between(due, start) == -length
    assert time.between(start, due - dt.timedelta(microseconds=1)) < length  # the earliest such moment


@settings(max_examples=100, deadline=None)
@given(CALENDARS, MOMENTS, st.integers(0, 10**6), st.integers(0, 10**6))
def test_spans_add_up(time: WorkingTime, start: dt.datetime, one: int, other: int) -> None:
    middle = start + dt.timedelta(seconds=one)
    end = middle + dt.timedelta(seconds=other)
    assert time.between(start, middle) + time.between(middle, end) == time.between(start, end)
