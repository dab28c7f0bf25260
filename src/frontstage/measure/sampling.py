"""How many to ask, and how sure the answer is: sample size and margin of error, also of a small population.

Sources: Cochran (1977), Sampling Techniques, chapter 4, for the sizes; Kish (1965) for the design effect;
Neyman (1934), Journal of the Royal Statistical Society 97, for the allocation.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from frontstage.measure.arrays import Values, as_numbers
from frontstage.measure.errors import MeasureError
from frontstage.measure.intervals import normal_quantile


def sample_size(
    margin: float,
    confidence: float = 0.95,
    share: float = 0.5,
    population: int | None = None,
    response_rate: float = 1.0,
    design_effect: float = 1.0,
) -> int:
    """How many to invite so that a share is known to ± ``margin`` (0.05 is five points).

    n₀ = deff·z²p(1−p)/margin²; of a population N: n₀/(1 + (n₀ − 1)/N); then divided by the response rate and
    rounded up, at most N. 385 for ±5 %, 357 of 5,000.
    """
    if not 0 < margin < 1 or not 0 < share < 1 or not 0 < response_rate <= 1:
        raise MeasureError(
            "sample_size",
            "The margin, the expected share and the response rate must be shares above 0.",
            "Give five points as 0.05; without an idea of the share, 0.5.",
        )
    wanted = _design(design_effect) * normal_quantile(confidence) ** 2 * share * (1 - share) / margin**2
    if population is not None:
        _check_population(population)
        wanted = wanted / (1 + (wanted - 1) / population)
    answers = max(math.ceil(wanted - 1e-9), 1)
    invited = math.ceil(answers / response_rate - 1e-9)
    return invited if population is None else min(invited, population)


def margin_of_error(
    n: int,
    confidence: float = 0.95,
    share: float = 0.5,
    population: int | None = None,
    design_effect: float = 1.0,
) -> float:
    """± as a share: z·√(deff·p(1−p)/n · (N − n)/(N − 1)); 0 when everybody answered."""
    if not n >= 1:
        raise MeasureError(
            "no_answers", "Without answers there is no margin of error.", "Collect answers first."
        )
    if not 0 <= share <= 1:
        raise MeasureError("share", f"{share} is not a share.", "Give 30 % as 0.3.")
    correction = 1.0
    if population is not None:
        _check_population(population)
        if n > population:
            raise MeasureError(
                "population",
                f"{n} answers of a population of {population}.",
                "Correct the population's size.",
            )
        correction = (population - n) / (population - 1) if population > 1 else 0.0
    return normal_quantile(confidence) * math.sqrt(
        _design(design_effect) * share * (1 - share) / n * correction
    )


def sample_size_for_mean(
    margin: float, sd: float, confidence: float = 0.95, population: int | None = None
) -> int:
    """How many answers so that a mean is known to ± ``margin``, both in the scale's unit.

    n₀ = (z·sd/margin)²; of a population N: n₀/(1 + n₀/N).
    """
    if not (0 < margin < math.inf and 0 < sd < math.inf):
        raise MeasureError(
            "sample_size",
            "The margin and the standard deviation must be above 0.",
            "Take the standard deviation from an earlier survey or a pilot.",
        )
    wanted = (normal_quantile(confidence) * sd / margin) ** 2
    if population is not None:
        _check_population(population)
        wanted = wanted / (1 + wanted / population)
    return max(math.ceil(wanted - 1e-9), 1)


def allocate(
    total: int, sizes: Sequence[float], spreads: Sequence[float] | None = None, least: int = 0
) -> NDArray[np.intp]:
    """(strata,) Share a sample out among strata: in proportion to size, or to size · spread (Neyman).

    At least ``least`` each (or all of a smaller stratum), never more than a stratum has; only strata that
    such a limit concerns leave the proportion. Largest remainders, ties to the earlier stratum.
    """
    n = np.floor(as_numbers(sizes, "The sizes of the strata", 1, holes=False, least=1))
    s = np.ones(n.size) if spreads is None else as_numbers(spreads, "The spreads", 1, holes=False)
    if s.shape != n.shape or (n < 0).any() or (s < 0).any() or not 0 <= total <= n.sum():
        raise MeasureError(
            "allocation",
            f"{total} cannot be drawn from {n.sum():g}.",
            "Draw no more than there are; sizes and spreads are 0 or more, one a stratum.",
        )
    low = np.minimum(max(least, 0), n)
    if low.sum() > total:
        raise MeasureError(
            "allocation", f"{least} from each stratum is more than {total}.", "Ask for fewer each."
        )
    s = s if s.any() else np.ones(n.size)
    # Strata without spread are drawn from only when the others are used up.
    measure = np.maximum(n * s, 1e-9 * n * float(s.max()))
    ideal = _between(measure, low, n, float(total))
    out = np.floor(ideal + 1e-9)
    order = np.argsort(out - ideal, kind="stable")
    for stratum in [i for i in order if out[i] < n[i]][: max(total - int(out.sum()), 0)]:
        out[stratum] += 1
    return out.astype(np.intp)


def _between(measure: Values, low: Values, high: Values, total: float) -> Values:
    """Amounts in proportion to ``measure`` within their limits that add up to ``total``, by halving."""
    known = measure > 0
    lowest, highest = 0.0, float((high[known] / measure[known]).max()) if known.any() else 0.0
    for _ in range(200):
        middle = (lowest + highest) / 2
        enough = np.clip(middle * measure, low, high).sum() >= total
        lowest, highest = (lowest, middle) if enough else (middle, highest)
    return np.clip(highest * measure, low, high)


def _design(effect: float) -> float:
    if not 0 < effect < math.inf:
        raise MeasureError("design_effect", f"A design effect of {effect} cannot be.", "Without one, 1.")
    return effect


def _check_population(population: int) -> None:
    if not population >= 1:
        raise MeasureError("population", "The population must have somebody in it.", "Correct its size.")
