"""Moments and counts, gathered batch by batch and merged in a fixed order."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from dataclasses import asdict, dataclass

from frontstage.assess.engines.cleaning import Cleaning, Locate, Place, Values
from frontstage.measure.moments import Moments

Progress = Callable[[int], None]


@dataclass
class Reading:
    """What reading a table gave.

    ``read`` rows, of which ``empty`` had no answer, ``unweighted`` no weight above 0, ``incomplete`` some
    answers (left out with ``listwise``, used otherwise); ``off_scale`` values, the first at
    ``first_off_scale``.
    """

    moments: Moments
    read: int = 0
    empty: int = 0
    incomplete: int = 0
    unweighted: int = 0
    off_scale: int = 0
    first_off_scale: Place | None = None

    @classmethod
    def start(cls, cleaning: Cleaning, *, products: bool) -> Reading:
        """Nothing read yet."""
        return cls(Moments.empty(cleaning.columns, cleaning.origin, products=products))

    @property
    def used(self) -> int:
        """Rows that the moments rest on."""
        return self.moments.rows

    @property
    def left_out(self) -> int:
        """Rows that they do not rest on."""
        return self.read - self.used

    def add(self, cells: Values, cleaning: Cleaning, locate: Locate) -> None:
        """Clean a batch, which is changed in place, and gather it."""
        found = cleaning.clean(cells, locate)
        self.moments.add(found.values, found.weights)
        self.read += found.read
        self.empty += found.empty
        self.incomplete += found.incomplete
        self.unweighted += found.unweighted
        self.off_scale += found.off_scale
        self.first_off_scale = self.first_off_scale or found.first_off_scale

    def merge(self, later: Reading) -> Reading:
        """Both together; ``later`` is of rows that come after."""
        return Reading(
            self.moments.merge(later.moments),
            self.read + later.read,
            self.empty + later.empty,
            self.incomplete + later.incomplete,
            self.unweighted + later.unweighted,
            self.off_scale + later.off_scale,
            self.first_off_scale or later.first_off_scale,
        )

    def to_bytes(self) -> bytes:
        """The counts as JSON with their length before them, then the moments."""
        counts = {name: getattr(self, name) for name in _COUNTS}
        place = asdict(self.first_off_scale) if self.first_off_scale else None
        head = json.dumps({"counts": counts, "place": place}).encode()
        return struct.pack("<I", len(head)) + head + self.moments.to_bytes()

    @classmethod
    def from_bytes(cls, packed: bytes) -> Reading:
        """What ``to_bytes`` wrote."""
        (length,) = struct.unpack_from("<I", packed)
        head = json.loads(packed[4 : 4 + length])
        place = Place(**head["place"]) if head["place"] else None
        return cls(Moments.from_bytes(packed[4 + length :]), **head["counts"], first_off_scale=place)


_COUNTS = ("read", "empty", "incomplete", "unweighted", "off_scale")
