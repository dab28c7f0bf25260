"""Groups that are alike are found alike, groups that differ different, and MICOM's c is what its source says."""

from __future__ import annotations

import numpy as np
import pytest

from frontstage.measure.errors import MeasureError
from frontstage.measure.moments import Moments
from frontstage.measure.pls import Construct, PathModel, estimate
from frontstage.measure.pls.groups import compare
from frontstage.measure.pls.replicates import Rows

MODEL = PathModel((Construct("X", ("a", "b", "c")), Construct("Y", ("d", "e"))), (("X", "Y"),))


def sample(n: int, path: float, seed: int, loading_c: float = 0.8, shift: float = 0.0) -> np.ndarray:
    random = np.random.default_rng(seed)
    x = random.normal(shift, 1, n)
    y = path * x + np.sqrt(1 - path**2) * random.normal(size=n)
    noise = random.normal(size=(n, 5)) * 0.6
    return np.column_stack([0.8 * x, 0.8 * x, loading_c * x, 0.8 * y, 0.8 * y]) + noise


def compared(first: np.ndarray, second: np.ndarray, **options):  # type: ignore[no-untyped-def]
    both = np.vstack([first, second])
    pooled = estimate(MODEL, Moments.of(both, MODEL.items))
    return compare(pooled, Rows(both), np.arange(len(both)) < len(first), permutations=400, **options)


def test_groups_of_one_population_are_alike() -> None:
    found = compared(sample(300, 0.5, 1), sample(250, 0.5, 2))
    assert found.n == (300, 250)
    assert {name: row.invariance for name, row in found.constructs.items()} == {"X": "full", "Y": "full"}
    assert found.paths[0].p > 0.05


def test_a_path_that_differs_is_found() -> None:
    found = compared(sample(300, 0.8, 1), sample(300, 0.2, 2))
    assert found.paths[0].difference > 0.3
    assert found.paths[0].p == pytest.approx(1 / 401)


def test_means_that_differ_make_the_invariance_partial() -> None:
    found = compared(sample(300, 0.5, 3, shift=0.6), sample(300, 0.5, 4))
    x = found.constructs["X"]
    assert x.invariance == "partial"
    assert not x.mean.within
    assert x.mean.value == pytest.approx(0.5, abs=0.15)


def test_an_item_that_means_something_else_makes_the_scores_differ() -> None:
    found = compared(sample(400, 0.5, 1), sample(400, 0.5, 2, loading_c=-0.8))
    assert found.constructs["X"].invariance == "none"


def test_c_is_the_correlation_of_scores_by_either_groups_weights() -> None:
    a, b = sample(120, 0.5, 1), sample(130, 0.5, 2, loading_c=0.3)
    both = np.vstack([a, b])
    z = (both - both.mean(axis=0)) / both.std(axis=0, ddof=1)
    weights = [estimate(MODEL, Moments.of(part, MODEL.items)).weights[:3] for part in (a, b)]
    expected = np.corrcoef(z[:, :3] @ weights[0], z[:, :3] @ weights[1])[0, 1]
    assert compared(a, b).constructs["X"].c.value == pytest.approx(expected, abs=1e-7)


def test_threads_change_no_digit() -> None:
    a, b = sample(100, 0.5, 1), sample(120, 0.4, 2)
    assert compared(a, b, threads=1) == compared(a, b, threads=3)


def test_a_group_of_nine_is_refused() -> None:
    with pytest.raises(MeasureError) as refusal:
        compared(sample(9, 0.5, 1), sample(100, 0.5, 2))
    assert refusal.value.code == "small_group"


def test_a_group_in_which_an_item_does_not_vary_is_refused() -> None:
    flat = sample(50, 0.5, 1)
    flat[:, 0] = 3.0
    with pytest.raises(MeasureError) as refusal:
        compared(flat, sample(100, 0.5, 2))
    assert refusal.value.code == "group_without_solution"


def test_permuted_weights_face_one_way_so_that_c_keeps_its_power() -> None:
    random = np.random.default_rng(0)
    x = random.normal(size=(400, 3))
    data = np.column_stack([x, x @ [0.5, -0.45, 0.1] + random.normal(size=400)])
    model = PathModel((Construct("X", ("a", "b", "c"), "B"), Construct("Y", ("y",))), (("X", "Y"),))
    pooled = estimate(model, Moments.of(data, model.items))
    found = compare(pooled, Rows(data), np.arange(400) % 2 == 0, permutations=300)
    assert found.constructs["X"].c.low > 0.8
