"""Models and what they refuse; indices, importance and gains; what must not change a figure."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontstage.measure.errors import MeasureError
from frontstage.measure.moments import Moments
from frontstage.measure.pls import Construct, PathModel, estimate
from frontstage.measure.pls.structure import solve, total_effects
from tests.measure.pls.ecsi import ecsi_like_rows, ecsi_model, ecsi_moments

A, B, C = Construct("A", ("a1", "a2")), Construct("B", ("b1",)), Construct("C", ("c1", "c2"))


@pytest.mark.parametrize(
    ("constructs", "paths", "code"),
    [
        ((A, A), (("A", "B"),), "constructs"),
        ((A, Construct("B")), (("A", "B"),), "construct_items"),
        ((A, Construct("B", ("a1",))), (("A", "B"),), "item_twice"),
        ((A, B), (("A", "Z"),), "unknown_construct"),
        ((A, B), (("A", "A"),), "path_to_itself"),
        ((A, B), (("A", "B"), ("A", "B")), "path_twice"),
        ((A, B, C), (("A", "B"),), "unconnected"),
        ((A, B, C), (("A", "B"), ("B", "C"), ("C", "A")), "cycle"),
        ((A, B, Construct("S", of=("Z",))), (("A", "B"), ("B", "S")), "second_order"),
    ],
)
def test_a_model_that_cannot_be_is_refused(constructs, paths, code: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(MeasureError) as refusal:
        PathModel(constructs, paths)
    assert refusal.value.code == code


def test_the_solver_agrees_with_numpys() -> None:
    random = np.random.default_rng(1)
    for k in (1, 2, 5, 12):
        root = random.normal(size=(7, k, k + 3))
        matrices = root @ root.swapaxes(1, 2)
        right = random.normal(size=(7, k))
        expected = np.linalg.solve(matrices, right[..., None])[..., 0]
        assert solve(np.moveaxis(matrices, 0, -1), right.T) == pytest.approx(expected.T)


def test_a_singular_system_leaves_its_neighbours_whole() -> None:
    for k in (3, 12):
        matrices = np.stack([np.eye(k), np.ones((k, k)), 2 * np.eye(k)], axis=-1)
        found = solve(matrices, np.ones((k, 3)))
        assert found[:, 0] == pytest.approx(np.ones(k))
        assert found[:, 2] == pytest.approx(np.full(k, 0.5))
        assert not np.isfinite(found[:, 1]).all()


def test_total_effects_are_the_sum_of_powers_of_the_paths() -> None:
    model = ecsi_model()
    paths = estimate(model, ecsi_moments()).paths
    power, expected = paths.copy(), paths.copy()
    for _ in range(6):
        power = power @ paths
        expected += power
    assert total_effects(model, paths[..., None])[..., 0] == pytest.approx(expected)


def test_an_index_of_raw_weights_is_the_index_of_respondents_own_scores() -> None:
    """100·(E[ξ] − Min)/(Max − Min), reckoned respondent by respondent."""
    model, x = ecsi_model(), ecsi_like_rows()
    found = estimate(model, Moments.of(x, model.items))
    for j, block in enumerate(model.blocks):
        w = found.weights[block] / found.sd[block]
        scores = (x[:, model.slots[block]] - 1) / 9 @ (w / w.sum()) * 100
        assert found.indices.values[j, 0] == pytest.approx(scores.mean())
        assert found.indices.spread[j, 0] == pytest.approx(scores.std(ddof=1))


def test_raising_an_item_by_one_point_raises_the_target_by_its_gain() -> None:
    """The gain of an item of the target itself is exact: its share of the target's index."""
    model, x = ecsi_model(), ecsi_like_rows()
    before = estimate(model, Moments.of(x, model.items))
    gains = before.gains("Satisfaction")
    raised = x.copy()
    item = model.items.index("CUSA2")
    raised[:, item] += 1
    after = estimate(model, Moments.of(raised, model.items))
    place = model.names.index("Satisfaction")
    difference = after.indices.values[place, 0] - before.indices.values[place, 0]
    slot = int(np.flatnonzero(model.slots == item)[0])
    assert difference == pytest.approx(gains[slot])


