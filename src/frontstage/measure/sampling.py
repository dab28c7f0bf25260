"""How many to ask, and how sure the answer is: sample size and margin of error, also of a small population.

Sources: Cochran (1977), Sampling Techniques, §4.2 to 4.4; Neyman (1934) for the allocation.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from frontstage.measure.errors import MeasureError


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
    if not 0 < margin < 1 or not 0 <= share <= 1 or not 0 < response_rate <= 1 or design_effect <= 0:
        raise MeasureError(
            "sample_size",
            "The margin and response rate must be shares above 0, the expected share between 0 and 1.",
            "Give five points as 0.05.",
        )
    z = _z(confidence)
    wanted = design_effect * z * z * share * (1 - share) / margin**2
    if population is not None:
        _check_population(population)
        wanted = wanted / (1 + (wanted - 1) / population)
    answers = math.ceil(wanted - 1e-9)
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
    if n < 1:
        raise MeasureError(
            "no_answers", "Without answers there is no margin of error.", "Collect answers first."
        )
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
    return _z(confidence) * math.sqrt(design_effect * share * (1 - share) / n * correction)


def sample_size_for_mean(
    margin: float, sd: float, confidence: float = 0.95, population: int | None = None
) -> int:
    """How many answers so that a mean is known to ± ``margin``, both in the scale's unit: (z·sd/margin)²."""
    if margin <= 0 or sd <= 0:
        raise MeasureError("sample_size", "The margin and the standard deviation must be above 0.")
    wanted = (_z(confidence) * sd / margin) ** 2
    if population is not None:
        _check_population(population)
        wanted = wanted / (1 + wanted / population)
    return math.ceil(wanted - 1e-9)


def allocate(
    total: int, sizes: Sequence[float], spreads: Sequence[float] | None = None, least: int = 0
) -> NDArray[np.intp]:
    """Share a sample out among strata: in proportion to size, or to size · spread (Neyman).

    Largest remainders, ties to the earlier stratum; at least ``least`` each, never more than its size.
    """
    n = np.asarray(sizes, float)
    measure = n * (1.0 if spreads is None else np.asarray(spreads, float))
    if total < 0 or (n < 0).any() or measure.sum() <= 0 or total > n.sum():
        raise MeasureError(
            "allocation", f"{total} cannot be drawn from {n.sum():g}.", "Draw no more than there are."
        )
    out = np.minimum(np.full(n.size, least), n).astype(np.intp)
    if out.sum() > total:
        raise MeasureError(
            "allocation", f"{least} from each stratum is more than {total}.", "Ask for fewer each."
        )
    while (left := total - int(out.sum())) > 0:
        room = n - out
        open_measure = np.where(room >= 1, measure, 0.0)
        if open_measure.sum() <= 0:
            open_measure = np.where(room >= 1, room, 0.0)
        ideal = left * open_measure / open_measure.sum()
        step = np.minimum(np.floor(ideal), np.floor(room)).astype(np.intp)
        if step.sum() == 0:
            order = np.argsort(-(ideal - np.floor(ideal)), kind="stable")
            chosen = [i for i in order if room[i] >= 1][:left]
            step[chosen] = 1
        out += step
    return out


def _z(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise MeasureError("confidence", f"The confidence {confidence} is not a share.", "Give 95 % as 0.95.")
    return float(stats.norm.ppf((1 + confidence) / 2))


def _check_population(population: int) -> None:
    if population < 1:
        raise MeasureError("population", "The population must have somebody in it.", "Correct its size.")
