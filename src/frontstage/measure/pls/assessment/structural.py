"""How much the causes explain, what each adds, and whether they can be separated.

Sources: Cohen (1988) for f²; Hair, Ringle & Sarstedt (2011) for the use of R² and VIF in path models.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from frontstage.measure.pls.assessment.validity import inflation
from frontstage.measure.pls.estimation import Estimate

Values = NDArray[np.float64]


def r2_adjusted(estimate: Estimate, n: float | None = None) -> Values:
    """(J,) 1 − (1 − R²)(n − 1)/(n − k − 1) with k predecessors; nan without any, or with n ≤ k + 1.

    ``n``: other than the number of rows, such as the effective number of weighted rows.
    """
    count = float(estimate.n if n is None else n)
    left = np.array([count - len(before) - 1 for before in estimate.model.predecessors])
    share = np.divide(count - 1, left, out=np.full(len(left), np.nan), where=left > 0)
    return np.asarray(1 - (1 - estimate.r2) * share)


def path_vifs(estimate: Estimate) -> Values:
    """(J, J) at [from, to] the VIF of a predecessor among those of its target; nan without a path."""
    out = np.full(estimate.paths.shape, np.nan)
    for j, before in enumerate(estimate.model.predecessors):
        if before.size:
            out[before, j] = inflation(estimate.correlations[np.ix_(before, before)])
    return out


def f_squared(estimate: Estimate) -> Values:
    """(J, J) at [from, to] f² = (R² − R² without)/(1 − R²); nan without a path.

    R² without is that of the target's regression on its other predecessors, with the same scores; what a
    predecessor alone adds is then β²/VIF, exactly.
    """
    with np.errstate(divide="ignore"):
        return np.asarray(estimate.paths**2 / path_vifs(estimate) / (1 - estimate.r2))
