"""The path diagram: causes left, effects right, the index inside each factor, the estimate on each path."""

from __future__ import annotations

from typing import Any

from frontstage.assess.report.layers import Edge, Layers, Slot
from frontstage.assess.report.names import Names
from frontstage.assess.report.picture import (
    Area,
    Box,
    Curve,
    Frame,
    Picture,
    Point,
    Text,
    overlap,
    text_width,
    wrapped,
)  # fmt: skip
from frontstage.assess.words import Document, Words, _, number, stars

SIZES = {"wide": (128.0, 96.0), "narrow": (108.0, 74.0), "paper": (108.0, 74.0)}  # node, gap
MARGIN = 8.0
MOST_PATHS = 30  # more would be a knot, and take minutes to disentangle
NAME, INDEX, SMALL, LABEL = 14.0, 23.0, 12.0, 13.5


def path_diagram(document: Document, words: Words, size: str = "wide") -> Picture:
    """``size``: wide for a screen, narrow for a telephone, paper for A4."""
    return _Diagram(document, words, size).picture()


def drawn_paths(document: Document) -> list[Any]:
    """The paths that the picture shows: all, or of a model with many the strongest, those that are proven first."""
    rows = list(document["paths"])
    if len(rows) <= MOST_PATHS:
        return rows
    strongest = sorted(rows, key=lambda row: (_is_unproven(row), -abs(row["estimate"])))[:MOST_PATHS]
    return [row for row in rows if row in strongest]


def _is_unproven(row: Any) -> bool:
    return row.get("p") is not None and bool(row["p"] >= 0.05)


