"""Estimates with their intervals as rows: priorities, the index of each factor, groups, and gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from frontstage.assess.report.map import round_steps, step_digits
from frontstage.assess.report.picture import Box, Dot, Line, Picture, Text, text_width, wrapped
from frontstage.assess.words import number

ROW, TOP, AXIS = 34.0, 8.0, 30.0


@dataclass(frozen=True)
class Mark:
    """One value of a row; without ``low`` and ``high`` it has no interval."""

    value: float
    low: float | None = None
    high: float | None = None
    role: str = "brand"
    hollow: bool = False


@dataclass(frozen=True)
class Row:
    label: str
    marks: tuple[Mark, ...]
    figure: str = ""
    note: str = ""


@dataclass(frozen=True)
class Span:
    """The scale of a chart from ``low`` to ``high``, drawn between two places."""

    low: float
    high: float
    left: float
    right: float

    def at(self, value: float) -> float:
        inside = min(max(value, self.low), self.high)
        return self.left + (inside - self.low) / (self.high - self.low) * (self.right - self.left)


def span_of(rows: Sequence[Row], left: float, right: float, zero: bool = False) -> Span:
    """Wide enough for every mark and interval; ``zero`` takes zero in."""
    values = [v for row in rows for m in row.marks for v in (m.value, m.low, m.high) if v is not None]
    values += [0.0] if zero or not values else []
    low, high = min(values), max(values)
    room = (high - low) * 0.05 or 1.0
    low = low if zero and low == 0 else low - room
    return Span(low, high if zero and high == 0 else high + room, left, right)


def bars(title: str, rows: Sequence[Row], width: float = 760, label: float = 250) -> Picture:
    """Bars from zero, the interval as a whisker, the figure at the right."""
    picture, span = _frame(title, rows, width, label, True)
    zero = span.at(0)
    for i, row in enumerate(rows):
        y = TOP + i * ROW + ROW / 2
        for mark in row.marks[:1]:
            x = span.at(mark.value)
            picture.add(Box(min(zero, x), y - 8, abs(x - zero), 16, mark.role, "", 2))
            _whisker(picture, mark, span, y, "ink")
    picture.add(Line(((zero, TOP), (zero, TOP + len(rows) * ROW)), "muted"))
    return picture


def dots(
    title: str, rows: Sequence[Row], width: float = 760, label: float = 250, joined: bool = False
) -> Picture:
    """Dots with whiskers; ``joined`` draws a line between a row's first two dots."""
    picture, span = _frame(title, rows, width, label, False)
    for i, row in enumerate(rows):
        y = TOP + i * ROW + ROW / 2
        if joined and len(row.marks) > 1:
            ends = tuple((span.at(mark.value), y) for mark in row.marks[:2])
            picture.add(Line(ends, row.marks[1].role, 4))
        for place, mark in enumerate(row.marks):
            # Several intervals in a row stand one below the other, or they would hide each other.
            apart = 0.0 if joined or len(row.marks) == 1 else (place - (len(row.marks) - 1) / 2) * 9
            _whisker(picture, mark, span, y + apart, mark.role)
            picture.add(Dot(span.at(mark.value), y + apart, 5.5, mark.role, mark.hollow))
    return picture


def _whisker(picture: Picture, mark: Mark, span: Span, y: float, role: str) -> None:
    if mark.low is None or mark.high is None:
        return
    low, high = span.at(mark.low), span.at(mark.high)
    picture.add(Line(((low, y), (high, y)), role, 1.5))
    picture.add(*(Line(((x, y - 4), (x, y + 4)), role, 1.5) for x in (low, high)))


def _frame(title: str, rows: Sequence[Row], width: float, label: float, zero: bool) -> tuple[Picture, Span]:
    figures = max((text_width(row.figure, 13, True) for row in rows), default=0)
    label = min(label, max((text_width(row.label, 13) for row in rows), default=0) + 18)
    span = span_of(rows, label, width - figures - 22, zero)
    bottom = TOP + len(rows) * ROW
    picture = Picture(width, bottom + AXIS, title)
    ticks = round_steps(span.low, span.high, 8)
    for tick in ticks:
        picture.add(Line(((span.at(tick), TOP), (span.at(tick), bottom)), "soft"))
        picture.add(Text(span.at(tick), bottom + 18, number(tick, step_digits(ticks)), 12, "muted", "middle"))
    for i, row in enumerate(rows):
        y = TOP + i * ROW + ROW / 2
        lines = wrapped(row.label, 13, label - 14)
        for j, line in enumerate(lines):
            picture.add(Text(label - 14, y + 4.5 + (j - (len(lines) - 1) / 2) * 15, line, 13, "ink", "end"))
        picture.add(Text(width - 6, y + 4.5, row.figure, 13, "ink", "end", True))
    return picture, span
