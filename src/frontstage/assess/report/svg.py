"""A picture as inline SVG whose colours follow the page's scheme."""

from __future__ import annotations

from functools import singledispatch
from html import escape

from frontstage.assess.report.picture import Area, Box, Curve, Dot, Line, Picture, Point, Shape, Text


def svg(picture: Picture, least: float) -> str:
    """``least``: the width in pixels below which the picture is scrolled rather than shrunk."""
    w, h = _n(picture.width), _n(picture.height)
    style = f"max-width:{w}px;min-width:{_n(min(least, picture.width))}px"
    body = "".join(draw(shape) for shape in picture.shapes)
    title = escape(picture.title)
    return (
        f'<svg viewBox="0 0 {w} {h}" width="{w}" height="{h}" style="{style}" role="img" '
        f'aria-label="{title}"><title>{title}</title>{body}</svg>'
    )


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _at(point: Point) -> str:
    return f"{_n(point[0])} {_n(point[1])}"


def _stroke(role: str, width: float, dashed: bool) -> str:
    dash = ' stroke-dasharray="7 5"' if dashed else ""
    return f'fill="none" stroke="var(--{role})" stroke-width="{_n(width)}" stroke-linejoin="round"{dash}'


@singledispatch
def draw(shape: Shape) -> str:
    raise TypeError(type(shape).__name__)


@draw.register
def _line(shape: Line) -> str:
    d = "M" + "L".join(_at(point) for point in shape.points)
    return f'<path d="{d}" {_stroke(shape.role, shape.width, shape.dashed)}/>'


@draw.register
def _curve(shape: Curve) -> str:
    d = f"M{_at(shape.start)}" + "".join(f"C{_at(a)} {_at(b)} {_at(c)}" for a, b, c in shape.pieces)
    return f'<path d="{d}" {_stroke(shape.role, shape.width, shape.dashed)}/>'


@draw.register
def _area(shape: Area) -> str:
    return f'<path d="M{"L".join(_at(p) for p in shape.points)}Z" fill="var(--{shape.role})"/>'


@draw.register
def _box(shape: Box) -> str:
    border = f' stroke="var(--{shape.border})" stroke-width="1.25"' if shape.border else ""
    size = f'width="{_n(shape.width)}" height="{_n(shape.height)}" rx="{_n(shape.radius)}"'
    return f'<rect x="{_n(shape.x)}" y="{_n(shape.y)}" {size} fill="var(--{shape.role})"{border}/>'


@draw.register
def _dot(shape: Dot) -> str:
    fill = "card" if shape.hollow else shape.role
    centre = f'cx="{_n(shape.x)}" cy="{_n(shape.y)}" r="{_n(shape.radius)}"'
    return f'<circle {centre} fill="var(--{fill})" stroke="var(--{shape.role})" stroke-width="2"/>'


@draw.register
def _text(shape: Text) -> str:
    bold = ' font-weight="650"' if shape.bold else ""
    turn = f' transform="rotate(-90 {_at((shape.x, shape.y))})"' if shape.turned else ""
    place = f'x="{_n(shape.x)}" y="{_n(shape.y)}" font-size="{_n(shape.size)}" text-anchor="{shape.anchor}"'
    return f'<text {place} fill="var(--{shape.role})"{bold}{turn}>{escape(shape.text)}</text>'
