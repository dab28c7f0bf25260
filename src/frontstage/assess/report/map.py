"""The importance-performance map: where a better performance would do most for the target.

Quadrants by the means of both axes. Source: Martilla & James (1977); Ringle & Sarstedt (2016).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from frontstage.assess.report.abridged import shortened
from frontstage.assess.report.names import Names
from frontstage.assess.report.picture import Box, Dot, Frame, Line, Picture, Point, Text, overlap, text_width
from frontstage.assess.words import Document, Words, _, number

SIZES = {"wide": (540.0, 440.0), "narrow": (330.0, 340.0), "paper": (420.0, 370.0)}  # width and height
LEFT, TOP, BELOW = 52.0, 6.0, 54.0
LABEL = 12.5
MOST_LABELS = 30  # more would cover one another
MOST_LETTERS = 30


def importance_map(document: Document, words: Words, kind: str, size: str = "wide") -> Picture:
    """``kind``: "constructs" or "items"; ``size``: for a screen, a telephone or A4."""
    names = Names(document, words)
    map_ = document["importance_performance"]
    rows = [row for row in map_[kind] if row["importance"] is not None and row["performance"] is not None]
    label = names.factor if kind == "constructs" else str
    title = words.text(_("Importance-performance map for %(target)s"), target=names.factor(map_["target"]))
    picture = Picture(*SIZES[size], title)
    if not rows:
        return picture
    x = _Axis([row["importance"] for row in rows], LEFT, picture.width - 8)
    y = _Axis([row["performance"] for row in rows], picture.height - BELOW, TOP)
    _ground(picture, x, y, words)
    right, bottom = x.end, y.start
    points = [(x.at(row["importance"]), y.at(row["performance"])) for row in rows]
    for point, row in zip(points, rows, strict=True):
        first = row["importance"] >= x.mean and row["performance"] < y.mean
        picture.add(
            Dot(
                *point,
                6.5 if kind == "constructs" else 4.5,
                "bad" if first else "brand",
                kind != "constructs",
            )
        )
    means = [
        (x.at(x.mean) - 2, TOP, x.at(x.mean) + 2, bottom),
        (LEFT, y.at(y.mean) - 2, right, y.at(y.mean) + 2),
    ]
    texts = [shortened(label(row["name"]), MOST_LETTERS) for row in rows]
    # Where there are too many, those that count most have a name.
    named = sorted(range(len(rows)), key=lambda i: -abs(rows[i]["importance"]))[:MOST_LABELS]
    place_labels(
        picture, [points[i] for i in named], [texts[i] for i in named], (LEFT, TOP, right, bottom), means
    )
    return picture


class _Axis:
    """A scale with room at both ends; ``mean`` parts the quadrants."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        low, high = min(values), max(values)
        room = (high - low) * 0.16 or abs(high) * 0.1 or 1.0
        self.low, self.high, self.start, self.end = low - room, high + room, start, end
        self.mean = sum(values) / len(values)

    def at(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self) -> list[float]:
        return round_steps(self.low, self.high)

    @property
    def digits(self) -> int:
        steps = self.ticks()
        return step_digits(steps)