def test_an_index_with_a_negative_weight_is_none() -> None:
    random = np.random.default_rng(2)
    factor = random.normal(size=(300, 1))
    x = np.hstack([factor + random.normal(size=(300, 2)) * 0.5, -factor + random.normal(size=(300, 1)) * 0.5])
    y = factor + random.normal(size=(300, 1))
    model = PathModel(
        (Construct("X", ("x1", "x2", "x3")), Construct("Y", ("y",))), (("X", "Y"),),
        scales=dict.fromkeys(("x1", "x2", "x3", "y"), (-9, 9)),
    )  # fmt: skip
    found = estimate(model, Moments.of(np.hstack([x, y]), model.items))
    assert found.indices.negative[:, 0].tolist() == [True, False]
    assert np.isnan(found.indices.values[0, 0])


def test_a_model_without_scales_has_paths_but_refuses_an_index() -> None:
    model = PathModel((A, B), (("A", "B"),))
    found = estimate(model, Moments.of(np.random.default_rng(1).normal(size=(50, 3)), model.items))
    assert np.isfinite(found.paths[0, 1])
    with pytest.raises(MeasureError) as refusal:
        _ = found.indices
    assert refusal.value.code == "no_scale"


def test_mode_b_weights_are_the_regression_on_the_other_construct() -> None:
    random = np.random.default_rng(3)
    x = random.normal(size=(400, 2))
    y = x @ [0.7, 0.2] + random.normal(size=400)
    model = PathModel((Construct("X", ("x1", "x2"), "B"), Construct("Y", ("y",))), (("X", "Y"),))
    data = np.column_stack([x, y])
    found = estimate(model, Moments.of(data, model.items))
    z = (data - data.mean(axis=0)) / data.std(axis=0, ddof=1)
    beta = np.linalg.lstsq(z[:, :2], z[:, 2], rcond=None)[0]
    assert found.weights[:2] / found.weights[0] == pytest.approx(beta / beta[0])
    assert found.r2[1] == pytest.approx(1 - ((z[:, 2] - z[:, :2] @ beta) ** 2).sum() / (z[:, 2] ** 2).sum())


def test_a_second_order_construct_repeats_the_items_of_its_parts() -> None:
    model, x = ecsi_model(), ecsi_like_rows()
    constructs = (
        Construct("Quality", tuple(i for i in model.items if i.startswith("PERQ"))),
        Construct("Value", ("PERV1", "PERV2")),
        Construct("Offer", of=("Quality", "Value")),
        Construct("Loyalty", ("CUSL1", "CUSL3")),
    )
    second = PathModel(
        constructs, (("Quality", "Offer"), ("Value", "Offer"), ("Offer", "Loyalty")), scales=model.scales
    )
    found = estimate(second, Moments.of(x, model.items))
    assert len(second.slots) == 7 + 2 + 9 + 2
    assert found.r2[2] > 0.99  # it consists of its parts
    assert 0 < found.indices.values[2, 0] < 100


@settings(max_examples=15, deadline=None)
@given(factors=st.lists(st.floats(0.1, 10), min_size=24, max_size=24), seed=st.integers(0, 99))
def test_positive_rescaling_and_the_order_of_rows_change_no_standardised_figure(
    factors: list[float], seed: int
) -> None:
    model, x = ecsi_model(), ecsi_like_rows()
    before = estimate(model, Moments.of(x, model.items))
    other = np.random.default_rng(seed).permutation(x) * np.array(factors) + 3
    after = estimate(model, Moments.of(other, model.items))
    assert after.paths == pytest.approx(before.paths, abs=1e-8)
    assert after.loadings == pytest.approx(before.loadings, abs=1e-8)


@settings(max_examples=15, deadline=None)
@given(item=st.integers(0, 23), by=st.floats(0.05, 0.9))
def test_raising_every_answer_to_an_item_never_lowers_an_index(item: int, by: float) -> None:
    model, x = ecsi_model(), ecsi_like_rows()
    raised = x.copy()
    raised[:, item] += by
    before, after = (estimate(model, Moments.of(data, model.items)).indices.values for data in (x, raised))
    assert (after >= before - 1e-9).all()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (np.array([[1.0, 2, 3], [2, 3, 4]]), "too_few_rows"),
        (np.column_stack([np.arange(20.0), np.full(20, 5.0), np.arange(20.0) ** 2]), "constant_item"),
    ],
)
def test_data_without_an_estimate_are_refused(data: np.ndarray, code: str) -> None:
    model = PathModel((A, B), (("A", "B"),))
    with pytest.raises(MeasureError) as refusal:
        estimate(model, Moments.of(data, model.items))
    assert refusal.value.code == code


