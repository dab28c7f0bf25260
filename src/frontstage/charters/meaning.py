"""What a charter's parts say of each other: names that exist, sums that are right, periods that do not overlap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.dateparse import parse_duration

from frontstage.foundation.placed_yaml import Path, Problem, Reading

CASE_EVENTS = {
    "case.opened",
    "case.taken",
    "case.replied",
    "case.customer_wrote",
    "case.transitioned",
    "visit.planned",
    "visit.dispatched",
    "visit.arrived",
    "visit.handled",
    "visit.finished:done",
    "visit.finished:nobody_home",
    "visit.finished:refused",
    "visit.finished:cancelled",
}
LISTS = ("districts", "teams", "care_reasons", "calendars", "kinds", "commitments", "inspection_cycles")


def codes(reading: Reading, part: str) -> list[str]:
    """The codes of a list of the charter."""
    entries = reading.data.get(part) or []
    return [
        entry["code"] for entry in entries if isinstance(entry, dict) and isinstance(entry.get("code"), str)
    ]


def meaning_problems(reading: Reading) -> Iterator[Problem]:
    if not isinstance(reading.data, dict):
        return
    yield from _dates(reading)
    for part in LISTS:
        yield from twice(reading, (part,), codes(reading, part))
    yield from _references(reading)
    yield from _calendars(reading)
    yield from _commitments(reading)
    yield from _survey(reading)


def names_problem(
    reading: Reading, path: Path, name: Any, known: Sequence[str], what: str
) -> Iterator[Problem]:
    if isinstance(name, str) and name not in known:
        yield reading.problem(
            path, f"There is no {what} “{name}”.", f"Use one of: {', '.join(known) or 'none yet'}."
        )


def twice(reading: Reading, path: Path, found: Sequence[str]) -> Iterator[Problem]:
    for index, code in enumerate(found):
        if code in found[:index]:
            yield reading.problem(
                (*path, index), f"The code “{code}” is used twice.", "Give one of them another code."
            )


def _dates(reading: Reading) -> Iterator[Problem]:
    days: dict[str, dt.date] = {}
    for name in ("effective_from", "effective_to"):
        written = reading.data.get(name)
        if written is None:
            continue
        try:
            days[name] = dt.date.fromisoformat(str(written))
        except ValueError:
            yield reading.problem((name,), f"“{written}” is not a date.", "Write it as 2026-01-31.")
    if len(days) == 2 and days["effective_to"] < days["effective_from"]:
        yield reading.problem(
            ("effective_to",), "The charter ends before it begins.", "Put a later day here."
        )


def _references(reading: Reading) -> Iterator[Problem]:
    districts, teams = codes(reading, "districts"), codes(reading, "teams")
    lifecycles = list(reading.data.get("lifecycles") or {})
    for i, team in enumerate(reading.data.get("teams") or []):
        for j, district in enumerate(team.get("districts") or []):
            yield from names_problem(reading, ("teams", i, "districts", j), district, districts, "district")
    for i, kind in enumerate(reading.data.get("kinds") or []):
        yield from names_problem(
            reading, ("kinds", i, "lifecycle"), kind.get("lifecycle"), lifecycles, "lifecycle"
        )
        if "team_code" in kind:
            yield from names_problem(reading, ("kinds", i, "team_code"), kind["team_code"], teams, "team")
        severities = [entry.get("code") for entry in kind.get("severities") or []]
        yield from twice(reading, ("kinds", i, "severities"), severities)


def _calendars(reading: Reading) -> Iterator[Problem]:
    for i, calendar in enumerate(reading.data.get("calendars") or []):
        try:
            ZoneInfo(calendar["time_zone"])
        except (KeyError, ValueError, OSError):
            yield reading.problem(
                ("calendars", i, "time_zone"),
                f"“{calendar.get('time_zone')}” is not a time zone.",
                "Use an IANA name, such as Asia/Shanghai or Europe/Paris.",
            )
        hours, days = calendar.get("hours") or {}, calendar.get("days") or {}
        if not calendar.get("round_the_clock") and not any(hours.values()) and not any(days.values()):
            yield reading.problem(
                ("calendars", i), "This calendar is never open.", "Give it hours, or round_the_clock: true."
            )
        for part, entries in (("hours", hours), ("days", days)):
            for name, periods in entries.items():
                yield from _periods(reading, ("calendars", i, part, name), periods)
        for day in days:
            try:
                dt.date.fromisoformat(day)
            except ValueError:
                yield reading.problem(
                    ("calendars", i, "days", day), f"{day} is no day.", "Write it as 2026-01-31."
                )


def _periods(reading: Reading, path: Path, periods: Sequence[Sequence[str]]) -> Iterator[Problem]:
    end = "00:00"
    for index, (start, finish) in enumerate(periods):
        if finish <= start:
            yield reading.problem(
                (*path, index), f"{start} to {finish} runs backwards.", "End it after it begins."
            )
        elif start < end:
            yield reading.problem(
                (*path, index), f"{start} to {finish} overlaps the one before.", "Part them."
            )
        end = max(end, finish)


def _states(reading: Reading, kinds: Sequence[str]) -> set[str]:
    """The states that cases of these kinds can be in."""
    lifecycles = reading.data.get("lifecycles") or {}
    wanted = [k for k in reading.data.get("kinds") or [] if not kinds or k.get("code") in kinds]
    return {state for kind in wanted for state in lifecycles.get(kind.get("lifecycle"), {}).get("states", {})}


def _commitments(reading: Reading) -> Iterator[Problem]:
    kinds, calendars = codes(reading, "kinds"), codes(reading, "calendars")
    severities = [
        s.get("code") for kind in reading.data.get("kinds") or [] for s in kind.get("severities") or []
    ]
    for i, promise in enumerate(reading.data.get("commitments") or []):
        at: Path = ("commitments", i)
        applies = promise.get("applies") or {}
        yield from names_problem(reading, (*at, "calendar"), promise.get("calendar"), calendars, "calendar")
        for j, kind in enumerate(applies.get("kinds") or []):
            yield from names_problem(reading, (*at, "applies", "kinds", j), kind, kinds, "kind of case")
        for j, severity in enumerate(applies.get("severities") or []):
            yield from names_problem(
                reading, (*at, "applies", "severities", j), severity, severities, "severity"
            )
        states = _states(reading, applies.get("kinds") or [])
        yield from _happens(reading, (*at, "starts_on"), promise.get("starts_on"), states)
        for j, happening in enumerate(promise.get("met_on") or []):
            yield from _happens(reading, (*at, "met_on", j), happening, states)
        for j, state in enumerate(promise.get("pauses_in") or []):
            yield from names_problem(reading, (*at, "pauses_in", j), state, sorted(states), "state")
        if "within" in promise:
            length = parse_duration(str(promise["within"]))
            if length is None or length <= dt.timedelta(0):
                yield reading.problem(
                    (*at, "within"),
                    f"“{promise['within']}” is no length of time.",
                    "Write hours as PT6H, days as P2D; leave it out for “at once”.",
                )


def _happens(reading: Reading, path: Path, happening: Any, states: set[str]) -> Iterator[Problem]:
    """An event that exists, or a state that a case of these kinds can reach."""
    if not isinstance(happening, str):
        return
    if happening.startswith("state:"):
        yield from names_problem(reading, path, happening[6:], sorted(states), "state")
    elif happening not in CASE_EVENTS:
        known = ", ".join(sorted(CASE_EVENTS))
        yield reading.problem(
            path, f"Nothing called “{happening}” ever happens.", f"Use state:<code> or one of: {known}."
        )


def _survey(reading: Reading) -> Iterator[Problem]:
    survey = reading.data.get("survey")
    if not survey:
        return
    instrument, study = survey["instrument"], survey["study"]
    at: Path = ("survey", "instrument")
    dimensions = [dimension["code"] for dimension in instrument["dimensions"]]
    items = [item["code"] for item in instrument["items"]]
    yield from twice(reading, (*at, "dimensions"), dimensions)
    yield from twice(reading, (*at, "items"), items)
    total = sum(dimension["points"] for dimension in instrument["dimensions"])
    if total != 100:
        yield reading.problem(
            (*at, "dimensions"), f"The points total {total:g}.", "They must total exactly 100."
        )
    if instrument.get("minimum", 1) >= instrument.get("maximum", 7):
        yield reading.problem(
            (*at, "maximum"), "The scale runs backwards.", "The maximum must exceed the minimum."
        )
    for i, item in enumerate(instrument["items"]):
        if item["kind"] == "paired":
            yield from names_problem(
                reading, (*at, "items", i, "dimension"), item.get("dimension", "-"), dimensions, "dimension"
            )
            if "expectation_text" not in item:
                yield reading.problem(
                    (*at, "items", i), "A paired item asks twice.", "Add its expectation_text."
                )
    paired = {item.get("dimension") for item in instrument["items"] if item["kind"] == "paired"}
    for i, dimension in enumerate(dimensions):
        if dimension not in paired:
            yield reading.problem(
                (*at, "dimensions", i),
                f"No item asks about “{dimension}”.",
                "Add a paired item, or remove it.",
            )
    for i, kind in enumerate(study.get("asks_after_kinds") or []):
        yield from names_problem(
            reading, ("survey", "study", "asks_after_kinds", i), kind, codes(reading, "kinds"), "kind of case"
        )
