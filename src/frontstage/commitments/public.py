"""The door to commitments."""

from frontstage.commitments.actions import (
    ClockSubject,
    advance_clocks,
    hand_over,
    keep_new_clocks,
    new_clock,
    new_clocks,
    notice_breaches,
    replace_due,
    waive_clock,
    waive_running,
)
from frontstage.commitments.clocks import overdue
from frontstage.commitments.definitions import commitments_of, install, time_of
from frontstage.commitments.models import Calendar, Clock, Commitment
from frontstage.commitments.queries import breached_subjects, clock_facts, clock_view, clocks_of, earliest_due
from frontstage.commitments.rules import NeverOpen, WorkingTime, working_time

__all__ = [
    "Calendar",
    "Clock",
    "ClockSubject",
    "Commitment",
    "NeverOpen",
    "WorkingTime",
    "advance_clocks",
    "breached_subjects",
    "clock_facts",
    "clock_view",
    "clocks_of",
    "commitments_of",
    "earliest_due",
    "hand_over",
    "install",
    "keep_new_clocks",
    "new_clock",
    "new_clocks",
    "notice_breaches",
    "overdue",
    "replace_due",
    "time_of",
    "waive_clock",
    "waive_running",
    "working_time",
]
