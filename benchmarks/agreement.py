"""Our figures of the ECSI model against every independent program's; writes docs/reference/agreement.md.

Stored are figures that other programs gave for the published data (facts, with the program's name); seminr, plspm
and pingouin also run here, on rows made to have the published moments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.agreement_reasons import document
from benchmarks.agreement_running import SEMINR_REPLICATES, Live, live
from benchmarks.figures import Figure, report
from frontstage.measure.pls import Estimate, estimate
from frontstage.measure.pls.assessment import fornell_larcker, htmt, reliability
from tests.measure.pls.ecsi import ecsi_model, ecsi_moments
from tests.measure.pls.ecsi import figures as stored

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "reference" / "agreement.md"
WITHIN = 1e-6
# Stopped at 1e-5, where the others went on to 1e-14 or so.
LOOSE = ("SmartPLS 2", "cSEM (R)/PLSc")
Named = Mapping[str, float]


@dataclass(frozen=True)
class Row:
    """One program's run: by quantity, how many figures were compared and the largest difference."""

    program: str
    scheme: str
    estimator: str
    apart: dict[str, tuple[int, float]]

    @property
    def worst(self) -> float:
        return max(value for _, value in self.apart.values())

    @property
    def is_loose(self) -> bool:
        return self.program in LOOSE or f"{self.program}/{self.estimator}" in LOOSE


def ours(found: Estimate, estimator: str) -> dict[str, Named]:
    """Our figures by quantity, named as the stored ones are."""
    model, freed = found.model, found.consistent
    is_freed = estimator == "PLSc"
    at, items = model.names.index, model.items
    paths = freed.paths[..., 0] if is_freed else found.paths
    loadings = freed.loadings[:, 0] if is_freed else found.loadings
    one = reliability(found, loadings)
    named: dict[str, Named] = {
        "paths": {f"{a}->{b}": paths[at(a), at(b)] for a, b in model.paths},
        "loadings": dict(zip(items, loadings, strict=True)),
        "r2": dict(zip(model.names, freed.r2[:, 0] if is_freed else found.r2, strict=True)),
    }
    fields = {"α": "alpha", "ρ_A": "rho_a", "ρ_C": "rho_c", "AVE": "ave"}
    for quantity, field in fields.items():
        known = {name: getattr(value, field) for name, value in one.items()}
        named[quantity] = {name: value for name, value in known.items() if value is not None}
    if not is_freed:
        named["weights"] = dict(zip(items, found.weights, strict=True))
        named["HTMT"] = _pairs(model.names, htmt(found))
        named["Fornell-Larcker"] = _pairs(model.names, fornell_larcker(found))
    return named


def _pairs(names: tuple[str, ...], matrix: Any) -> dict[str, float]:
    return {f"{a}|{b}": float(matrix[i, j]) for i, a in enumerate(names) for j, b in enumerate(names)}


def theirs(run: Mapping[str, Any]) -> dict[str, Named]:
    """A stored run's figures by quantity. ρ_C of semPLS goes by Dillon and Goldstein's name, and is Jöreskog's."""
    named: dict[str, Named] = {key: run[key] for key in ("paths", "loadings", "weights", "r2") if key in run}
    table = run.get("reliability", {})
    for quantity, column in {"α": "alpha", "ρ_A": "rhoA", "ρ_C": "rhoC", "AVE": "AVE"}.items():
        named[quantity] = {name: values[column] for name, values in table.items() if column in values}
    named["α"] = named["α"] or {name: one["C.alpha"] for name, one in run.get("unidim", {}).items()}
    named["ρ_C"] = named["ρ_C"] or run.get("dgrho", {})
    named["AVE"] = named["AVE"] or run.get("ave", {}) or run.get("comm", {})
    named["HTMT"], named["Fornell-Larcker"] = run.get("htmt", {}), run.get("fl", {})
    return named


def difference(mine: Named, other: Named) -> tuple[int, float] | None:
    """How many figures both have, and the largest difference; None where they share none."""
    pairs = [
        (mine[name], value)
        for name, value in other.items()
        if name in mine and isinstance(value, float) and np.isfinite(mine[name])
    ]
    return (len(pairs), max(abs(a - b) for a, b in pairs)) if pairs else None


def rows() -> list[Row]:
    """A row for each stored run."""
    mine: dict[tuple[str, str], dict[str, Named]] = {}
    out = []
    for run in stored().values():
        kind = run["scheme"], run["estimator"]
        if kind not in mine:
            mine[kind] = ours(estimate(ecsi_model(run["scheme"]), ecsi_moments()), run["estimator"])
        apart = {name: difference(mine[kind].get(name, {}), other) for name, other in theirs(run).items()}
        compared = {name: value for name, value in apart.items() if value is not None}
        out.append(Row(run["program"], *kind, compared))
    return out


def claims(table: list[Row], here: Live) -> list[Figure]:
    count = sum(number for row in table for number, _ in row.apart.values())
    agree = [row for row in table if row.worst <= WITHIN]
    strict = max(row.worst for row in table if not row.is_loose)
    resampled = here.same_resamples
    return [
        Figure(
            f"share of {len(table)} runs of {len({row.program for row in table})} programs whose every figure is ours",
            len(agree) / len(table), f"1, to {WITHIN:g}", len(agree) == len(table),
            {"figures compared": count, "largest difference": f"{strict:.1e}",
             "with SmartPLS 2 and cSEM's PLSc, which stop at 1e-5": f"{max(row.worst for row in table):.1e}"},
        ),
        Figure(
            "bootstrap replicates on the same resamples as seminr: largest difference of a path, in units of 1e-6",
            resampled / WITHIN, "<= 1", resampled <= WITHIN, {"difference": f"{resampled:.1e}"},
        ),
        Figure(
            f"standard errors of paths, own resamples, against {SEMINR_REPLICATES} replicates of seminr, in units of "
            "their Monte-Carlo error (largest of 12)",
            here.error_units, "<= 4", here.error_units <= 4, {"largest ratio": f"{here.error_ratio:.1%} apart"},
        ),
    ]  # fmt: skip


def main(write: Callable[[str], object] = lambda text: DOCUMENT.write_text(text, encoding="utf-8")) -> None:
    table, here = rows(), live()
    write(document(table, here))
    report("agreement", claims(table, here))


if __name__ == "__main__":
    main()
