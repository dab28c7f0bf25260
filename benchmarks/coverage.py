"""How often 95 % intervals contain the truth: many samples of a population whose path model is known exactly.

The population is multivariate normal. Its covariance is written down from a composite model, and its true paths
and loadings are the estimate from that covariance itself, without sampling. Each sample has 250 rows.
"""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from typing import Any

# Each process draws and iterates alone: BLAS threads would only get in each other's way.
os.environ |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")

import numpy as np
from numpy.typing import NDArray

from benchmarks.figures import Figure, report
from frontstage.measure.moments import Moments
from frontstage.measure.pls import Construct, Estimate, PathModel, estimate
from frontstage.measure.pls.inference import Method, bootstrap
from frontstage.measure.pls.replicates import Jackknife, Multiplicities, Rows

Values = NDArray[np.float64]
SAMPLES, ROWS, REPLICATES = 2_000, 250, 1_000
PROCESSES = 2
# Samples that one call simulates.
SHARE = 25
CONFIDENCE = 0.95
LOW, HIGH = 0.93, 0.97
METHODS: tuple[Method, ...] = ("percentile", "bca")
# Loadings on the composites, and standardised paths among them: of the size that satisfaction surveys show.
LOADINGS = {"IMAGE": (0.80, 0.75, 0.85), "QUALITY": (0.85, 0.80, 0.75, 0.80), "VALUE": (0.88, 0.88),
            "SATISFACTION": (0.85, 0.90, 0.80), "LOYALTY": (0.90, 0.80, 0.85)}  # fmt: skip
PATHS = {("IMAGE", "QUALITY"): 0.55, ("QUALITY", "VALUE"): 0.60, ("IMAGE", "SATISFACTION"): 0.20,
         ("QUALITY", "SATISFACTION"): 0.40, ("VALUE", "SATISFACTION"): 0.30, ("IMAGE", "LOYALTY"): 0.25,
         ("SATISFACTION", "LOYALTY"): 0.50}  # fmt: skip


def model() -> PathModel:
    constructs = (
        Construct(name, tuple(f"{name.lower()}_{i + 1}" for i in range(len(loadings))))
        for name, loadings in LOADINGS.items()
    )
    return PathModel(tuple(constructs), tuple(PATHS), name="coverage")


def population() -> tuple[PathModel, Values]:
    """The model and the (p, p) correlations of its items.

    A block's composite is the sum of its items weighted in proportion to their loadings. What is left of an item
    is uncorrelated with its composite and with every other block: blocks share their composites alone, and so
    the weights of mode A are exactly those of the composites.
    """
    wanted = model()
    between = _correlations(wanted)
    out = np.empty((len(wanted.items), len(wanted.items)))
    for j, (block, one) in enumerate(zip(wanted.blocks, LOADINGS.values(), strict=True)):
        for k, (other, two) in enumerate(zip(wanted.blocks, LOADINGS.values(), strict=True)):
            out[block, other] = between[j, k] * np.outer(one, two)
        out[block, block] = _within(np.array(one))
    return wanted, out


def _correlations(wanted: PathModel) -> Values:
    """(J, J) of composites, along the paths."""
    size = len(wanted.names)
    out = np.eye(size)
    for j in wanted.order:
        before = wanted.predecessors[j]
        if before.size:
            paths = np.array([PATHS[wanted.names[i], wanted.names[j]] for i in before])
            others = np.array(wanted.order[: wanted.order.index(j)])
            out[j, others] = out[others, j] = paths @ out[np.ix_(before, others)]
    return out


def _within(loadings: Values) -> Values:
    """(k, k) correlations of a block whose composite, weighted in proportion to λ, has the loadings λ.

    λ/|λ| is their eigenvector with value λ'λ; the rest lies across it and fills the diagonal up to 1.
    """
    unit = loadings / np.linalg.norm(loadings)
    across = np.eye(len(loadings)) - np.outer(unit, unit)
    # across·diag(d)·across has the diagonal (across∘across)·d.
    filling = np.linalg.lstsq(across**2, 1.0 - loadings**2, rcond=None)[0]
    return np.asarray(np.outer(loadings, loadings) + across @ np.diag(filling) @ across)


def truth(wanted: PathModel, correlation: Values) -> Estimate:
    """The estimate from the population itself, of which nothing is sampled."""
    p = len(wanted.items)
    n = float(ROWS)
    exact = Moments(
        wanted.items, np.zeros(p), ROWS, n, n, np.full((p, p), n), np.zeros((p, p)), correlation * (n - 1),
        np.full(p, -10.0), np.full(p, 10.0),
    )  # fmt: skip
    return estimate(wanted, exact)


def simulate(first: int, samples: int) -> dict[str, Values]:
    """For samples ``first`` and on: method → (figures,) how many intervals hold the truth, paths then loadings."""
    wanted, correlation = population()
    true = truth(wanted, correlation)
    spread = np.linalg.cholesky(correlation).T
    held = {method: np.zeros(len(wanted.paths) + len(wanted.items)) for method in METHODS}
    for number in range(first, first + samples):
        drawn = np.random.default_rng([7, number])
        sample = drawn.standard_normal((ROWS, len(wanted.items))) @ spread
        rows = Rows(sample)
        found = estimate(wanted, Moments.of(sample, wanted.items))
        resampled = bootstrap(
            found, Multiplicities(rows, REPLICATES, number), jackknife=Jackknife(rows), threads=1
        )
        for method, count in held.items():
            parts = [
                _holds(resampled.interval(name, method, CONFIDENCE), getattr(true, name)) for name in FIGURES
            ]
            count += np.concatenate([parts[0][wanted.matrix], parts[1]])
    return held


FIGURES = ("paths", "loadings")


def _holds(limits: tuple[Values, Values], true: Values) -> NDArray[np.bool_]:
    return np.asarray((limits[0] <= true) & (true <= limits[1]))


def labels(wanted: PathModel) -> list[str]:
    """Of the figures, in their order."""
    at = np.argwhere(wanted.matrix)
    return [f"{wanted.names[i]} to {wanted.names[j]}" for i, j in at] + list(wanted.items)


def main(samples: int = SAMPLES) -> None:
    begin = time.perf_counter()
    starts = range(0, samples, SHARE)
    sizes = [min(SHARE, samples - start) for start in starts]
    with ProcessPoolExecutor(PROCESSES) as pool:
        pieces = list(pool.map(simulate, starts, sizes))
    seconds = time.perf_counter() - begin
    wanted = model()
    figures = []
    for method in METHODS:
        shares = np.sum([piece[method] for piece in pieces], axis=0) / samples
        for kind, part in (("paths", slice(len(PATHS))), ("loadings", slice(len(PATHS), None))):
            figures.append(_figure(method, kind, shares[part], labels(wanted)[part], samples, seconds))
    report("coverage", figures)


def _figure(method: str, kind: str, shares: Values, named: list[str], samples: int, seconds: float) -> Figure:
    detail: dict[str, Any] = {
        "lowest": f"{shares.min():.2%} ({named[int(shares.argmin())]})",
        "highest": f"{shares.max():.2%} ({named[int(shares.argmax())]})",
        "figures": len(shares), "samples": samples, "rows": ROWS, "replicates": REPLICATES,
        "seconds of the whole run": round(seconds),
    }  # fmt: skip
    reached = bool(shares.min() >= LOW and shares.max() <= HIGH)
    return Figure(
        f"share of 95 % {method} intervals of {kind} that hold the truth, in % (mean)", float(shares.mean()) * 100,
        f"each {LOW:.0%} to {HIGH:.0%}", reached, detail,
    )  # fmt: skip


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
