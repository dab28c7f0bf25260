"""α, ρ_A, ρ_C and AVE against seminr, plspm, semPLS, cSEM and pingouin."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from frontstage.measure.moments import Moments
from frontstage.measure.pls import Construct, PathModel, estimate
from frontstage.measure.pls.assessment import Reliability, first_eigenvalues, reliability
from tests.measure.pls.ecsi import BLOCKS, ecsi_like_rows, ecsi_model, ecsi_moments, figures

SEVERAL = [name for name, items in BLOCKS.items() if len(items) > 1]


@pytest.mark.parametrize("key", ["seminr_py_path_1e-14", "seminr_R_path_1e-14", "seminr_py_factorial_1e-14"])
def test_reliability_is_that_of_seminr(key: str) -> None:
    run = figures()[key]
    found = reliability(estimate(ecsi_model(run["scheme"]), ecsi_moments()))
    for name in SEVERAL:
        one, theirs = found[name], run["reliability"][name]
        ours = {"alpha": one.alpha, "rhoA": one.rho_a, "rhoC": one.rho_c, "AVE": one.ave}
        assert ours == pytest.approx(theirs, abs=1e-9), name


def test_consistent_loadings_give_seminrs_reliability_of_factors() -> None:
    model_estimate = estimate(ecsi_model(), ecsi_moments())
    found = reliability(model_estimate, model_estimate.consistent.loadings[:, 0])
    for name in SEVERAL:
        theirs = figures()["seminr_py_PLSc"]["reliability"][name]
        ours = (found[name].rho_c, found[name].ave)
        assert ours == pytest.approx((theirs["rhoC"], theirs["AVE"]), abs=1e-6)


def test_alpha_eigenvalues_and_ave_are_those_of_plspm_and_rho_c_that_of_sempls() -> None:
    base = estimate(ecsi_model(), ecsi_moments())
    found, eigenvalues = reliability(base), first_eigenvalues(base)
    plspm, sempls = figures()["plspm_R_path_1e-16"], figures()["semPLS_pathWeighting_1e-14"]
    for name in SEVERAL:
        theirs = plspm["unidim"][name]
        assert found[name].alpha == pytest.approx(theirs["C.alpha"], abs=1e-9)
        assert eigenvalues[name] == pytest.approx((theirs["eig.1st"], theirs["eig.2nd"]), abs=1e-9)
        assert found[name].ave == pytest.approx(plspm["ave"][name], abs=1e-8)
        assert found[name].rho_c == pytest.approx(sempls["dgrho"][name], abs=1e-9)


def test_rho_c_from_loadings_is_another_number_than_plspms_from_the_first_component() -> None:
    image = reliability(estimate(ecsi_model(), ecsi_moments()))["Image"]
    assert image.rho_c == pytest.approx(0.818879, abs=1e-6)
    assert figures()["plspm_R_path_1e-16"]["unidim"]["Image"]["DG.rho"] == pytest.approx(0.819321, abs=1e-6)


def test_alpha_from_covariances_is_pingouins_and_from_correlations_its_of_standardised_items() -> None:
    pingouin, pandas = pytest.importorskip("pingouin"), pytest.importorskip("pandas")
    rows = pandas.DataFrame(ecsi_like_rows(250, seed=1), columns=ecsi_model().items)
    found = reliability(estimate(ecsi_model(), Moments.of(rows.to_numpy(), list(rows.columns))))
    for name in SEVERAL:
        items = rows[list(BLOCKS[name])]
        standardised = (items - items.mean()) / items.std()
        assert found[name].alpha_covariance == pytest.approx(pingouin.cronbach_alpha(items)[0], abs=1e-9)
        assert found[name].alpha == pytest.approx(pingouin.cronbach_alpha(standardised)[0], abs=1e-9)
    assert found["Image"].alpha_covariance == pytest.approx(0.714447, abs=1e-6)
    assert found["Image"].alpha == pytest.approx(0.722835, abs=1e-6)


def test_single_items_and_formed_constructs_have_no_reliability() -> None:
    model = ecsi_model()
    formed = tuple(
        replace(construct, mode="B") if construct.name == "Image" else construct
        for construct in model.constructs
    )
    found = reliability(estimate(replace(model, constructs=formed), ecsi_moments()))
    assert found["Complaints"] == found["Image"] == Reliability()
    assert found["Quality"].alpha is not None


def test_identical_parallel_items_have_alpha_equal_to_rho_a_and_spearman_brown() -> None:
    # Four items with one common correlation r: every coefficient is 4r/(1 + 3r).
    r = np.full((8, 8), 0.2)
    r[:4, :4] = r[4:, 4:] = 0.5
    np.fill_diagonal(r, 1.0)
    n, names = 100, tuple("abcdefgh")
    moments = Moments.of(np.random.default_rng(0).standard_normal((n, 8)), names)
    moments.products, moments.sums = r * (n - 1), np.zeros((8, 8))
    model = PathModel((Construct("X", names[:4]), Construct("Y", names[4:])), (("X", "Y"),))
    found = reliability(estimate(model, moments))["X"]
    assert (found.alpha, found.rho_a) == pytest.approx((0.8, 0.8), abs=1e-9)
    assert found.ave == pytest.approx((1 + 3 * 0.5) / 4)
