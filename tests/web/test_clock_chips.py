"""A running promise is told by words and an icon."""

from __future__ import annotations

from typing import Any

import pytest

from frontstage.web.clocks import chip

DUE = "2026-11-23T12:00:00Z"


def view(state: str = "running", **more: Any) -> dict[str, Any]:
    import datetime as dt

    due = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    base = {
        "state": state,
        "label": "Repair",
        "due": due,
        "remaining": 3600,
        "fraction": 0.2,
        "explanation": "",
    }
    return {**base, **more}


@pytest.mark.parametrize(
    ("seen", "tone", "words"),
    [
        (view(), "running", "1 h left"),
        (view(fraction=0.8), "soon", "1 h left"),
        (view(remaining=-90, fraction=1.1), "late", "1 min late"),
        (view(due=None, remaining=None), "running", "at once"),
        (view("paused"), "paused", "paused"),
        (view("met"), "kept", "kept"),
        (view("breached"), "missed", "missed"),
        (view("waived"), "waived", "waived"),
    ],
)
def test_a_chip_says_its_state_in_words(seen: dict[str, Any], tone: str, words: str) -> None:
    drawn = chip(seen)
    assert (drawn["tone"], drawn["words"]) == (tone, words)


def test_only_a_running_clock_with_a_due_time_counts_in_the_browser() -> None:
    assert chip(view())["due"] is not None
    assert chip(view("met"))["due"] is None
    assert chip(view(due=None, remaining=None))["due"] is None
