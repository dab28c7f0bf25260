"""A picture as a list of shapes, drawn later as SVG or into a PDF, so that both show the same.

Units: pixels, from the top left. A ``role`` names a colour of the palette, not the colour itself: the page
has a light and a dark scheme, paper only one.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

Point = tuple[float, float]

PALETTE = {
    "ink": "#1a272d", "muted": "#54656d", "line": "#cfd9dd", "soft": "#e4ecef", "card": "#ffffff",
    "paper": "#f5f8f9", "brand": "#0d5a72", "tint": "#dcebf0", "good": "#2a7650", "caution": "#96600a",
    "bad": "#b23a35", "good-tint": "#e2f1e8", "caution-tint": "#f8eddb", "bad-tint": "#f9e4e2",
}  # fmt: skip
DARK = {
    "ink": "#e8eff2", "muted": "#9db0b8", "line": "#35464e", "soft": "#26353c", "card": "#182329",
    "paper": "#10191d", "brand": "#6cc0db", "tint": "#1d3a46", "good": "#71c79a", "caution": "#e0ad5a",
    "bad": "#f08b85", "good-tint": "#17352a", "caution-tint": "#3a2d14", "bad-tint": "#402322",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    points: tuple[Point, ...]
    role: str = "line"
    width: float = 1
    dashed: bool = False


@dataclass(frozen=True)
class Curve:
    """Cubic pieces (control, control, end) from ``start``."""

    start: Point
    pieces: tuple[tuple[Point, Point, Point], ...]
    role: str = "brand"
    width: float = 1
    dashed: bool = False


@dataclass(frozen=True)
class Area:
    """A filled polygon."""

    points: tuple[Point, ...]
    role: str = "brand"


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    role: str = "card"
    border: str = ""
    radius: float = 0


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    radius: float
    role: str = "brand"
    hollow: bool = False


@dataclass(frozen=True)
class Text:
    """``y`` is the base line; ``anchor`` is start, middle or end."""

    x: float
    y: float
    text: str
    size: float = 13
    role: str = "ink"
    anchor: str = "start"
    bold: bool = False
    turned: bool = False


Shape = Line | Curve | Area | Box | Dot | Text


@dataclass
class Picture:
    """``title`` says in one sentence what is seen, for those who do not see it."""

    width: float
    height: float
    title: str
    shapes: list[Shape] = field(default_factory=list)

    def add(self, *shapes: Shape) -> None:
        self.shapes.extend(shapes)


def text_width(text: str, size: float, bold: bool = False) -> float:
    """About how wide a text is: a Chinese character is one em, a Latin letter a little over half."""
    ems = sum(_em(character) for character in text)
    return ems * size * (1.06 if bold else 1)


def _em(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if character in "iljtfrI.,:;|'’!()[] ":
        return 0.34
    return 0.7 if character.isupper() or character in "mwMW%→–" else 0.56


def wrapped(text: str, size: float, width: float, lines: int = 2) -> list[str]:
    """At most ``lines`` lines that fit in ``width``; what does not fit ends in an ellipsis."""
    found: list[str] = []
    rest = text
    while rest and len(found) < lines:
        cut = _fitting(rest, size, width)
        if cut < len(rest) and len(found) < lines - 1:
            space = rest.rfind(" ", 1, cut + 1)
            cut = space if space > 0 else cut
        elif cut < len(rest):
            found.append(rest[: max(1, cut - 1)].rstrip() + "…")
            return found
        found.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return found


def _fitting(text: str, size: float, width: float) -> int:
    used = 0.0
    for position, character in enumerate(text):
        used += _em(character) * size
        if used > width:
            return max(1, position)
    return len(text)


Frame = tuple[float, float, float, float]  # left, top, right, bottom


def overlap(a: Frame, b: Frame) -> float:
    """The area that two frames share."""
    wide = min(a[2], b[2]) - max(a[0], b[0])
    high = min(a[3], b[3]) - max(a[1], b[1])
    return max(0.0, wide) * max(0.0, high)
