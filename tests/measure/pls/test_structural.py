"""R² adjusted, VIF of causes, f² and SRMR against seminr and against their definitions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from frontstage.measure.moments import Moments
from frontstage.measure.pls import Construct, PathModel, estimate
from frontstage.measure.pls.assessment import f_squared, path_vifs, r2_adjusted, srmr
from frontstage.measure.pls.assessment.fit import implied_construct_correlations
from tests.measure.pls.ecsi import ecsi_model, ecsi_moments


def test_f_squared_is_what_the_explanation_loses_without_the_cause() -> None:
    base = estimate(ecsi_model(), ecsi_moments())
    found, r = f_squared(base), base.correlations
    for start, end in base.model.paths:
        i, j = base.model.names.index(start), base.model.names.index(end)
        others = [k for k in base.model.predecessors[j] if k != i]
        without = r[j, others] @ np.linalg.solve(r[np.ix_(others, others)], r[others, j]) if others else 0.0
        assert found[i, j] == pytest.approx((base.r2[j] - without) / (1 - base.r2[j]))
    assert np.isnan(found[~base.model.matrix]).all()


def test_adjusted_r2_counts_the_causes() -> None:
    base = estimate(ecsi_model(), ecsi_moments())
    loyalty = base.model.names.index("Loyalty")
    expected = 1 - (1 - base.r2[loyalty]) * 249 / 246
    assert r2_adjusted(base)[loyalty] == pytest.approx(expected)
    assert np.isnan(r2_adjusted(base)[0])


def test_a_lone_cause_has_inflation_of_one_and_others_that_of_their_regression() -> None:
    base = estimate(ecsi_model(), ecsi_moments())
    found = path_vifs(base)
    assert found[0, 1] == pytest.approx(1.0)
    # Value has two causes, whose inflation is 1/(1 − r²).
    assert found[1, 3] == found[2, 3] == pytest.approx(1 / (1 - base.correlations[1, 2] ** 2))


def test_a_model_that_has_every_path_fits_as_well_as_the_saturated_one() -> None:
    model = ecsi_model()
    names = model.names
    full = replace(model, paths=tuple((a, b) for i, a in enumerate(names) for b in names[i + 1 :]))
    found = srmr(estimate(full, ecsi_moments()))
    assert found.estimated == pytest.approx(found.saturated, abs=1e-12)
    sparse = srmr(estimate(model, ecsi_moments()))
    assert sparse.estimated > sparse.saturated


def test_implied_correlations_of_constructs_are_those_of_the_linear_system() -> None:
    base = estimate(ecsi_model(), ecsi_moments())
    found = implied_construct_correlations(base)
    # ξ = B'ξ + ζ with uncorrelated ζ whose variances make each ξ of variance 1.
    through = np.linalg.inv(np.eye(7) - base.paths.T)
    explained = np.array([base.paths[:, j] @ found @ base.paths[:, j] for j in range(7)])
    assert through @ np.diag(1 - explained) @ through.T == pytest.approx(found, abs=1e-12)


def test_srmr_is_that_of_the_composite_model_by_hand() -> None:
    model = PathModel((Construct("X", ("a", "b")), Construct("Y", ("c",))), (("X", "Y"),))
    r = np.array([[1.0, 0.5, 0.4], [0.5, 1.0, 0.2], [0.4, 0.2, 1.0]])
    moments = Moments.empty(("a", "b", "c"))
    moments.rows, moments.weight, moments.weight_squares = 50, 50.0, 50.0
    moments.pairs, moments.products = np.full((3, 3), 50.0), r * 49
    found = estimate(model, moments)
    # Weights go as .4 : .2; the score's standard deviation is √(.16 + .04 + 2·.5·.08) = √.28.
    loadings = np.array([0.5, 0.4]) / np.sqrt(0.28)
    relation = 0.2 / np.sqrt(0.28)
    gaps = np.array([0.4, 0.2]) - loadings * relation
    assert srmr(found).saturated == pytest.approx(np.sqrt((gaps**2).sum() / 6))
