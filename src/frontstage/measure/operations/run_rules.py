"""Rules for a chart that has left its steady state: Nelson's eight, and Western Electric's run of eight.

Sources: Western Electric (1956), Statistical Quality Control Handbook; Nelson (1984), Journal of Quality
Technology 16. The two share all but one_side: nine points in Nelson's, eight in the older handbook's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frontstage.measure.arrays import as_numbers
from frontstage.measure.errors import MeasureError

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Signal:
    """``rule`` fired at position ``index`` (from 0), the last point of its run."""

    rule: str
    index: int


def _run(flags: NDArray[np.bool_], length: int, least: int | None = None) -> NDArray[np.bool_]:
    """True where at least ``least`` (default all) of the last ``length`` flags hold."""
    counts = np.convolve(flags.astype(int), np.ones(length, int))[: flags.size]
    return counts >= (length if least is None else least)


def _either_side(z: Values, far: float, length: int, least: int | None = None) -> NDArray[np.bool_]:
    high, low = z > far, z < -far
    return (_run(high, length, least) & high) | (_run(low, length, least) & low)


def _trend(z: Values) -> NDArray[np.bool_]:
    steps = np.diff(z, prepend=np.nan)
    return _run(steps > 0, 5) | _run(steps < 0, 5)


def _alternating(z: Values) -> NDArray[np.bool_]:
    steps = np.diff(z, prepend=np.nan)
    turns = np.concatenate([[False, False], steps[2:] * steps[1:-1] < 0]) if z.size > 2 else z > np.inf
    return _run(turns, 12)


def _two_mixed(z: Values) -> NDArray[np.bool_]:
    return _run(np.abs(z) > 1, 8) & _run(z > 1, 8, 1) & _run(z < -1, 8, 1)


RULES: dict[str, Callable[[Values], NDArray[np.bool_]]] = {
    "beyond_limits": lambda z: np.abs(z) > 3,
    "one_side": lambda z: _either_side(z, 0, 9),
    "trend": _trend,  # six points rising or falling
    "alternating": _alternating,  # fourteen points up and down in turn
    "two_of_three": lambda z: _either_side(z, 2, 3, 2),
    "four_of_five": lambda z: _either_side(z, 1, 5, 4),
    "too_quiet": lambda z: _run(np.abs(z) < 1, 15),
    "two_mixed": _two_mixed,  # eight points far out, on both sides
    "one_side_eight": lambda z: _either_side(z, 0, 8),
}
STANDARD = ("beyond_limits", "one_side", "two_of_three", "four_of_five")


WESTERN_ELECTRIC = ("beyond_limits", "two_of_three", "four_of_five", "one_side_eight")


def find_signals(z: Values, rules: Collection[str] = STANDARD) -> tuple[Signal, ...]:
    """Signals in time order of ``z`` (k,): distances from the centre in standard deviations; nan never
    fires.
    """
    unknown = sorted(set(rules) - set(RULES))
    if unknown:
        raise MeasureError(
            "unknown_rule", f"No run rules {', '.join(unknown)}.", f"Known: {', '.join(RULES)}."
        )
    # Without any spread a distance is infinite; an unknown one is nan. Both are allowed.
    distances = as_numbers(z, "The distances", 1, infinite=True)
    if not distances.size:
        return ()
    with np.errstate(invalid="ignore"):
        found = [(int(i), rule) for rule in rules for i in np.flatnonzero(RULES[rule](distances))]
    return tuple(Signal(rule, index) for index, rule in sorted(found))
