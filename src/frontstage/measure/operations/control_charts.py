"""Control charts: p, u, X̄-R, individuals and EWMA, with run rules.

Each takes a ``baseline`` (positions, default all) from which the centre and the spread are learnt, so that a
change can be judged against the time before it. Sources: Shewhart (1931); Montgomery, Introduction to
Statistical Quality Control; Roberts (1959), Technometrics 1, for EWMA.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from frontstage.measure.arrays import as_numbers
from frontstage.measure.errors import MeasureError
from frontstage.measure.operations.chart_constants import chart_constants
from frontstage.measure.operations.run_rules import STANDARD, Signal, find_signals

Values = NDArray[np.float64]
Kind = Literal["p", "u", "mean", "range", "individuals", "moving_range", "ewma"]


@dataclass(frozen=True)
class ControlChart:
    """(k,) points with their centre line and limits, in the points' unit, and the signals among them."""

    kind: Kind
    values: Values
    centre: Values
    lower: Values
    upper: Values
    signals: tuple[Signal, ...]

    @property
    def in_control(self) -> bool:
        """Whether no rule fired."""
        return not self.signals


def p_chart(
    defective: ArrayLike, sizes: ArrayLike, baseline: slice | None = None, rules: Collection[str] = STANDARD
) -> ControlChart:
    """Shares of defective cases: p̄ ± 3√(p̄(1−p̄)/n_i), kept within 0 and 1; ``sizes`` (k,) may vary."""
    d, n = _counts(defective, sizes)
    if (d > n).any():
        raise MeasureError(
            "chart_counts", "A period has more defective cases than cases.", "Correct the counts."
        )
    chosen = _chosen(n, baseline)
    p = float(d[chosen].sum() / n[chosen].sum())
    chart = _chart("p", d / n, p, np.sqrt(p * (1 - p) / n), rules)
    return replace(chart, lower=np.maximum(chart.lower, 0.0), upper=np.minimum(chart.upper, 1.0))


def u_chart(
    defects: ArrayLike, units: ArrayLike, baseline: slice | None = None, rules: Collection[str] = STANDARD
) -> ControlChart:
    """Defects per unit (complaints per 1,000 visits): ū ± 3√(ū/n_i), not below 0."""
    c, n = _counts(defects, units)
    chosen = _chosen(n, baseline)
    u = float(c[chosen].sum() / n[chosen].sum())
    chart = _chart("u", c / n, u, np.sqrt(u / n), rules)
    return replace(chart, lower=np.maximum(chart.lower, 0.0))


def mean_and_range_charts(
    subgroups: ArrayLike, baseline: slice | None = None, rules: Collection[str] = STANDARD
) -> tuple[ControlChart, ControlChart]:
    """X̄ and R charts of ``subgroups`` (k, n), 2 ≤ n: X̿ ± A2·R̄; D3·R̄ to D4·R̄. The R chart has rule one
    only.
    """
    x = _finite(subgroups, 2)
    constants, chosen = chart_constants(x.shape[1]), _chosen(x, baseline)
    means, ranges = x.mean(axis=1), np.ptp(x, axis=1)
    middle, spread = float(means[chosen].mean()), float(ranges[chosen].mean())
    each = np.full(len(x), constants.a2 * spread / 3)
    range_sd = np.full(len(x), constants.d3 / constants.d2 * spread)
    range_chart = _chart("range", ranges, spread, range_sd, ("beyond_limits",))
    range_chart = replace(range_chart, lower=np.maximum(range_chart.lower, 0.0))
    return _chart("mean", means, middle, each, rules), range_chart


def individuals_chart(
    values: ArrayLike, baseline: slice | None = None, rules: Collection[str] = STANDARD
) -> tuple[ControlChart, ControlChart]:
    """Single values: x̄ ± 3·MR̄/1.128, and the chart of moving ranges, (k−1,)."""
    x = _finite(values, 1)
    chosen, constants = _chosen(x, baseline, 2), chart_constants(2)
    moving = np.abs(np.diff(x))
    typical = float(np.abs(np.diff(x[chosen])).mean())
    chart = _chart("individuals", x, float(x[chosen].mean()), np.full(x.size, typical / constants.d2), rules)
    sd = np.full(moving.size, constants.d3 / constants.d2 * typical)
    ranges = _chart("moving_range", moving, typical, sd, ("beyond_limits",))
    return chart, replace(ranges, lower=np.maximum(ranges.lower, 0.0))


def ewma_chart(
    values: ArrayLike,
    target: float | None = None,
    sd: float | None = None,
    smoothing: float = 0.2,
    width: float = 3.0,
    baseline: slice | None = None,
) -> ControlChart:
    """Exponentially weighted means, for small lasting shifts: z_i = λx_i + (1−λ)z_(i−1), z_0 = target.

    Limits target ± L·σ√(λ/(2−λ)·(1 − (1−λ)^(2i))). ``target`` and ``sd`` are learnt from the baseline when
    not given: the mean, and the mean moving range over 1.128.
    """
    x = _finite(values, 1)
    given = [v for v in (target, sd) if v is not None]
    if not np.isfinite(given).all() or (sd is not None and sd < 0):
        raise MeasureError(
            "chart_values", "The target and the sd must be numbers, the sd 0 or more.", "Correct it."
        )
    if not 0 < smoothing <= 1 or not 0 < width < np.inf:
        raise MeasureError(
            "smoothing", "The smoothing must be in (0, 1] and the width above 0.", "Try 0.2 and 3."
        )
    known = x[_chosen(x, baseline, 2 if sd is None else 1)]
    middle = float(known.mean()) if target is None else target
    spread = float(np.abs(np.diff(known)).mean()) / chart_constants(2).d2 if sd is None else sd
    smooth, last = np.empty_like(x), middle
    for i, value in enumerate(x):
        last = smooth[i] = smoothing * value + (1 - smoothing) * last
    turn = np.arange(1, x.size + 1)
    se = spread * np.sqrt(smoothing / (2 - smoothing) * (1 - (1 - smoothing) ** (2 * turn)))
    return _chart("ewma", smooth, middle, se * width / 3, ("beyond_limits",))


def _chart(kind: Kind, values: Values, centre: float, sd: Values, rules: Collection[str]) -> ControlChart:
    away = values - centre
    # Without any spread whatever leaves the centre is beyond the limits.
    beyond = np.where(away > 0, np.inf, np.where(away < 0, -np.inf, 0.0))
    # Rounding must not push a point that lies on a line over it.
    z: Values = np.divide(away, sd, out=beyond, where=sd > 0).round(9)
    middle = np.full(values.size, centre)
    return ControlChart(kind, values, middle, middle - 3 * sd, middle + 3 * sd, find_signals(z, rules))


def _chosen(x: Values, baseline: slice | None, least: int = 1) -> slice:
    chosen = baseline or slice(None)
    found = len(x[chosen])
    if found < least:
        raise MeasureError(
            "too_few_points",
            f"The baseline has {found} periods; {least} at least show a centre and a spread.",
            "Choose a longer baseline, or collect more periods.",
            found=found,
            least=least,
        )
    return chosen


def _counts(counts: ArrayLike, sizes: ArrayLike) -> tuple[Values, Values]:
    c, n = _finite(counts, 1), _finite(sizes, 1)
    if c.size != n.size or (c < 0).any() or (n <= 0).any():
        raise MeasureError(
            "chart_counts",
            "Each period needs a count of 0 or more and a size above 0.",
            "Leave empty periods out.",
        )
    return c, n


def _finite(values: ArrayLike, dimensions: int) -> Values:
    return as_numbers(values, "The points of a chart", dimensions, holes=False, least=1)
