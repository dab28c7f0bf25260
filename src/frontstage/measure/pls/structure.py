"""Regressions among constructs, for many data sets at once: every array ends in the axis B of data sets."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from frontstage.measure.pls.model import PathModel

Values = NDArray[np.float64]
# With more unknowns than this LAPACK is faster, system by system.
MANY = 8


def solve(matrix: Values, right: Values) -> Values:
    """(k, B) solutions of B symmetric positive definite systems (k, k, B), (k, B), by Cholesky's method.

    Nothing is raised for a singular system: its solution is nan or huge, and its data set counts as unusable.
    """
    if len(right) > MANY:
        try:
            stacked = np.linalg.solve(np.moveaxis(matrix, -1, 0), np.moveaxis(right, -1, 0)[..., None])
            return np.asarray(np.moveaxis(stacked[..., 0], 0, -1))
        except np.linalg.LinAlgError:
            pass  # one of them is singular: the loop leaves nan in that one alone
    with np.errstate(invalid="ignore", divide="ignore"):
        return _solved(matrix, right)


def _solved(matrix: Values, right: Values) -> Values:
    """Step by step over all systems at once: for few unknowns faster than a call for each system."""
    k = len(right)
    lower: list[list[Values]] = []
    y: list[Values] = []
    for i in range(k):
        row: list[Values] = []
        lower.append(row)
        for j in range(i + 1):
            value = matrix[i, j]
            for m in range(j):
                value = value - row[m] * lower[j][m]
            row.append(value / lower[j][j] if j < i else np.sqrt(value))
        value = right[i]
        for m in range(i):
            value = value - row[m] * y[m]
        y.append(value / row[i])
    x = np.empty_like(right)
    for i in reversed(range(k)):
        value = y[i]
        for m in range(i + 1, k):
            value = value - lower[m][i] * x[m]
        np.divide(value, lower[i][i], out=x[i])
    return x


def regressions(model: PathModel, correlations: Values) -> tuple[Values, Values]:
    """(J, J, B) path coefficients [from, to] and (J, B) R², from correlations of constructs (J, J, B).

    R² is nan for a construct without predecessors.
    """
    paths = np.zeros_like(correlations)
    r2 = np.full(correlations.shape[1:], np.nan)
    for j, before in enumerate(model.predecessors):
        if before.size:
            right = correlations[before, j]
            found = solve(correlations[np.ix_(before, before)], right)
            paths[before, j] = found
            r2[j] = (found * right).sum(axis=0)
    return paths, r2


def total_effects(model: PathModel, paths: Values) -> Values:
    """(J, J, B) sums over all ways from one construct to another of the products of their paths.

    ``paths`` (J, J, B). Indirect effects are total minus direct. Source: Bollen (1987).
    """
    total = np.zeros_like(paths)
    for j in model.order:
        for i in model.predecessors[j]:
            # Every way to j ends in a path i → j: it begins there, or came to i before.
            total[:, j] += total[:, i] * paths[i, j]
            total[i, j] += paths[i, j]
    return total
