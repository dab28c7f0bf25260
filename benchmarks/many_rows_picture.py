"""The picture of benchmarks.many_rows: seconds and memory over rows, both axes logarithmic, as SVG by hand."""

from __future__ import annotations

import math
from pathlib import Path

Points = list[tuple[float, float]]
WIDTH, HEIGHT = 720, 380
LEFT, RIGHT, TOP, BOTTOM = 70, 610, 40, 310
# Mid tones that stand out on white and on black alike.
INK, GRID, TIME, MEMORY = "#7d8590", "#7d859055", "#2f81f7", "#d9822b"
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def draw(path: Path, measured: list[tuple[int, float, float]]) -> None:
    """``measured``: (rows, seconds, peak bytes) by size."""
    rows = [float(n) for n, _, _ in measured]
    across = (math.floor(math.log10(rows[0])), max(math.ceil(math.log10(rows[-1]) - 1e-9), 6))
    seconds = [s for _, s, _ in measured]
    up = (math.floor(math.log10(min(seconds))), math.ceil(math.log10(max(seconds))))
    largest = 1500.0
    time = [(_along(n, across), _height(math.log10(s), up)) for n, s, _ in measured]
    memory = [(_along(n, across), _height(peak / 1e6, (0, largest))) for n, _, peak in measured]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="13" fill="{INK}">',
        "<title>Seconds and peak memory over rows of a Parquet file</title>",
        *(_down(10.0**k, across, f"10{str(k).translate(SUPERSCRIPT)}") for k in range(across[0], across[1] + 1)),
        *(_level(_height(k, up), f"{10.0**k:g}", TIME, left=True) for k in range(up[0], up[1] + 1)),
        *(_level(_height(m, (0, largest)), f"{m:g}", MEMORY, left=False) for m in (0, 500, 1000, 1500)),
        _constant(measured[-1], across, up),
        *_line(time, TIME, [f"{s:.1f} s" for s in seconds], above=True),
        *_line(memory, MEMORY, [f"{peak / 1e6:.0f} MB" for _, _, peak in measured], above=False),
        _text((LEFT + RIGHT) / 2, HEIGHT - 22, "rows × 24 items, read from Parquet, with 1,000 replicates"),
        _text(LEFT, TOP - 18, "seconds", TIME, "middle"),
        _text(RIGHT, TOP - 18, "peak memory, MB", MEMORY, "middle"),
        "</svg>",
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(parts) + "\n", encoding="utf-8")


def _along(rows: float, across: tuple[int, int]) -> float:
    return LEFT + (math.log10(rows) - across[0]) / (across[1] - across[0]) * (RIGHT - LEFT)


def _height(value: float, up: tuple[float, float]) -> float:
    return BOTTOM - (value - up[0]) / (up[1] - up[0]) * (BOTTOM - TOP)


def _text(x: float, y: float, words: str, colour: str = INK, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{words}</text>'


def _down(rows: float, across: tuple[int, int], words: str) -> str:
    x = _along(rows, across)
    return f'<path d="M{x:.1f} {TOP}V{BOTTOM}" stroke="{GRID}"/>' + _text(x, BOTTOM + 20, words)


def _level(y: float, words: str, colour: str, *, left: bool) -> str:
    if left:
        return f'<path d="M{LEFT} {y:.1f}H{RIGHT}" stroke="{GRID}"/>' + _text(LEFT - 8, y + 4, words, colour, "end")
    return _text(RIGHT + 8, y + 4, words, colour, "start")


def _constant(last: tuple[int, float, float], across: tuple[int, int], up: tuple[int, int]) -> str:
    """What the largest file's cost for each row makes of fewer rows: a straight line of slope one."""
    rows, seconds, _ = last
    lowest = max(10.0 ** across[0], rows * 10.0 ** up[0] / seconds)
    start = _along(lowest, across), _height(math.log10(seconds * lowest / rows), up)
    end = _along(rows, across), _height(math.log10(seconds), up)
    return (
        f'<path d="M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}" stroke="{TIME}" '
        'stroke-dasharray="4 5" opacity="0.7"/>'
        + _text(start[0] + 100, BOTTOM - 10, "dashed: every row costs the same", TIME, "start")
    )


def _line(points: Points, colour: str, words: list[str], *, above: bool) -> list[str]:
    way = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    marks = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in points]
    offset = -12 if above else 20
    named = [_text(x, y + offset, word, colour) for (x, y), word in zip(points, words, strict=True)]
    return [f'<path d="{way}" fill="none" stroke="{colour}" stroke-width="2"/>', *marks, *named]
