"""HTMT, Fornell-Larcker and items' VIF against seminr and cSEM, and against their definitions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from frontstage.measure.pls import Construct, PathModel, estimate
from frontstage.measure.pls.assessment import fornell_larcker, heterotrait, htmt, item_vifs
from tests.measure.pls.ecsi import BLOCKS, ecsi_like_rows, ecsi_model, ecsi_moments, figures


@pytest.mark.parametrize("key", ["seminr_py_path_1e-14", "seminr_R_path_1e-14"])
def test_htmt_on_absolute_correlations_is_that_of_seminr(key: str) -> None:
    found = htmt(estimate(ecsi_model(), ecsi_moments()))
    names = list(BLOCKS)
    theirs = figures()[key]["htmt"]
    assert len(theirs) == 21
    for pair, value in theirs.items():
        a, b = (names.index(name) for name in pair.split("|"))
        assert found[a, b] == found[b, a] == pytest.approx(value, abs=1e-9), pair


def test_htmt_on_signed_correlations_is_that_of_csem() -> None:
    # Loyalty and Quality: seminr's .75932 is on absolute correlations, cSEM's .72347 on signed ones.
    base = estimate(ecsi_model(), ecsi_moments())
    at = list(BLOCKS).index("Loyalty"), list(BLOCKS).index("Quality")
    assert htmt(base)[at] == pytest.approx(0.75932, abs=5e-6)
    assert htmt(base, "signed")[at] == pytest.approx(0.72347, abs=5e-6)


def test_htmt2_is_the_ratio_of_geometric_means() -> None:
    base = estimate(ecsi_model(), ecsi_moments())
    r = np.abs(base.correlation)
    image, value = base.block("Image"), base.block("Value")
    between = np.exp(np.log(r[image, value]).mean())
    within = np.exp(np.log(r[image, image][np.triu_indices(5, 1)]).mean()), r[value, value][0, 1]
    assert htmt(base, "geometric")[0, 3] == pytest.approx(between / np.sqrt(within[0] * within[1]))


def test_the_two_ratios_agree_where_all_items_are_alike_and_find_the_true_correlation() -> None:
    # Loadings of .8 on factors that correlate .6: both are exactly .6.
    model = PathModel((Construct("X", ("a", "b", "c")), Construct("Y", ("d", "e"))), (("X", "Y"),))
    loading, owner = np.full(5, 0.8), np.array([0, 0, 0, 1, 1])
    r = np.outer(loading, loading) * np.where(owner[:, None] == owner, 1, 0.6)
    np.fill_diagonal(r, 1.0)
    for kind in ("absolute", "signed", "geometric"):
        assert heterotrait(model, r[..., None], kind)[0, 1, 0] == pytest.approx(0.6)


def test_many_data_sets_at_once_give_what_each_gives_alone() -> None:
    model = ecsi_model()
    sets = np.stack([np.corrcoef(ecsi_like_rows(60, seed)[:40].T) for seed in range(3)], axis=-1)
    sets = sets[np.ix_(model.slots, model.slots)]
    for kind in ("absolute", "signed", "geometric"):
        together = heterotrait(model, sets, kind)
        for b in range(3):
            assert together[..., b] == pytest.approx(heterotrait(model, sets[..., b : b + 1], kind)[..., 0])


def test_a_formed_construct_and_constructs_that_share_items_have_no_htmt() -> None:
    model = ecsi_model()
    formed = (replace(model.constructs[0], mode="B"), *model.constructs[1:])
    assert np.isnan(htmt(estimate(replace(model, constructs=formed), ecsi_moments()))[0, 1:]).all()
    whole = Construct("Whole", of=("Image", "Expectation"))
    paths = (*model.paths, ("Image", "Whole"), ("Expectation", "Whole"))
    second = replace(model, constructs=(*model.constructs, whole), paths=paths)
    found = htmt(estimate(second, ecsi_moments()))
    assert np.isnan(found[7, :2]).all()
    assert np.isfinite(found[7, 2:]).all()


def test_the_fornell_larcker_table_is_that_of_seminr() -> None:
    found = fornell_larcker(estimate(ecsi_model(), ecsi_moments()))
    names = list(BLOCKS)
    for pair, value in figures()["seminr_py_path_1e-14"]["fl"].items():
        a, b = (names.index(name) for name in pair.split("|"))
        if a == b and names[a] == "Complaints":
            assert np.isnan(found[a, b])
        else:
            assert found[a, b] == pytest.approx(value, abs=1e-8), pair


def test_an_items_inflation_is_that_of_its_regression_on_the_others_of_its_construct() -> None:
    rows, model = ecsi_like_rows(), ecsi_model()
    found = item_vifs(estimate(model, ecsi_moments()))
    x = rows[:, :5] - rows[:, :5].mean(axis=0)
    left = x[:, 0] - x[:, 1:] @ np.linalg.lstsq(x[:, 1:], x[:, 0], rcond=None)[0]
    assert found[0] == pytest.approx((x[:, 0] @ x[:, 0]) / (left @ left))
    assert found[model.items.index("CUSCO")] == pytest.approx(1.0)
