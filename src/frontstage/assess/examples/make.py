"""Make ``six-factor.csv``: 300 simulated respondents of the six-factor model in four districts.

Run it to write the file anew; its seed is fixed, so the file does not change. No respondent is real.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SEED = 19038
ROWS = 300
MISSING = -99
# District: share of respondents, shift of perceived quality in standard deviations, weight of a respondent.
DISTRICTS = {
    "Riverside": (0.35, 0.45, 0.9),
    "Old Town": (0.30, -0.35, 1.1),
    "Station": (0.20, -0.05, 1.0),
    "Hillside": (0.15, 0.20, 1.05),
}
# Construct: the prefix of its items, their loadings, mean and spread on the scale from 1 to 10.
MEASURES = {
    "EXPE": ("expect", (0.80, 0.78, 0.72), 7.4, 1.5),
    "QUAL": ("quality", (0.88, 0.84, 0.80), 7.0, 1.7),
    "VALUE": ("value", (0.86, 0.84), 6.4, 1.8),
    "SATI": ("satisf", (0.90, 0.85, 0.83), 6.9, 1.7),
    "COMP": ("complaint", (0.90,), 3.6, 2.0),
    "LOYA": ("loyal", (0.87, 0.70, 0.85), 6.6, 2.0),
}
PATHS = {
    "QUAL": {"EXPE": 0.50},
    "VALUE": {"EXPE": 0.10, "QUAL": 0.60},
    "SATI": {"EXPE": 0.10, "QUAL": 0.50, "VALUE": 0.30},
    "COMP": {"SATI": -0.55},
    "LOYA": {"SATI": 0.60, "COMP": -0.20},
}


def main() -> None:
    """Write the file beside this one."""
    random = np.random.default_rng(SEED)
    shares = [share for share, *_ in DISTRICTS.values()]
    district = random.choice(list(DISTRICTS), ROWS, p=shares)
    columns = _answers(_factors(random, district), random)
    weights = [
        f"{DISTRICTS[name][2] * factor:.2f}"
        for name, factor in zip(district, random.uniform(0.8, 1.2, ROWS), strict=True)
    ]
    path = Path(__file__).with_name("six-factor.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*columns, "district", "weight"])
        writer.writerows(zip(*columns.values(), district, weights, strict=True))


def _factors(random: np.random.Generator, district: NDArray[np.str_]) -> dict[str, NDArray[np.float64]]:
    """The constructs of each respondent, of unit variance before the districts shift the quality."""
    factors = {"EXPE": random.standard_normal(ROWS)}
    for name, causes in PATHS.items():
        explained = sum(path * factors[cause] for cause, path in causes.items())
        rest = max(0.15, 1.0 - float(np.var(explained)))
        factors[name] = explained + np.sqrt(rest) * random.standard_normal(ROWS)
        if name == "QUAL":
            factors[name] = factors[name] + np.array([DISTRICTS[each][1] for each in district])
    return factors


def _answers(
    factors: dict[str, NDArray[np.float64]], random: np.random.Generator
) -> dict[str, NDArray[np.int64]]:
    """Whole answers from 1 to 10, one in a hundred of them missing."""
    columns = {}
    for construct, (prefix, loadings, mean, spread) in MEASURES.items():
        for number, loading in enumerate(loadings, start=1):
            noise = np.sqrt(1 - loading**2) * random.standard_normal(ROWS)
            answers = np.clip(np.rint(mean + spread * (loading * factors[construct] + noise)), 1, 10)
            answers[random.random(ROWS) < 0.01] = MISSING
            columns[f"{prefix}_{number}"] = answers.astype(int)
    return columns


if __name__ == "__main__":
    main()
