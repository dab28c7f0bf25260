"""seminr and plspm run on the same made-up rows, within the test. No figures are stored."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from frontstage.measure.moments import Moments
from frontstage.measure.pls import Construct, Estimate, PathModel, estimate
from frontstage.measure.pls.assessment import f_squared, htmt, item_vifs, path_vifs, r2_adjusted, reliability
from tests.measure.pls.ecsi import ecsi_like_rows, ecsi_model
from tests.measure.pls.peers import matrix, plspm_model, seminr_model

# A subset of rows, whose moments are therefore not the published ones.
ROWS = ecsi_like_rows(300, seed=11)[:180]
WITHIN = {"abs": 1e-6, "rel": 0}


def ours(model: PathModel) -> Estimate:
    return estimate(model, Moments.of(ROWS, model.items))


def with_modes(modes: str) -> PathModel:
    model = ecsi_model()
    constructs = (replace(c, mode=m) for c, m in zip(model.constructs, modes, strict=True))
    return replace(model, constructs=tuple(constructs))


@pytest.mark.parametrize("model", [ecsi_model("path"), ecsi_model("factorial"), with_modes("BABABAA")])
def test_seminr_finds_the_same_paths_loadings_weights_and_r2(model: PathModel) -> None:
    found, theirs = ours(model), seminr_model(model, ROWS)
    own = np.arange(len(model.items)), model.owners
    r2 = matrix(theirs.r_squared, ("Rsq", "AdjRsq"), model.names)
    assert found.paths == pytest.approx(matrix(theirs.path_coef, model.names, model.names), **WITHIN)
    loadings, weights = (
        matrix(m, model.items, model.names)[own] for m in (theirs.outer_loadings, theirs.outer_weights)
    )
    assert found.loadings == pytest.approx(loadings, **WITHIN)
    assert found.weights == pytest.approx(weights, **WITHIN)
    assert found.r2[1:] == pytest.approx(r2[0, 1:], **WITHIN)
    assert r2_adjusted(found)[1:] == pytest.approx(r2[1, 1:], **WITHIN)


@pytest.mark.parametrize("mode", ["A", "B"])
@pytest.mark.parametrize("towards", [True, False])
def test_a_second_order_construct_is_seminrs_composite_of_copied_columns(mode: str, towards: bool) -> None:
    parts = (Construct("Quality", ecsi_model().items[8:15]), Construct("Value", ("PERV1", "PERV2")))
    end = Construct("Loyalty", ("CUSL1", "CUSL3"))
    inside = [(part.name, "Offer") if towards else ("Offer", part.name) for part in parts]
    paths = (*inside, ("Offer", "Loyalty"))
    whole = Construct("Offer", of=("Quality", "Value"), mode=mode)  # type: ignore[arg-type]
    repeated = PathModel((*parts, whole, end), paths)
    copies = tuple(f"{item}_again" for part in parts for item in part.items)
    copied = PathModel((*parts, Construct("Offer", copies, mode), end), paths)  # type: ignore[arg-type]
    columns = [ecsi_model().items.index(item.removesuffix("_again")) for item in copied.items]
    theirs = seminr_model(copied, ROWS[:, columns])
    found = estimate(repeated, Moments.of(ROWS, ecsi_model().items))
    assert found.paths == pytest.approx(matrix(theirs.path_coef, copied.names, copied.names), **WITHIN)


def test_weights_of_respondents_are_rows_written_so_often() -> None:
    """Whole weights through the full estimate, against seminr on the rows themselves."""
    often = np.random.default_rng(1).integers(1, 4, len(ROWS))
    model, many = ecsi_model(), np.repeat(ROWS, often, axis=0)
    weighted = estimate(model, Moments.of(ROWS, model.items, weights=often))
    theirs = seminr_model(model, many)
    assert weighted.paths == pytest.approx(matrix(theirs.path_coef, model.names, model.names), **WITHIN)
    repeated = estimate(model, Moments.of(many, model.items))
    assert weighted.indices.values == pytest.approx(repeated.indices.values)
    assert weighted.importance("Satisfaction") == pytest.approx(repeated.importance("Satisfaction"))


@pytest.mark.parametrize("scheme", ["path", "factorial", "centroid"])
def test_plspm_on_standardised_rows_finds_the_same_paths_and_loadings(scheme: str) -> None:
    model = ecsi_model(scheme)  # type: ignore[arg-type]
    found, theirs = ours(model), plspm_model(model, ROWS)
    paths = theirs.path_coefficients().loc[list(model.names), list(model.names)].to_numpy().T
    outer = theirs.outer_model().loc[list(model.items)]
    assert found.paths == pytest.approx(paths, **WITHIN)
    assert found.loadings == pytest.approx(outer["loading"].to_numpy(), **WITHIN)


def test_seminr_frees_paths_of_error_alike() -> None:
    model = ecsi_model()
    found, theirs = ours(model).consistent, seminr_model(model, ROWS, factors=True)
    expected = matrix(theirs.path_coef, model.names, model.names)
    assert found.paths[..., 0] == pytest.approx(expected, **WITHIN)


def test_seminr_assesses_alike() -> None:
    seminr = pytest.importorskip("seminr")
    model = ecsi_model()
    found, theirs = ours(model), seminr_model(model, ROWS)
    ratios = matrix(seminr.htmt(theirs), model.names, model.names)
    given = np.nan_to_num(ratios) != 0
    assert given.sum() == 21
    assert htmt(found)[given] == pytest.approx(ratios[given], **WITHIN)
    table = matrix(seminr.reliability_table(theirs), model.names, ("alpha", "rhoA", "rhoC", "AVE"))
    for name, expected in zip(model.names, table, strict=True):
        one = reliability(found)[name]
        if one.alpha is not None:
            assert [one.alpha, one.rho_a, one.rho_c, one.ave] == pytest.approx(list(expected), **WITHIN)
    structure, inflation = seminr.summarize(theirs), path_vifs(found)
    for start, end in model.paths:
        at = model.names.index(start), model.names.index(end)
        antecedents = structure.vif_antecedents[end]
        # seminr gives no figure to a lone cause; ours is 1.
        if len(antecedents) > 1:
            assert inflation[at] == pytest.approx(antecedents[start], **WITHIN)
    items = item_vifs(found)
    for block in structure.validity.vif_items.values():
        for item, value in block.items():
            assert items[model.items.index(item)] == pytest.approx(value, **WITHIN)


def test_seminrs_f_squared_estimates_the_weights_again_and_ours_holds_the_scores() -> None:
    seminr = pytest.importorskip("seminr")
    model = ecsi_model()
    found, theirs = ours(model), seminr_model(model, ROWS)
    for start, end in model.paths:
        i, j = model.names.index(start), model.names.index(end)
        expected = seminr.f_squared(theirs, start, end)
        if model.predecessors[j].size == 1:
            assert f_squared(found)[i, j] == pytest.approx(expected, **WITHIN)
            continue
        without = replace(model, paths=tuple(path for path in model.paths if path != (start, end)))
        again = ours(without).r2[j]
        assert (found.r2[j] - again) / (1 - found.r2[j]) == pytest.approx(expected, **WITHIN)
        assert f_squared(found)[i, j] == pytest.approx(expected, abs=0.02)