def test_impossible_pairwise_correlations_are_refused() -> None:
    nan = np.nan
    random = np.random.default_rng(1)
    a, b, c = (random.normal(size=30) for _ in range(3))
    parts = [
        np.column_stack([a, a, np.full(30, nan)]),
        np.column_stack([b, np.full(30, nan), b]),
        np.column_stack([np.full(30, nan), c, -c]),
    ]
    model = PathModel((A, B), (("A", "B"),))
    with pytest.raises(MeasureError) as refusal:
        estimate(model, Moments.of(np.vstack(parts), model.items), missing="pairwise")
    assert refusal.value.code == "impossible_pairwise"


def test_the_listwise_treatment_of_moments_of_incomplete_rows_is_refused() -> None:
    x = np.random.default_rng(1).normal(size=(50, 3))
    model = PathModel((A, B), (("A", "B"),))
    estimate(model, Moments.of(x, model.items), missing="listwise")
    x[4, 1] = np.nan
    with pytest.raises(MeasureError) as refusal:
        estimate(model, Moments.of(x, model.items), missing="listwise")
    assert refusal.value.code == "incomplete_rows"


@pytest.mark.parametrize("scheme", ["centroid", "factorial"])
@pytest.mark.parametrize("factor", [1.0, 3.0])
def test_causes_that_say_the_same_are_refused_by_name(scheme: str, factor: float) -> None:
    z = np.random.default_rng(1).normal(size=(200, 2))
    x = np.column_stack([z[:, 0], factor * z[:, 0] + 7, z.sum(axis=1)])
    model = PathModel(
        (Construct("P", ("p",)), Construct("Q", ("q",)), Construct("R", ("r",))), (("P", "R"), ("Q", "R")), scheme  # type: ignore[arg-type]
    )  # fmt: skip
    with pytest.raises(MeasureError) as refusal:
        estimate(model, Moments.of(x, model.items))
    assert refusal.value.code == "inseparable_causes"
    assert refusal.value.details["names"] == ["P", "Q"]


def test_consistent_pls_of_repeated_items_is_not_proper() -> None:
    """Its correction takes errors of different constructs as unrelated; repeated items carry the same one.

    No freed correlation leaves −1 to 1 here: it is the rule that refuses.
    """
    random = np.random.default_rng(1)
    factors = random.normal(size=(500, 3)) @ np.array([[1, 0.1, 0.5], [0, 1, 0.5], [0, 0, 1]])
    x = np.repeat(factors, 4, axis=1) + random.normal(size=(500, 12)) * 0.3
    items = [tuple(f"{name}{k}" for k in range(4)) for name in "pqy"]
    parts = (Construct("P", items[0]), Construct("Q", items[1]), Construct("Y", items[2]))
    model = PathModel(
        (*parts, Construct("Whole", of=("P", "Q"))), (("Whole", "P"), ("Whole", "Q"), ("Whole", "Y"))
    )
    found = estimate(model, Moments.of(x, model.items)).consistent
    assert np.abs(found.correlations).max() <= 1
    assert not found.proper[0]


def test_an_item_without_data_is_named() -> None:
    with pytest.raises(MeasureError, match="CUSL3"):
        estimate(ecsi_model(), Moments.of(ecsi_like_rows()[:, :23], ecsi_model().items[:23]))


def test_what_says_the_same_twice_is_refused_by_name() -> None:
    random = np.random.default_rng(1)
    x = random.normal(size=(100, 2))
    y = x.sum(axis=1, keepdims=True) + random.normal(size=(100, 1))
    copied = np.hstack([x[:, :1], x[:, :1], y])
    formed = PathModel((Construct("X", ("a", "b"), "B"), Construct("Y", ("y",))), (("X", "Y"),))
    with pytest.raises(MeasureError) as refusal:
        estimate(formed, Moments.of(copied, formed.items))
    assert (refusal.value.code, refusal.value.details["names"]) == ("inseparable_items", ["a", "b"])
    alike = PathModel(
        (Construct("P", ("a",)), Construct("Q", ("b",)), Construct("Y", ("y",))), (("P", "Y"), ("Q", "Y"))
    )
    with pytest.raises(MeasureError) as refusal:
        estimate(alike, Moments.of(copied, alike.items))
    assert (refusal.value.code, refusal.value.details["names"]) == ("inseparable_causes", ["P", "Q"])
