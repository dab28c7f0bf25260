"""The picture of benchmarks.many_rows: seconds and peak memory over rows, as SVG by hand."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

WIDTH, HEIGHT = 720, 500
LEFT, RIGHT = 80, 660
# Mid tones that stand out on white and on black alike.
INK, GRID, TIME, MEMORY = "#7d8590", "#7d859055", "#2f81f7", "#d9822b"
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
LIMIT = 1500.0
Along = Callable[[float], float]


@dataclass(frozen=True)
class Panel:
    """A part of the picture with its own upright axis from ``low`` to ``high``; heights count from the top."""

    top: float
    bottom: float
    low: float
    high: float
    colour: str

    def height(self, value: float) -> float:
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)

    def frame(self, title: str, levels: list[tuple[float, str]], rows: list[int], along: Along) -> list[str]:
        """Grid, names of the levels and of the rows."""
        out = [_text(LEFT, self.top - 14, title, self.colour, "start")]
        for value, words in levels:
            y = self.height(value)
            out.append(f'<path d="M{LEFT} {y:.1f}H{RIGHT}" stroke="{GRID}"/>')
            out.append(_text(LEFT - 8, y + 4, words, self.colour, "end"))
        for power in rows:
            x = along(10.0**power)
            out.append(f'<path d="M{x:.1f} {self.top}V{self.bottom}" stroke="{GRID}"/>')
            out.append(_text(x, self.bottom + 20, f"10{str(power).translate(SUPERSCRIPT)}"))
        return out

    def line(self, points: list[tuple[float, float]], words: list[str]) -> list[str]:
        """``points``: (place along, value)."""
        at = [(x, self.height(value)) for x, value in points]
        way = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in at)
        marks = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{self.colour}"/>' for x, y in at]
        # The first name starts at its point: left of it are the names of the levels.
        anchors = ["start"] + ["middle"] * (len(at) - 1)
        named = [
            _text(x, y - 12, word, self.colour, anchor)
            for (x, y), word, anchor in zip(at, words, anchors, strict=True)
        ]
        return [f'<path d="{way}" fill="none" stroke="{self.colour}" stroke-width="2"/>', *marks, *named]


def draw(path: Path, measured: list[tuple[int, float, float]]) -> None:
    """``measured``: (rows, seconds, peak bytes) by size. Rows and seconds have logarithmic axes."""
    rows, seconds, peaks = (list(one) for one in zip(*measured, strict=True))
    first, last = math.floor(math.log10(rows[0])), math.ceil(math.log10(rows[-1]) - 1e-9)
    last = max(last, first + 1)

    def along(n: float) -> float:
        return LEFT + (math.log10(n) - first) / (last - first) * (RIGHT - LEFT)

    low, high = math.floor(math.log10(min(seconds))), math.ceil(math.log10(max(seconds)))
    time = Panel(40, 270, low, high, TIME)
    memory = Panel(340, 440, 0, LIMIT, MEMORY)
    powers = list(range(first, last + 1))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="13" fill="{INK}">',
        "<title>Seconds and peak memory over the rows of a Parquet file</title>",
        *time.frame(
            "seconds (dashed: every row costs what it costs in the largest file)",
            [(k, f"{10.0**k:g}") for k in range(low, high + 1)], powers, along,
        ),
        _same_cost(time, rows, seconds[-1], along),
        *time.line([(along(n), math.log10(s)) for n, s in zip(rows, seconds, strict=True)],
                   [f"{s:.1f} s" for s in seconds]),
        *memory.frame("peak memory, MB", [(m, f"{m:g}") for m in (0, 500, 1000, 1500)], powers, along),
        *memory.line([(along(n), peak / 1e6) for n, peak in zip(rows, peaks, strict=True)],
                     [f"{peak / 1e6:.0f} MB" for peak in peaks]),
        _text((LEFT + RIGHT) / 2, HEIGHT - 8, "rows × 24 items, read from Parquet by DuckDB, with 1,000 replicates"),
        "</svg>",
    ]  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(parts) + "\n", encoding="utf-8")


def _same_cost(time: Panel, rows: list[int], seconds: float, along: Along) -> str:
    """A straight line of slope one through the largest file, down to the bottom of the panel."""
    start = max(float(rows[0]), rows[-1] * 10.0**time.low / seconds)
    y = time.height(math.log10(seconds * start / rows[-1]))
    end = f"{along(rows[-1]):.1f} {time.height(math.log10(seconds)):.1f}"
    return (
        f'<path d="M{along(start):.1f} {y:.1f}L{end}" stroke="{TIME}" stroke-dasharray="4 5" opacity="0.7"/>'
    )


def _text(x: float, y: float, words: str, colour: str = INK, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{words}</text>'
