"""A picture drawn into a PDF as vectors, from the same shapes as the SVG."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from reportlab.platypus import Flowable

from frontstage.assess.report.pdf_text import colour, draw_text
from frontstage.assess.report.picture import Area, Box, Curve, Dot, Line, Picture, Shape, Text

TALLEST = 640.0  # points that a page of A4 has beside margins and a heading


class PictureFlowable(Flowable):
    """The picture scaled to ``width`` points, or less where it would be taller than a page; the page's y grows upwards, the picture's downwards."""

    def __init__(self, picture: Picture, width: float) -> None:
        super().__init__()
        self.picture = picture
        self.scale = min(width / picture.width, TALLEST / picture.height)
        self.width, self.height = picture.width * self.scale, picture.height * self.scale

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        self.canv.saveState()
        self.canv.scale(self.scale, self.scale)
        for shape in self.picture.shapes:
            draw(shape, self.canv, self.picture.height)
        self.canv.restoreState()


@singledispatch
def draw(shape: Shape, canvas: Any, height: float) -> None:
    raise TypeError(type(shape).__name__)


def _pen(canvas: Any, role: str, width: float, dashed: bool) -> None:
    canvas.setStrokeColor(colour(role))
    canvas.setLineWidth(width)
    canvas.setDash([7, 5] if dashed else [])


@draw.register
def _line(shape: Line, canvas: Any, height: float) -> None:
    _pen(canvas, shape.role, shape.width, shape.dashed)
    path = canvas.beginPath()
    path.moveTo(shape.points[0][0], height - shape.points[0][1])
    for x, y in shape.points[1:]:
        path.lineTo(x, height - y)
    canvas.drawPath(path)


@draw.register
def _curve(shape: Curve, canvas: Any, height: float) -> None:
    _pen(canvas, shape.role, shape.width, shape.dashed)
    path = canvas.beginPath()
    path.moveTo(shape.start[0], height - shape.start[1])
    for a, b, c in shape.pieces:
        path.curveTo(a[0], height - a[1], b[0], height - b[1], c[0], height - c[1])
    canvas.drawPath(path)


@draw.register
def _area(shape: Area, canvas: Any, height: float) -> None:
    canvas.setFillColor(colour(shape.role))
    path = canvas.beginPath()
    path.moveTo(shape.points[0][0], height - shape.points[0][1])
    for x, y in shape.points[1:]:
        path.lineTo(x, height - y)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


@draw.register
def _box(shape: Box, canvas: Any, height: float) -> None:
    canvas.setFillColor(colour(shape.role))
    _pen(canvas, shape.border or shape.role, 1.25, False)
    y = height - shape.y - shape.height
    border = int(bool(shape.border))
    canvas.roundRect(shape.x, y, shape.width, shape.height, min(shape.radius, shape.width / 2), border, 1)


@draw.register
def _dot(shape: Dot, canvas: Any, height: float) -> None:
    canvas.setFillColor(colour("card" if shape.hollow else shape.role))
    _pen(canvas, shape.role, 2, False)
    canvas.circle(shape.x, height - shape.y, shape.radius, 1, 1)


@draw.register
def _text(shape: Text, canvas: Any, height: float) -> None:
    if not shape.turned:
        draw_text(
            canvas, shape.text, shape.x, height - shape.y, shape.size, shape.role, shape.anchor, shape.bold
        )
        return
    canvas.saveState()
    canvas.translate(shape.x, height - shape.y)
    canvas.rotate(90)
    draw_text(canvas, shape.text, 0, 0, shape.size, shape.role, shape.anchor, shape.bold)
    canvas.restoreState()
