"""How a case of the story runs: when it passes which state. Pure and deterministic: chance in, moments out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)
# Cases by kind, in a hundred.
KINDS = {
    "gas_leak": 12,
    "appliance_repair": 36,
    "network_fault": 5,
    "complaint": 8,
    "inquiry": 20,
    "service_request": 13,
    "suggestion": 3,
    "praise": 3,
}
REPAIRS = {"gas_leak", "appliance_repair", "network_fault"}


@dataclass(frozen=True)
class Course:
    """The states passed with their moments, in order, and the transition that led to each."""

    steps: tuple[tuple[str, str, dt.datetime], ...]  # (transition, state, moment)
    replied_at: dt.datetime | None
    waived: str = ""  # the name of the step that waives the promises

    @property
    def last_state(self) -> str:
        return self.steps[-1][1]

    @property
    def ended_at(self) -> dt.datetime:
        return self.steps[-1][2]

    def reached(self, state: str) -> dt.datetime | None:
        return next((moment for _, passed, moment in self.steps if passed == state), None)


def slowness(chance: Random, *, district: str, moment: dt.datetime) -> float:
    """How much longer things take: North Gate in winter is short of hands."""
    winter = moment.month in (12, 1, 2)
    factor = {"northgate": 1.25, "oldtown": 1.1, "hightech": 0.85}.get(district, 1.0)
    if winter:
        factor *= 2.1 if district == "northgate" else 1.2
    return factor * chance.lognormvariate(0, 0.35)


def _between(chance: Random, low: float, high: float) -> float:
    return low + (high - low) * chance.betavariate(1.6, 3)


def course_of(chance: Random, *, kind: str, severity: str, district: str, start: dt.datetime) -> Course:
    """The course of a case that began at ``start``."""
    slow = slowness(chance, district=district, moment=start)
    if kind in REPAIRS:
        return _repair(chance, kind, severity, start, slow)
    if kind == "complaint":
        return _complaint(chance, start, slow)
    return _simple(chance, kind, start, slow)


def _repair(chance: Random, kind: str, severity: str, start: dt.datetime, slow: float) -> Course:
    hurry = 0.45 if kind == "gas_leak" else 0.55 if kind == "network_fault" else 1.0
    draw = chance.random()
    if kind == "appliance_repair" and draw < 0.05:
        out = start + slow * _between(chance, 10, 90) * MINUTE
        said = out + _between(chance, 5, 60) * MINUTE
        target = ("inform", "informed") if draw < 0.03 else ("transfer", "transferred")
        return Course((("exclude", "out_of_scope", out), (*target, said)), said, waived="Out of scope")
    if draw > 0.975:
        gone = start + _between(chance, 5, 60) * MINUTE
        return Course((("cancel", "cancelled", gone),), None, waived="Cancel the case")
    sent = start + slow * hurry * _between(chance, 4, 50) * MINUTE
    arrived = sent + slow * hurry * _between(chance, 15, 150) * MINUTE
    handled = arrived + slow * _between(chance, 10, 110) * MINUTE
    # Most faults are repaired at once; some need a part, a few a second day.
    hard = chance.random()
    more = (
        _between(chance, 5, 60)
        if hard < 0.72
        else _between(chance, 120, 620)
        if hard < 0.95
        else _between(chance, 700, 2600)
    )
    repaired = handled + slow * more * (1.8 if severity == "major" else 1.0) * MINUTE
    verified = repaired + _between(chance, 1, 30) * HOUR
    closed = verified + _between(chance, 5, 300) * MINUTE
    return Course(
        (
            ("dispatch", "dispatched", sent),
            ("arrive", "arrived", arrived),
            ("handle", "handled", handled),
            ("repair", "repaired", repaired),
            ("verify", "verified", verified),
            ("close", "closed", closed),
        ),
        sent,
    )


def _complaint(chance: Random, start: dt.datetime, slow: float) -> Course:
    begun = start + slow * _between(chance, 10, 300) * MINUTE
    decided = begun + slow * _between(chance, 4, 66) * HOUR
    closed = decided + _between(chance, 5, 70) * HOUR
    return Course(
        (
            ("investigate", "investigating", begun),
            ("decide", "decided", decided),
            ("close", "closed", closed),
        ),
        decided,
    )


def _simple(chance: Random, kind: str, start: dt.datetime, slow: float) -> Course:
    begun = start + slow * _between(chance, 10, 200) * MINUTE
    length = _between(chance, 4, 60) if kind == "service_request" else _between(chance, 0.2, 12)
    answered = begun + slow * length * HOUR
    closed = answered + _between(chance, 2, 48) * HOUR
    return Course(
        (("begin", "in_progress", begun), ("answer", "answered", answered), ("close", "closed", closed)),
        answered,
    )
