"""Dates of inspections and the order of a visit's states."""

from __future__ import annotations

import datetime as dt

import pytest

from frontstage.visits.rules import due_after, may_follow


@pytest.mark.parametrize(
    ("done", "months", "due"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 24, "2026-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-11-23", 24, "2028-11-23"),
        ("2026-12-31", 12, "2027-12-31"),
    ],
)
def test_the_next_inspection_is_due_so_many_months_after_the_last_done_one(
    done: str, months: int, due: str
) -> None:
    assert due_after(dt.date.fromisoformat(done), months) == dt.date.fromisoformat(due)


def test_a_visit_moves_forward_only() -> None:
    assert may_follow("dispatched", "planned")
    assert may_follow("nobody_home", "arrived")
    assert not may_follow("arrived", "planned")
    assert not may_follow("done", "dispatched")
    assert not may_follow("arrived", "done")
