"""One program's work on path models, in a process of its own: our figures, seminr's or plspm's, with their times.

``python -m benchmarks.path_model_sides ours estimate 250 0`` prints one line of JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frontstage.measure.moments import Moments
from frontstage.measure.pls import estimate
from frontstage.measure.pls.inference import Bootstrap, Wanted, bootstrap
from frontstage.measure.pls.replicates import CHUNK, DrawnMoments, Multiplicities, Rows
from tests.measure.pls.ecsi import PATHS, ecsi_like_rows, ecsi_model

Values = NDArray[np.float64]
Answer = dict[str, Any]
MODEL = ecsi_model()
WANTED = Wanted(target="Satisfaction", heterotrait=True)
SEED = 1
CORES = os.cpu_count() or 1


def timed(act: Callable[[], Any], times: int = 1) -> tuple[float, Any]:
    """The shortest of some runs, in seconds, and what the last one gave."""
    best, found = float("inf"), None
    for _ in range(times):
        begin = time.perf_counter()
        found = act()
        best = min(best, time.perf_counter() - begin)
    return best, found


def by_path(matrix: Values) -> dict[str, float]:
    at = MODEL.names.index
    return {f"{a}->{b}": float(matrix[at(a), at(b)]) for a, b in PATHS}


class Ours:
    """Estimates from moments; replicates from multiplicities, or drawn from the moments' own distribution."""

    def estimate(self, rows: Values, _: int) -> Answer:
        seconds, found = timed(lambda: estimate(MODEL, Moments.of(rows, MODEL.items)), 5)
        return {"seconds": seconds, "paths": by_path(found.paths)}

    def bootstrap(self, rows: Values, count: int) -> Answer:
        def act() -> Bootstrap:
            found = estimate(MODEL, Moments.of(rows, MODEL.items))
            return summed_up(bootstrap(found, Multiplicities(Rows(rows), count, SEED), wanted=WANTED))

        return self._answer(*timed(act, 3 if len(rows) < 10_000 else 1))

    def drawn(self, rows: Values, count: int) -> Answer:
        def act() -> Bootstrap:
            moments = Moments.of(rows, MODEL.items, products=True)
            return summed_up(
                bootstrap(estimate(MODEL, moments), DrawnMoments(moments, count, SEED), wanted=WANTED)
            )

        return self._answer(*timed(act, 3))

    def limit(self, rows: Values, count: int) -> Answer:
        """The bare multiplication that the replicates need: multiplicities (B, n) by products (n, q)."""
        p = rows.shape[1]
        products = np.random.default_rng(SEED).standard_normal((len(rows), 1 + p + p * (p + 1) // 2))
        counts = np.random.default_rng(SEED).poisson(1.0, (count, len(rows))).astype(float)
        pieces = [counts[start : start + CHUNK] for start in range(0, count, CHUNK)]
        with ThreadPoolExecutor(CORES) as pool:
            seconds, _ = timed(lambda: list(pool.map(lambda piece: piece @ products, pieces)), 10)
        return {"seconds": seconds, "shape": f"{count}x{len(rows)} by {len(rows)}x{products.shape[1]}"}

    @staticmethod
    def _answer(seconds: float, found: Bootstrap) -> Answer:
        errors = by_path(found.standard_error("paths"))
        return {"seconds": seconds, "usable": found.usable, "errors": errors}


def summed_up(found: Bootstrap) -> Bootstrap:
    """Standard errors and intervals of all that a report shows; the time counts, the figures are dropped."""
    for name in ("paths", "loadings", "weights", "total"):
        found.standard_error(name)
        found.interval(name)
    return found


class Seminr:
    """PyPI seminr, with a process per core for its replicates. Its defaults when timed, 1e-12 when compared."""

    def __init__(self) -> None:
        import pandas
        import seminr

        self.seminr, self.pandas = seminr, pandas

    def _model(self, rows: Values, digits: int = 7) -> Any:
        s = self.seminr
        return s.estimate_pls(
            self.pandas.DataFrame(rows, columns=list(MODEL.items)),
            s.constructs(*[s.composite(c.name, list(c.items), weights=s.mode_A) for c in MODEL.constructs]),
            s.relationships(*[s.paths(from_=a, to=b) for a, b in MODEL.paths]),
            inner_weights=s.path_weighting,
            stop_criterion=digits,
        )

    def estimate(self, rows: Values, _: int) -> Answer:
        seconds, _found = timed(lambda: self._model(rows), 3)
        return {"seconds": seconds, "paths": self._paths(self._model(rows, 12).path_coef)}

    def bootstrap(self, rows: Values, count: int) -> Answer:
        model = self._model(rows)
        seconds, found = timed(
            lambda: self.seminr.bootstrap_model(model, nboot=count, seed=SEED, cores=CORES)
        )
        replicates = np.array([one.values for one in found.boot_paths])
        first = found.boot_paths[0]
        errors = replicates.std(axis=0, ddof=1)
        named = {f"{a}->{b}": float(errors[first.rows.index(a), first.cols.index(b)]) for a, b in PATHS}
        return {"seconds": seconds, "usable": len(replicates), "errors": named}

    @staticmethod
    def _paths(named: Any) -> dict[str, float]:
        return {f"{a}->{b}": float(named.values[named.rows.index(a), named.cols.index(b)]) for a, b in PATHS}


class Plspm:
    """PyPI plspm, given standardised rows because its own scaling divides by one pooled deviation."""

    def _model(self, rows: Values, tolerance: float = 1e-6, **options: Any) -> Any:
        import pandas
        from plspm import config
        from plspm.mode import Mode
        from plspm.plspm import Plspm as Program
        from plspm.scheme import Scheme

        structure = config.Structure()
        for start, end in MODEL.paths:
            structure.add_path([start], [end])
        wanted = config.Config(structure.path(), scaled=False)
        for construct in MODEL.constructs:
            wanted.add_lv(construct.name, Mode.A, *map(config.MV, construct.items))
        z = (rows - rows.mean(axis=0)) / rows.std(axis=0)
        frame = pandas.DataFrame(z, columns=list(MODEL.items))
        return Program(frame, wanted, Scheme.PATH, 300, tolerance, **options)

    def estimate(self, rows: Values, _: int) -> Answer:
        seconds, _found = timed(lambda: self._model(rows), 3)
        table = self._model(rows, 1e-12).path_coefficients()
        return {"seconds": seconds, "paths": {f"{a}->{b}": float(table.loc[b, a]) for a, b in PATHS}}

    def bootstrap(self, rows: Values, count: int) -> Answer:
        seconds, found = timed(
            lambda: self._model(rows, bootstrap=True, bootstrap_iterations=count, processes=CORES)
        )
        errors = found.bootstrap().paths()["std.error"]
        return {
            "seconds": seconds,
            "usable": count,
            "errors": {f"{a}->{b}": float(errors[f"{a} -> {b}"]) for a, b in PATHS},
        }


SIDES = {"ours": Ours, "seminr": Seminr, "plspm": Plspm}


def main(side: str, work: str, n: str, count: str) -> None:
    answer: Answer = getattr(SIDES[side](), work)(ecsi_like_rows(int(n)), int(count))
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
