"""Satisfaction as what was perceived against what was expected, in three states.

Source: Oliver (1980), expectancy disconfirmation; the tolerance is declared by the organisation.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

State = Literal["delighted", "satisfied", "disappointed"]
STATES: tuple[State, ...] = ("delighted", "satisfied", "disappointed")


def classify(perceived: ArrayLike, expected: ArrayLike, tolerance: float = 0.0) -> np.ndarray:
    """State of each answer, "" where a side is missing: P − E above +tolerance, within it, below −tolerance.

    The boundary itself counts as "satisfied".
    """
    difference = np.asarray(perceived, float) - np.asarray(expected, float)
    out = np.full(difference.shape, "", dtype="<U12")
    # Decimal scales leave rounding of a few ulp in a difference; it must not push an answer over the line.
    slack = tolerance + 1e-9
    with np.errstate(invalid="ignore"):
        out[np.abs(difference) <= slack] = "satisfied"
        out[difference > slack] = "delighted"
        out[difference < -slack] = "disappointed"
    return out


def count_states(states: ArrayLike) -> dict[str, int]:
    """How many answers are in each state; answers without a pair are not counted."""
    values = np.asarray(states)
    return {state: int((values == state).sum()) for state in STATES}
