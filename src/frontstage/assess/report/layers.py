"""Where the nodes of a layered diagram stand and through which points its edges run.

Layers by the longest path from a cause; an edge over several layers holds a lane of its own in each layer
between, so no edge runs through a node. The order within layers is improved by swapping neighbours while that
lessens crossings and detours. Source: Sugiyama, Tagawa & Toda (1981), IEEE Transactions SMC 11.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

Edge = tuple[str, str]
Slot = str | tuple[Edge, int]  # a node, or the lane of an edge in a layer
SWEEPS = 12
MOST_WORK = 5e6


@dataclass
class Layers:
    """``order[k]`` the slots of layer k from top to bottom; ``y`` their centres, the topmost edge at 0."""

    edges: list[Edge]
    node_height: float
    lane_height: float
    gap: float
    order: list[list[Slot]] = field(default_factory=list)
    y: dict[Slot, float] = field(default_factory=dict)

    def chain(self, edge: Edge) -> list[Slot]:
        """The slots of an edge: its cause, its lanes, its effect."""
        first, last = self.layer_of[edge[0]], self.layer_of[edge[1]]
        return [edge[0], *((edge, k) for k in range(first + 1, last)), edge[1]]

    @property
    def height(self) -> float:
        return max(self.y[slot] + self._half(slot) for slots in self.order for slot in slots)

    def _half(self, slot: Slot) -> float:
        return (self.node_height if isinstance(slot, str) else self.lane_height) / 2

    def arrange(self, nodes: Sequence[str]) -> Layers:
        self.layer_of = layer_of(nodes, self.edges)
        self.order = [[] for _ in range(max(self.layer_of.values(), default=0) + 1)]
        for node in nodes:
            self.order[self.layer_of[node]].append(node)
        self.links = [link for edge in self.edges for link in zip(self.chain(edge), self.chain(edge)[1:])]  # noqa: B905
        for edge in self.edges:
            for position, slot in enumerate(self.chain(edge)[1:-1], self.layer_of[edge[0]] + 1):
                self.order[position].append(slot)
        self.near: dict[Slot, list[Slot]] = {slot: [] for slots in self.order for slot in slots}
        for a, b in self.links:
            self.near[a].append(b)
            self.near[b].append(a)
        self._improve()
        top = min(self.y[slot] - self._half(slot) for slots in self.order for slot in slots)
        self.y = {slot: value - top for slot, value in self.y.items()}
        return self

    def _improve(self) -> None:
        """The better of two starts, each for as much work as a large model may cost (about half a second)."""
        as_declared = [list(slots) for slots in self.order]
        self._sort_by_neighbours()
        ends = []
        for start in (as_declared, self.order):
            self.order = start
            ends.append((self._swapped(), self.order))
        self.order = min(ends, key=lambda end: end[0])[1]
        self._place()

    def _swapped(self) -> float:
        """The cost after swapping while it helps."""
        cost, best = self._cost, self._cost()
        work = len(self.links) ** 2 + 40 * SWEEPS * len(self.near)
        left, better = MOST_WORK / (work + 1), True
        while better:
            better = False
            for slots, i, j in self._pairs():
                if left <= 0:
                    break
                slots[i], slots[j] = slots[j], slots[i]
                found, left = cost(), left - 1
                if found < best - 1e-6:
                    best, better = found, True
                else:
                    slots[i], slots[j] = slots[j], slots[i]
        return best

    def _pairs(self) -> list[tuple[list[Slot], int, int]]:
        return [(slots, *pair) for slots in self.order for pair in combinations(range(len(slots)), 2)]

    def _sort_by_neighbours(self) -> None:
        """A good start: each slot in the order of the middle of what it is linked to."""
        for _ in range(4):
            self._place()
            for slots in self.order:
                slots.sort(key=self._middle)

    def _middle(self, slot: Slot) -> float:
        near = self.near[slot]
        return sum(self.y[other] for other in near) / len(near) if near else self.y[slot]

    def _cost(self) -> float:
        self._place()
        detours = sum(abs(self.y[a] - self.y[b]) for a, b in self.links)
        return detours + 120 * self._crossings()

    def _crossings(self) -> int:
        place = {slot: (k, i) for k, slots in enumerate(self.order) for i, slot in enumerate(slots)}
        rows = [(place[a][0], place[a][1], place[b][1]) for a, b in self.links]
        return sum(
            k == other and (a - c) * (b - d) < 0
            for i, (k, a, b) in enumerate(rows)
            for other, c, d in rows[i + 1 :]
        )

    def _place(self) -> None:
        """Centres drawn towards their neighbours, kept apart in their order."""
        near = self.near
        self.y = dict.fromkeys(near, 0.0)
        for slots in self.order:
            self._apart(slots, [0.0] * len(slots))
        for _ in range(SWEEPS):
            for slots in self.order:
                wanted = [sum(self.y[n] for n in near[s]) / len(near[s]) if near[s] else 0.0 for s in slots]
                self._apart(slots, wanted)

    def _apart(self, slots: list[Slot], wanted: list[float]) -> None:
        """The nearest places to those wanted (least squares) that keep the order and the gaps."""
        offsets, at = [], 0.0
        for i, slot in enumerate(slots):
            at += 0 if i == 0 else self._half(slots[i - 1]) + self._half(slot) + self.gap
            offsets.append(at)
        groups: list[tuple[float, int]] = []  # pooled neighbours: mean, size
        for want, offset in zip(wanted, offsets, strict=True):
            mean, size = want - offset, 1
            while groups and groups[-1][0] > mean:
                other, count = groups.pop()
                mean, size = (mean * size + other * count) / (size + count), size + count
            groups.append((mean, size))
        means = [mean for mean, size in groups for _ in range(size)]
        for slot, offset, mean in zip(slots, offsets, means, strict=True):
            self.y[slot] = mean + offset


def layer_of(nodes: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """The longest path to each node, in edges."""
    layers = dict.fromkeys(nodes, 0)
    for _ in nodes:
        for cause, effect in edges:
            layers[effect] = min(max(layers[effect], layers[cause] + 1), len(nodes) - 1)
    return layers
