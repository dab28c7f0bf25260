"""Answer rate and service level of a telephone queue, in the four formulas that the market uses."""

from __future__ import annotations

from dataclasses import dataclass

from frontstage.measure.errors import MeasureError


@dataclass(frozen=True)
class CallCounts:
    """Calls of a period: answered (``answered_in_time`` of them within T), abandoned (likewise)."""

    answered: int
    answered_in_time: int
    abandoned: int
    abandoned_in_time: int

    def __post_init__(self) -> None:
        pairs = ((self.answered_in_time, self.answered), (self.abandoned_in_time, self.abandoned))
        if any(not 0 <= part <= whole for part, whole in pairs):
            raise MeasureError(
                "call_counts",
                "The calls within the time are not between 0 and all calls.",
                "Correct the counts.",
            )

    @property
    def offered(self) -> int:
        """All calls that asked to be answered."""
        return self.answered + self.abandoned

    @property
    def answer_rate(self) -> float | None:
        """Answered / offered; None without calls."""
        return self.answered / self.offered if self.offered else None


@dataclass(frozen=True)
class ServiceLevels:
    """One period by the four formulas (shares, None where the denominator is 0). State which one you report.

    With 90 answered (72 in time) and 10 abandoned (4 in time): 0.76, 0.80, 0.72, 0.75.
    """

    abandons_count_as_met: float | None  # (answered in T + abandoned in T) / offered
    of_answered: float | None  # answered in T / answered
    of_offered: float | None  # answered in T / offered
    early_abandons_left_out: float | None  # answered in T / (offered − abandoned in T)


def service_levels(calls: CallCounts) -> ServiceLevels:
    """The four formulas on the same calls, as call centres use them side by side; none is a standard's.

    Source: a trade site's comparison (51callcenter.com, article 63539).
    """
    in_time = calls.answered_in_time
    return ServiceLevels(
        abandons_count_as_met=_share(in_time + calls.abandoned_in_time, calls.offered),
        of_answered=_share(in_time, calls.answered),
        of_offered=_share(in_time, calls.offered),
        early_abandons_left_out=_share(in_time, calls.offered - calls.abandoned_in_time),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
