"""The text of docs/reference/agreement.md: tables of differences, and the reasons where definitions differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.agreement import Row
    from benchmarks.agreement_running import Live

QUANTITIES = {
    "paths": "paths", "loadings": "loadings", "weights": "weights", "r2": "R²", "α": "α", "ρ_A": "ρ_A", "ρ_C": "ρ_C",
    "AVE": "AVE", "HTMT": "HTMT", "Fornell-Larcker": "Fornell-Larcker",
}  # fmt: skip
HEAD = """# Agreement with other programs

Written by `python -m benchmarks.agreement`, which made every comparison on this page; do not edit it by hand.

Where definitions are the same, figures agree to 10⁻⁶ or better. Where they are not, the reason stands below, and
Frontstage says which definition it uses or gives both.

## The ECSI mobile telephone model, as published

250 answers to 24 items (Tenenhaus, Esposito Vinzi, Chatelin & Lauro 2005), seven constructs, twelve paths. Each line is
one run of one program on the data; each cell is the largest absolute difference of its figures from ours. A dash: the
program does not print the quantity, or defines it otherwise (below).
"""
TAIL = """
## Where definitions differ, and why

| what | who | how far apart here | what Frontstage does |
|---|---|---|---|
| Standardising | `plspm` (Python) with `scaled=True` divides all items by one pooled standard deviation, which does not standardise them | paths by {pooled:.3f} | Each item has its own; `plspm` is given standardised rows when it is compared. |
| Inner weighting | path, factorial and centroid schemes are three estimators | paths by up to {schemes:.4f} | The scheme is in the model and in the settings of every report; path by default. |
| Stopping | 10⁻⁵ (SmartPLS 2, cSEM by default), 10⁻⁶, 10⁻⁷ | 10⁻⁷ against 10⁻¹²: paths by {stopping:.0e}; 10⁻⁵ by up to 7e-7 (last line of the first table) | Estimates stop at 10⁻¹², replicates at 10⁻⁷. |
| Cronbach's α | of correlations in most path modelling programs, of covariances in `pingouin` and most statistics packages | Image: {alpha[0]:.6f} and {alpha[1]:.6f} (`pingouin` {alpha[2]:.6f}) | Gives both, named. |
| ρ_C | `plspm` prints Dillon-Goldstein's ρ from correlations with the first principal component, under a similar name | Image, published data: .819321 and .818879 | Jöreskog's ρ_C, from the loadings of the estimate. |
| HTMT | on absolute correlations in seminr, on signed ones in cSEM | Loyalty and Quality: {ratios[0]:.5f} and {ratios[1]:.5f} | Gives both where they differ. |
| α, ρ and AVE of a single item | printed as 1 by seminr and plspm, as NA by semPLS | | Not given: one item cannot agree with itself. |
| Divisor n or n − 1, sign of scores | differ between programs | none in this model | n − 1; a score that correlates negatively with the sum of its items is turned round. |
| Parallel resampling | `plspm` with two processes gives each the same random numbers: half as many distinct replicates as asked | standard errors noisier than they say | Each chunk of replicates has a random stream of its own; results do not depend on the number of threads. |
| Covariance-based estimates (lavaan, semopy) | another estimator, and improper for these data (standardised paths up to 3.27) | not comparable | Not an oracle for path models by partial least squares. |
"""


def document(table: list[Row], here: Live) -> str:
    """The whole page."""
    lines = [
        HEAD,
        *_stored(table),
        _live_head(here),
        *_live(here),
        _replicates(here),
        TAIL.format(**vars(here)),
    ]
    return "\n".join(lines).strip() + "\n"


def _stored(table: list[Row]) -> list[str]:
    lines = [
        f"| program | scheme | estimator | {' | '.join(QUANTITIES.values())} |",
        "|---" * (len(QUANTITIES) + 3) + "|",
    ]
    for row in table:
        cells = [_power(row.apart[name][1]) if name in row.apart else "–" for name in QUANTITIES]
        lines.append(f"| {row.program} | {row.scheme} | {row.estimator} | {' | '.join(cells)} |")
    lines.append(
        "\nSmartPLS 2 stops at 10⁻⁵ and so did cSEM's run of consistent PLS; the other runs went on to 10⁻¹⁴ or further.\n"
    )
    return lines


def _live_head(here: Live) -> str:
    return (
        "## Programs run beside ours\n\n"
        f"On {here.n} made-up rows, the same for all, so that nothing stored is compared with itself.\n"
    )


def _live(here: Live) -> list[str]:
    lines = ["| quantity | seminr | plspm, rows standardised |", "|---|---|---|"]
    for name, value in here.seminr.items():
        other = _power(here.plspm[name]) if name in here.plspm else "–"
        lines.append(f"| {QUANTITIES.get(name, name)} | {_power(value)} | {other} |")
    return lines


def _replicates(here: Live) -> str:
    return (
        "\nBootstrap: on the very resamples that seminr was given, our replicates' paths differ from its own by at most "
        f"{_power(here.same_resamples)}. On each program's own resamples, standard errors of the twelve paths differ by "
        f"at most {here.error_ratio:.1%}, which is {here.error_units:.1f} times the Monte-Carlo error of such a figure."
    )


def _power(value: float) -> str:
    return "0" if value == 0 else f"{value:.0e}".replace("e-0", "e-")