def round_steps(low: float, high: float, most: int = 6) -> list[float]:
    """Round values between the two, at most about ``most``: steps of 1, 2 or 5 times a power of ten."""
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(step for step in (power, 2 * power, 5 * power, 10 * power) if step >= rough * 0.999)
    return [i * step for i in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def step_digits(steps: Sequence[float]) -> int:
    step = steps[1] - steps[0] if len(steps) > 1 else 1.0
    return max(0, -math.floor(math.log10(step) + 1e-9))


def _ground(picture: Picture, x: _Axis, y: _Axis, words: Words) -> None:
    mean_x, mean_y, right, bottom = x.at(x.mean), y.at(y.mean), x.end, y.start
    picture.add(Box(LEFT, TOP, right - LEFT, bottom - TOP, "card", "line"))
    picture.add(Box(mean_x, mean_y, right - mean_x, bottom - mean_y, "bad-tint"))
    for tick in x.ticks():
        picture.add(Line(((x.at(tick), bottom), (x.at(tick), bottom + 4)), "muted"))
        picture.add(Text(x.at(tick), bottom + 18, number(tick, x.digits), 12, "muted", "middle"))
    for tick in y.ticks():
        picture.add(Line(((LEFT - 4, y.at(tick)), (LEFT, y.at(tick))), "muted"))
        picture.add(Text(LEFT - 8, y.at(tick) + 4, number(tick, y.digits), 12, "muted", "end"))
    picture.add(Line(((mean_x, TOP), (mean_x, bottom)), "muted", 1, True))
    picture.add(Line(((LEFT, mean_y), (right, mean_y)), "muted", 1, True))
    for text, px, py, anchor, role in _corners(words, right, bottom):
        picture.add(Text(px, py, text, 12, role, anchor, role == "bad"))
    picture.add(
        Text(
            (LEFT + right) / 2,
            picture.height - 10,
            words.text(_("Importance (total effect)")),
            13,
            "ink",
            "middle",
        )
    )
    picture.add(
        Text(
            14, (TOP + bottom) / 2, words.text(_("Performance (0 to 100)")), 13, "ink", "middle", False, True
        )
    )


def _corners(words: Words, right: float, bottom: float) -> list[tuple[str, float, float, str, str]]:
    return [
        (words.text(_("Keep it up")), right - 8, TOP + 18, "end", "muted"),
        (words.text(_("Improve first")), right - 8, bottom - 9, "end", "bad"),
        (words.text(_("Good enough")), LEFT + 8, TOP + 18, "start", "muted"),
        (words.text(_("Later")), LEFT + 8, bottom - 9, "start", "muted"),
    ]


def place_labels(
    picture: Picture,
    points: Sequence[Point],
    labels: Sequence[str],
    inside: Frame,
    lines: Sequence[Frame] = (),
) -> None:
    """A label at each point, where it covers no point, no text and no line; a thin line where it stands off."""
    taken: list[Frame] = [(x - 7, y - 7, x + 7, y + 7) for x, y in points]
    taken += [_frame_of(shape) for shape in picture.shapes if isinstance(shape, Text) and not shape.turned]
    taken += lines
    for (x, y), label in zip(points, labels, strict=True):
        wide = text_width(label, LABEL)
        choices = [_frame(x, y, wide, away, turn) for away in (10, 16, 24, 34, 46, 60) for turn in range(8)]
        frame = min(enumerate(choices), key=lambda pair: _cost(pair, taken, inside))[1]
        taken.append(frame)
        near = (min(max(x, frame[0]), frame[2]), min(max(y, frame[1]), frame[3]))
        if math.dist(near, (x, y)) > 15:
            picture.add(Line(((x, y), near), "muted", 0.8))
        picture.add(Text(frame[0], frame[3] - 3.5, label, LABEL, "ink"))


def _frame(x: float, y: float, wide: float, away: float, turn: int) -> Frame:
    """Round the point: right, left, above, below, then the diagonals."""
    across, down = [(1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1)][turn]
    left = x + away if across > 0 else x - away - wide if across < 0 else x - wide / 2
    middle = y + down * (away + 4)
    return left, middle - 8, left + wide, middle + 8


def _cost(pair: tuple[int, Frame], taken: Sequence[Frame], inside: Frame) -> float:
    rank, frame = pair
    area = (frame[2] - frame[0]) * (frame[3] - frame[1])
    outside = area - overlap(frame, inside)
    return 20 * outside + 10 * sum(overlap(frame, other) for other in taken) + rank


def _frame_of(text: Text) -> Frame:
    wide = text_width(text.text, text.size)
    left = text.x - {"start": 0.0, "middle": wide / 2, "end": wide}[text.anchor]
    return left, text.y - text.size, left + wide, text.y + 3
