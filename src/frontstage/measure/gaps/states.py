"""Satisfaction as what was perceived against what was expected, in three states.

Source: Oliver (1980), Journal of Marketing Research 17, expectancy disconfirmation; the tolerance is declared
by the organisation.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from frontstage.measure.arrays import as_numbers
from frontstage.measure.errors import MeasureError

State = Literal["delighted", "satisfied", "disappointed"]
STATES: tuple[State, ...] = ("delighted", "satisfied", "disappointed")


def classify(perceived: ArrayLike, expected: ArrayLike, tolerance: float = 0.0) -> np.ndarray:
    """State of each answer, "" where a side is missing: P − E above +tolerance, within it, below −tolerance.

    The boundary itself counts as "satisfied".
    """
    p, e = as_numbers(perceived, "What was perceived"), as_numbers(expected, "What was expected")
    if p.shape != e.shape or not 0 <= tolerance < np.inf:
        raise MeasureError(
            "shape",
            "Each perception needs its expectation, and the tolerance is 0 or more.",
            "Give as many of both.",
        )
    difference = p - e
    out = np.full(difference.shape, "", dtype="<U12")
    # Decimal scales leave rounding of a few ulp in a difference; it must not push an answer over the line.
    slack = tolerance + 1e-9
    out[np.abs(difference) <= slack] = "satisfied"
    out[difference > slack] = "delighted"
    out[difference < -slack] = "disappointed"
    return out


def count_states(states: ArrayLike) -> dict[str, int]:
    """How many answers are in each state; answers without a pair are not counted."""
    values = np.asarray(states)
    return {state: int((values == state).sum()) for state in STATES}
