"""The clocks of a finished case, reckoned with the rules of the house."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from frontstage.commitments.public import Commitment, time_of
from frontstage.demo.course import Course

ZERO = dt.timedelta(0)


@dataclass(frozen=True)
class Reckoned:
    """One clock as it ended."""

    commitment: Commitment
    due_at: dt.datetime | None
    stopped_at: dt.datetime | None
    state: str
    took: dt.timedelta | None

    @property
    def broken(self) -> bool:
        return self.state == "breached"


def reckon(
    commitments: tuple[Commitment, ...], course: Course, *, kind: str, severity: str, start: dt.datetime
) -> Iterator[Reckoned]:
    """Every commitment that applies, with the moment that met it."""
    for commitment in commitments:
        asked: dict[str, Any] = commitment.applies
        if kind not in asked.get("kinds", [kind]) or severity not in asked.get("severities", [severity]):
            continue
        time = time_of(commitment.calendar)
        due = time.add(start, commitment.within) if commitment.within else None
        met = _met_at(commitment, course)
        if met is None:
            yield Reckoned(commitment, due, None, "waived", None)
        else:
            late = due is not None and met > due
            yield Reckoned(commitment, due, met, "breached" if late else "met", time.between(start, met))


def _met_at(commitment: Commitment, course: Course) -> dt.datetime | None:
    """The first moment that meets it; None where the road waives it."""
    if course.waived:
        return None
    moments = [course.reached(on[6:]) for on in commitment.met_on if on.startswith("state:")]
    if "case.replied" in commitment.met_on:
        moments.append(course.replied_at)
    return min((moment for moment in moments if moment is not None), default=None)
