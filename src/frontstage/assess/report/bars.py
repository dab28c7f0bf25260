"""Estimates with their intervals as rows: priorities, the index of each factor, groups, and gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from frontstage.assess.report.map import round_steps, step_digits
from frontstage.assess.report.picture import Box, Dot, Line, Picture, Text, text_width, wrapped
from frontstage.assess.words import number

ROW, TOP, AXIS = 34.0, 8.0, 30.0
WIDTHS = {"wide": 1060.0, "narrow": 330.0, "paper": 720.0}


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


def span_of(rows: Sequence[Row], left: float, right: float, zero: bool = False, least: float = 0.0) -> Span:
    """Wide enough for every mark and interval; ``zero`` takes zero in, ``least`` is the least that it covers."""
    values = [v for row in rows for m in row.marks for v in (m.value, m.low, m.high) if v is not None]
    values += [0.0] if zero or not values else []
    low, high = min(values), max(values)
    room = max((high - low) * 0.05, (least - (high - low)) / 2) or 1.0
    low = low if zero and low == 0 else low - room
    return Span(low, high if zero and high == 0 else high + room, left, right)


class _Chart:
    """A picture with an axis; ``size`` "narrow" (a telephone) writes each label above its row, "paper" is for A4."""

    def __init__(self, title: str, rows: Sequence[Row], size: str, zero: bool, least: float = 0.0) -> None:
        self.rows, self.narrow = rows, size == "narrow"
        self.width, self.row = WIDTHS[size], 50.0 if self.narrow else ROW
        figures = max((text_width(row.figure, 13, True) for row in rows), default=0)
        label = min(0.33 * self.width, max((text_width(row.label, 13) for row in rows), default=0) + 20)
        left, right = (8.0, self.width - 8) if self.narrow else (label, self.width - figures - 26)
        self.span = span_of(rows, left, right, zero, least)
        self.bottom = TOP + len(rows) * self.row
        self.picture = Picture(self.width, self.bottom + AXIS, title)
        self._axis()
        for i, row in enumerate(rows):
            self._name(i, row)

    def line(self, i: int) -> float:
        """The height at which a row's marks stand."""
        return TOP + i * self.row + (35 if self.narrow else self.row / 2)

    def _axis(self) -> None:
        ticks = round_steps(self.span.low, self.span.high, 5 if self.narrow else 8)
        for tick in ticks:
            x, text = self.span.at(tick), number(tick, step_digits(ticks))
            self.picture.add(Line(((x, TOP), (x, self.bottom)), "soft"))
            self.picture.add(Text(x, self.bottom + 18, text, 12, "muted", "middle"))

    def _name(self, i: int, row: Row) -> None:
        y, right = self.line(i), Text(self.width - 8, self.line(i) + 4.5, row.figure, 13, "ink", "end", True)
        if self.narrow:
            room = self.width - 24 - text_width(row.figure, 13, True)
            clear = Box(0, y - 33, self.width, 20, "card")
            self.picture.add(clear, *(Text(8, y - 17, line, 13) for line in wrapped(row.label, 13, room, 1)))
            self.picture.add(Text(self.width - 8, y - 17, row.figure, 13, "ink", "end", True))
            return
        lines = wrapped(row.label, 13, self.span.left - 16)
        for j, line in enumerate(lines):
            place = y + 4.5 + (j - (len(lines) - 1) / 2) * 15
            self.picture.add(Text(self.span.left - 14, place, line, 13, "ink", "end"))
        self.picture.add(right)

    def whisker(self, mark: Mark, y: float, role: str) -> None:
        if mark.low is None or mark.high is None:
            return
        low, high = self.span.at(mark.low), self.span.at(mark.high)
        self.picture.add(Line(((low, y), (high, y)), role, 1.5))
        self.picture.add(*(Line(((x, y - 4), (x, y + 4)), role, 1.5) for x in (low, high)))


def bars(title: str, rows: Sequence[Row], size: str = "wide") -> Picture:
    """Bars from zero, the interval as a whisker, the figure at the right."""
    chart = _Chart(title, rows, size, True)
    zero = chart.span.at(0)
    for i, row in enumerate(rows):
        y = chart.line(i)
        for mark in row.marks[:1]:
            x = chart.span.at(mark.value)
            chart.picture.add(Box(min(zero, x), y - 8, abs(x - zero), 16, mark.role, "", 2))
            chart.whisker(mark, y, "ink")
    chart.picture.add(Line(((zero, TOP), (zero, chart.bottom)), "muted"))
    return chart.picture


def dots(
    title: str, rows: Sequence[Row], size: str = "wide", joined: str = "", least: float = 0.0
) -> Picture:
    """Dots with whiskers; ``joined``: a line between a row's outermost dots in this colour ("own": that of
    the second dot); ``least``: the least that the axis covers, so that small differences look small."""
    chart = _Chart(title, rows, size, False, least)
    if chart.span.low < 0 < chart.span.high:
        chart.picture.add(Line(((chart.span.at(0), TOP), (chart.span.at(0), chart.bottom)), "muted"))
    for i, row in enumerate(rows):
        y = chart.line(i)
        if joined and len(row.marks) > 1:
            places = [chart.span.at(mark.value) for mark in row.marks]
            role = row.marks[1].role if joined == "own" else joined
            chart.picture.add(Line(((min(places), y), (max(places), y)), role, 4))
        for mark in row.marks:
            chart.whisker(mark, y, mark.role)
            chart.picture.add(Dot(chart.span.at(mark.value), y, 5.5, mark.role, mark.hollow))
    return chart.picture
