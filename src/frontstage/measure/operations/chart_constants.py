"""d2, d3, c4 and the factors A2, D3, D4, computed instead of tabulated.

P(R ≤ r) = n∫φ(x)[Φ(x + r) − Φ(x)]^(n−1) dx for the range of n standard normals; d2 = E R, d3 = SD R.
Sources: Tippett (1925), Biometrika 17; Montgomery, Introduction to Statistical Quality Control, Appendix VI.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import special

from frontstage.measure.errors import MeasureError


@dataclass(frozen=True)
class ChartConstants:
    """Factors for subgroups of n: limits of X̄ are X̿ ± A2·R̄, of R they are D3·R̄ and D4·R̄."""

    n: int
    d2: float
    d3: float
    c4: float

    @property
    def a2(self) -> float:
        """3/(d2√n)."""
        return 3.0 / (self.d2 * math.sqrt(self.n))

    @property
    def lower_range(self) -> float:
        """D3 = 1 − 3d3/d2, not below 0."""
        return max(1.0 - 3.0 * self.d3 / self.d2, 0.0)

    @property
    def upper_range(self) -> float:
        """D4 = 1 + 3d3/d2."""
        return 1.0 + 3.0 * self.d3 / self.d2


@lru_cache(maxsize=64)
def chart_constants(n: int) -> ChartConstants:
    """The constants for subgroups of ``n`` (2 to 100), to nine digits."""
    if not 2 <= n <= 100:
        raise MeasureError("subgroup_size", f"A subgroup of {n} has no range chart.", "Use 2 to 100 values.")
    x = np.linspace(-9.0, 9.0, 721)
    nodes, weights = np.polynomial.legendre.leggauss(160)
    r, w = 7.5 * (nodes + 1.0), 7.5 * weights
    density = np.exp(-0.5 * x * x) / math.sqrt(2.0 * math.pi)
    between = special.ndtr(x[None, :] + r[:, None]) - special.ndtr(x)[None, :]
    below = n * (density * between ** (n - 1)).sum(axis=1) * (x[1] - x[0])
    d2 = float(w @ (1.0 - below))
    second = float(w @ (2.0 * r * (1.0 - below)))
    c4 = math.sqrt(2.0 / (n - 1)) * math.exp(math.lgamma(n / 2) - math.lgamma((n - 1) / 2))
    return ChartConstants(n, d2, math.sqrt(second - d2 * d2), c4)