class _Diagram:
    def __init__(self, document: Document, words: Words, size: str) -> None:
        self.wide, self.gap = SIZES[size]
        self.document, self.words, self.names = document, words, Names(document, words)
        drawn = drawn_paths(document)
        self.paths: dict[Edge, Any] = {(row["from"], row["to"]): row for row in drawn}
        joined = {name for edge in self.paths for name in edge}
        whole = len(drawn) == len(document["paths"])
        known = [construct["name"] for construct in document["model"]["constructs"]]
        self.factors = [name for name in known if whole or name in joined]
        self.lines = {name: wrapped(self.names.factor(name), NAME, self.wide - 12) for name in self.factors}
        self.tall = 66.0 + 17 * max(len(lines) for lines in self.lines.values())
        self.layout = Layers(list(self.paths), self.tall, 30.0, 26.0).arrange(self.factors)
        self.curves = {edge: self._curve(edge) for edge in self.paths}

    def picture(self) -> Picture:
        depth = len(self.layout.order)
        width = depth * self.wide + (depth - 1) * self.gap + 2 * MARGIN
        title = self.words.text(
            _("Path diagram: which factor moves which, how strongly, and each factor’s index")
        )
        picture = Picture(width, self.layout.height + 2 * MARGIN, title)
        for edge in sorted(self.paths, key=lambda edge: abs(self.paths[edge]["estimate"])):
            picture.add(*self._edge(edge))
        for name in self.factors:
            picture.add(*self._node(name))
        for box, text in self._labels():
            picture.add(box, text)
        return picture

    def _x(self, layer: int) -> float:
        return MARGIN + layer * (self.wide + self.gap)

    def _y(self, slot: Slot) -> float:
        return MARGIN + self.layout.y[slot]

    def _node(self, name: str) -> list[Any]:
        x, middle = self._x(self.layout.layer_of[name]), self._y(name)
        target = (self.document.get("importance_performance") or {}).get("target") == name
        look = ("tint", "brand") if target else ("card", "muted")
        shapes: list[Any] = [Box(x, middle - self.tall / 2, self.wide, self.tall, *look, 10)]
        lines, r2 = self.lines[name], self.document["r2"].get(name)
        height = 17 * len(lines) + 26 + (16 if r2 is not None else 0)
        y, centre = middle - height / 2, x + self.wide / 2
        for line in lines:
            y += 17
            shapes.append(Text(centre, y - 4, line, NAME, "ink", "middle"))
        y += 26
        shapes.append(
            Text(centre, y - 3, number(self.document["index"].get(name), 1), INDEX, "brand", "middle", True)
        )
        if r2 is not None:
            shapes.append(Text(centre, y + 13, f"R² {number(r2, 2)}", SMALL, "muted", "middle"))
        return shapes

    def _port(self, node: str, edge: Edge, leaving: bool) -> float:
        """Where on a node's side an edge leaves or enters: sorted by where it goes, so that none cross."""
        edges = [e for e in self.paths if e[0 if leaving else 1] == node]
        neighbour = {e: self.layout.chain(e)[1 if leaving else -2] for e in edges}
        edges.sort(key=lambda e: (self._y(neighbour[e]), e))
        step = min(20.0, (self.tall - 26) / max(1, len(edges) - 1))
        return self._y(node) + (edges.index(edge) - (len(edges) - 1) / 2) * step

    def _curve(self, edge: Edge) -> tuple[Point, tuple[tuple[Point, Point, Point], ...]]:
        first, last = self.layout.layer_of[edge[0]], self.layout.layer_of[edge[1]]
        x, y = self._x(first) + self.wide, self._port(edge[0], edge, True)
        start, pieces = (x, y), []
        for layer, slot in enumerate(self.layout.chain(edge)[1:], first + 1):
            final = layer == last
            to = (
                self._x(layer) - (9 if final else 0),
                self._port(edge[1], edge, False) if final else self._y(slot),
            )
            bend = (to[0] - x) * 0.5
            pieces.append(((x + bend, y), (to[0] - bend, to[1]), to))
            x, y = to
            if not final:
                across = (x + self.wide, y)
                pieces.append(((x + self.wide / 3, y), (x + 2 * self.wide / 3, y), across))
                x = across[0]
        return start, tuple(pieces)

    def _role(self, edge: Edge) -> str:
        """Paths that are not proven are grey: their sign may be chance."""
        row = self.paths[edge]
        if _is_unproven(row):
            return "muted"
        return "bad" if row["estimate"] < 0 else "brand"

    def _edge(self, edge: Edge) -> list[Any]:
        start, pieces = self.curves[edge]
        estimate, role = self.paths[edge]["estimate"], self._role(edge)
        width = 1.2 + 5 * min(1.0, abs(estimate))
        x, y = pieces[-1][2]
        half = 3.5 + width * 0.75
        head = Area(((x - 1, y - half), (x + 9, y), (x - 1, y + half)), role)
        return [Curve(start, pieces, role, width, estimate < 0), head]

    def _labels(self) -> list[tuple[Box, Text]]:
        """Each estimate on its own path, where it covers no node, no other label and fewest other paths."""
        taken: list[Frame] = []
        for name in self.factors:
            x, y = self._x(self.layout.layer_of[name]), self._y(name)
            taken.append((x - 8, y - self.tall / 2, x + self.wide + 6, y + self.tall / 2))
        sampled = {edge: sampled_curve(*self.curves[edge]) for edge in self.paths}
        found = []
        for edge, row in sorted(self.paths.items(), key=lambda pair: len(sampled[pair[0]])):
            text = number(row["estimate"], 2) + stars(row.get("p"))
            wide = text_width(text, LABEL, True) + 8
            others = [point for other, points in sampled.items() if other != edge for point in points]
            frame = _best(sampled[edge], wide, taken, others)
            taken.append(frame)
            box = Box(frame[0], frame[1], wide, frame[3] - frame[1], "card", "", 4)
            middle = (frame[0] + frame[2]) / 2
            found.append((box, Text(middle, frame[3] - 5, text, LABEL, self._role(edge), "middle", True)))
        return found


def sampled_curve(
    start: Point, pieces: tuple[tuple[Point, Point, Point], ...], steps: int = 24
) -> list[Point]:
    """Points along the curve."""
    points, p0 = [start], start
    for a, b, c in pieces:
        for i in range(1, steps + 1):
            t = i / steps
            u = 1 - t
            points.append(
                (
                    u**3 * p0[0] + 3 * u * u * t * a[0] + 3 * u * t * t * b[0] + t**3 * c[0],
                    u**3 * p0[1] + 3 * u * u * t * a[1] + 3 * u * t * t * b[1] + t**3 * c[1],
                )
            )
        p0 = c
    return points


def _best(points: list[Point], wide: float, taken: list[Frame], others: list[Point]) -> Frame:
    def frame(point: Point) -> Frame:
        return point[0] - wide / 2, point[1] - 10, point[0] + wide / 2, point[1] + 9

    def cost(pair: tuple[int, Point]) -> float:
        i, point = pair
        own = frame(point)
        covered = sum(overlap(own, other) for other in taken)
        crossed = sum(own[0] - 2 < x < own[2] + 2 and own[1] - 2 < y < own[3] + 2 for x, y in others)
        return covered * 300 + crossed * 25 + abs(i / len(points) - 0.5) * 6

    return frame(min(enumerate(points), key=cost)[1])
