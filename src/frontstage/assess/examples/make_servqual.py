"""Make ``servqual.csv``: 200 simulated respondents of the shipped instrument ``servqual`` in four districts.

Run it to write the file anew; its seed is fixed, so the file does not change. No respondent is real.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SEED = 1988
ROWS = 200
MISSING = -99
# District: share of respondents, shift of what is perceived in points of the scale, weight of a respondent.
DISTRICTS = {
    "Riverside": (0.35, 0.40, 0.9),
    "Old Town": (0.30, -0.45, 1.1),
    "Station": (0.20, 0.00, 1.0),
    "Hillside": (0.15, 0.15, 1.05),
}
# Dimension: its items, and the mean expectation and perception on the scale from 1 to 7.
DIMENSIONS = {
    "tangibles": (4, 5.3, 5.4),
    "reliability": (5, 6.3, 5.1),
    "responsiveness": (4, 6.0, 4.9),
    "assurance": (4, 6.0, 5.6),
    "empathy": (5, 5.6, 5.2),
}


def main() -> None:
    """Write the file beside this one."""
    random = np.random.default_rng(SEED)
    district = random.choice(list(DISTRICTS), ROWS, p=[share for share, *_ in DISTRICTS.values()])
    columns = _columns(district, random)
    factors = random.uniform(0.8, 1.2, ROWS)
    weights = [f"{DISTRICTS[name][2] * factor:.2f}" for name, factor in zip(district, factors, strict=True)]
    path = Path(__file__).with_name("servqual.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*columns, "district", "weight"])
        writer.writerows(zip(*columns.values(), district, weights, strict=True))


def _columns(district: NDArray[np.str_], random: np.random.Generator) -> dict[str, NDArray[np.int64]]:
    """The expectations of all items, then their perceptions."""
    shift = np.array([DISTRICTS[name][1] for name in district])
    expectations, perceptions = {}, {}
    demanding, content = random.normal(0, 0.5, ROWS), random.normal(0, 0.7, ROWS)
    number = 0
    for items, expected, perceived in DIMENSIONS.values():
        own = random.normal(0, 0.5, ROWS)
        for _ in range(items):
            number += 1
            easier = random.normal(0, 0.2)
            expectations[f"q{number:02d}_e"] = _answers(expected + demanding, random)
            perceptions[f"q{number:02d}_p"] = _answers(perceived + easier + shift + content + own, random)
    return {**expectations, **perceptions}


def _answers(level: NDArray[np.float64], random: np.random.Generator) -> NDArray[np.int64]:
    """Whole answers from 1 to 7, one in a hundred of them missing."""
    answers = np.clip(np.rint(level + random.normal(0, 0.8, ROWS)), 1, 7)
    answers[random.random(ROWS) < 0.01] = MISSING
    return answers.astype(int)


if __name__ == "__main__":
    main()
