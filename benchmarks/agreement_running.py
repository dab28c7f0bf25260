"""What seminr, plspm and pingouin find on rows with the published moments, beside ours. They are run, never copied."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas
import pingouin
import seminr
from numpy.typing import NDArray

from frontstage.measure.moments import Moments
from frontstage.measure.pls import Estimate, Stopping, estimate
from frontstage.measure.pls.assessment import htmt, reliability
from frontstage.measure.pls.inference import Wanted, bootstrap, figures
from frontstage.measure.pls.replicates import Multiplicities, Rows
from tests.measure.pls.ecsi import ecsi_like_rows, ecsi_model
from tests.measure.pls.peers import matrix, plspm_model, seminr_model

Values = NDArray[np.float64]
# Rows whose moments are not the published ones either, so that nothing stored is compared with itself.
ROWS = ecsi_like_rows(300, seed=5)[:220]
MODEL = ecsi_model()
SEMINR_REPLICATES, OUR_REPLICATES, SAME_RESAMPLES = 1_000, 20_000, 200
# Loyalty and Quality: the pair with items that correlate negatively.
PAIR = MODEL.names.index("Loyalty"), MODEL.names.index("Quality")


@dataclass(frozen=True)
class Live:
    """Largest differences of what was run here, and the figures of definitions that differ."""

    n: int
    seminr: dict[str, float]
    plspm: dict[str, float]
    same_resamples: float
    error_units: float
    error_ratio: float
    alpha: tuple[float, float, float]  # of Image: correlations, covariances, pingouin's
    ratios: tuple[float, float]  # HTMT of PAIR: absolute, signed
    pooled: float  # paths of plspm with its own scaling, from ours
    schemes: float  # paths of the path scheme from those of the others
    stopping: float  # paths at 1e-7, from those at 1e-12


def live() -> Live:
    moments = Moments.of(ROWS, MODEL.items)
    found = estimate(MODEL, moments)
    of_image = reliability(found)["Image"]
    image = pandas.DataFrame(ROWS[:, found.block("Image")])
    units, ratio = standard_errors(found)
    others = [estimate(ecsi_model(scheme), moments).paths for scheme in ("factorial", "centroid")]
    loose = estimate(MODEL, moments, stopping=Stopping(1e-7)).paths
    return Live(
        n=len(ROWS), seminr=against_seminr(found), plspm=against_plspm(found),
        same_resamples=same_resamples(), error_units=units, error_ratio=ratio,
        alpha=(float(of_image.alpha or 0), float(of_image.alpha_covariance or 0),
               float(pingouin.cronbach_alpha(image)[0])),
        ratios=(float(htmt(found)[PAIR]), float(htmt(found, "signed")[PAIR])),
        pooled=pooled(found),
        schemes=max(largest(other, found.paths) for other in others),
        stopping=largest(loose, found.paths),
    )  # fmt: skip


def largest(a: Values, b: Values) -> float:
    return float(np.abs(np.asarray(a) - np.asarray(b)).max())


def against_seminr(found: Estimate) -> dict[str, float]:
    theirs, names = seminr_model(MODEL, ROWS), MODEL.names
    own = np.arange(len(MODEL.items)), MODEL.owners
    table = matrix(seminr.reliability_table(theirs), names, ("alpha", "rhoA", "rhoC", "AVE"))
    ours = reliability(found)
    several = [j for j, name in enumerate(names) if ours[name].alpha is not None]
    mine = np.array([[o.alpha, o.rho_a, o.rho_c, o.ave] for o in (ours[names[j]] for j in several)], float)
    ratios = np.nan_to_num(matrix(seminr.htmt(theirs), names, names))
    freed = matrix(seminr_model(MODEL, ROWS, factors=True).path_coef, names, names)
    reliabilities = np.abs(mine - table[several]).max(axis=0)
    return {
        "paths": largest(matrix(theirs.path_coef, names, names), found.paths),
        "loadings": largest(matrix(theirs.outer_loadings, MODEL.items, names)[own], found.loadings),
        "weights": largest(matrix(theirs.outer_weights, MODEL.items, names)[own], found.weights),
        "r2": largest(matrix(theirs.r_squared, ("Rsq",), names)[0, 1:], found.r2[1:]),
        **dict(zip(("α", "ρ_A", "ρ_C", "AVE"), map(float, reliabilities), strict=True)),
        "HTMT": largest(ratios[ratios != 0], htmt(found)[ratios != 0]),
        "PLSc paths": largest(freed, found.consistent.paths[..., 0]),
    }


def against_plspm(found: Estimate) -> dict[str, float]:
    theirs, names = plspm_model(MODEL, ROWS), list(MODEL.names)
    outer = theirs.outer_model().loc[list(MODEL.items)]
    r2 = theirs.inner_summary().loc[names[1:], "r_squared"].to_numpy(float)
    alpha = theirs.unidimensionality().loc[names, "cronbach_alpha"].to_numpy(float)
    ours = [reliability(found)[name].alpha for name in names]
    both = [j for j, value in enumerate(ours) if value is not None]
    return {
        "paths": largest(theirs.path_coefficients().loc[names, names].to_numpy().T, found.paths),
        "loadings": largest(outer["loading"].to_numpy(), found.loadings),
        "weights": largest(outer["weight"].to_numpy(), found.weights),
        "r2": largest(r2, found.r2[1:]),
        "α": largest(alpha[both], np.array([ours[j] for j in both], float)),
    }


def same_resamples() -> float:
    """Paths of replicates whose rows we drew, and gave to seminr by their numbers."""
    drawn = np.random.default_rng(3).integers(0, len(ROWS), (SAME_RESAMPLES, len(ROWS)))
    theirs = seminr.bootstrap_model(seminr_model(MODEL, ROWS), nboot=SAME_RESAMPLES, indices=drawn)
    counts = np.array([np.bincount(one, minlength=len(ROWS)) for one in drawn], float)
    rows = Rows(ROWS)
    sums = np.ascontiguousarray((counts @ rows.products(slice(None))).T)
    ours = figures(MODEL, rows.moments(sums, len(ROWS)), Wanted(), Stopping(1e-12))["paths"]
    pairs = zip(theirs.boot_paths, np.moveaxis(ours, -1, 0), strict=True)
    return max(largest(matrix(one, MODEL.names, MODEL.names), mine) for one, mine in pairs)


def standard_errors(found: Estimate) -> tuple[float, float]:
    """Our standard errors of paths from seminr's: largest in units of Monte-Carlo error, and as a share."""
    theirs = seminr.bootstrap_model(seminr_model(MODEL, ROWS), nboot=SEMINR_REPLICATES, seed=2, cores=2)
    values = np.array([matrix(one, MODEL.names, MODEL.names)[MODEL.matrix] for one in theirs.boot_paths])
    ours = bootstrap(found, Multiplicities(Rows(ROWS), OUR_REPLICATES, 1)).standard_error("paths")[
        MODEL.matrix
    ]
    ratio = np.abs(values.std(axis=0, ddof=1) / ours - 1)
    # A standard deviation of B normal values has a relative error of 1/√(2B).
    noise = np.sqrt(1 / (2 * len(values)) + 1 / (2 * OUR_REPLICATES))
    return float((ratio / noise).max()), float(ratio.max())


def pooled(found: Estimate) -> float:
    """How far plspm's paths are from ours with its own scaling, which is not a standardisation."""
    from plspm import config
    from plspm.mode import Mode
    from plspm.plspm import Plspm
    from plspm.scheme import Scheme

    structure = config.Structure()
    for start, end in MODEL.paths:
        structure.add_path([start], [end])
    wanted = config.Config(structure.path(), scaled=True)
    for construct in MODEL.constructs:
        wanted.add_lv(construct.name, Mode.A, *map(config.MV, construct.items))
    theirs = Plspm(pandas.DataFrame(ROWS, columns=list(MODEL.items)), wanted, Scheme.PATH, 300, 1e-12)
    names = list(MODEL.names)
    return largest(theirs.path_coefficients().loc[names, names].to_numpy().T, found.paths)
