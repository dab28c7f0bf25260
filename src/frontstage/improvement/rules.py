"""Pure decisions about initiatives: what each stage asks for, and what a re-measurement proves."""

from __future__ import annotations

from typing import Any

# Fewer answers on a side than this and nothing is compared (an organisation's choice; stated on the page).
FEWEST_ANSWERS = 10
ROAD = ("plan", "do", "check", "act", "closed")


def next_stage(stage: str) -> str | None:
    """The stage that follows, None at the end."""
    index = ROAD.index(stage) if stage in ROAD else len(ROAD)
    return ROAD[index + 1] if index + 1 < len(ROAD) else None


def verdict(remeasurement: dict[str, Any]) -> str:
    """What the difference after minus before proves at 95 %: "better", "worse", or "unproven"."""
    low, high = remeasurement.get("low"), remeasurement.get("high")
    if low is not None and low > 0:
        return "better"
    if high is not None and high < 0:
        return "worse"
    return "unproven"
