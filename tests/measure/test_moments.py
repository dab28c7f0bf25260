"""Moments of parts are the moments of the whole, whatever the parts, and say what the rows would say."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontstage.measure.errors import MeasureError
from frontstage.measure.moments import Moments, product_columns

NAMES = ("a", "b", "c")


def rows(n: int = 200, seed: int = 1, missing: float = 0.0) -> np.ndarray:
    random = np.random.default_rng(seed)
    x = random.normal(6, 2, (n, 3)) @ np.array([[1, 0.5, 0.2], [0, 1, 0.4], [0, 0, 1]])
    x[random.random(x.shape) < missing] = np.nan
    return x


def test_means_and_covariances_are_numpys() -> None:
    x = rows()
    found = Moments.of(x, NAMES)
    assert found.mean == pytest.approx(x.mean(axis=0))
    assert found.covariance() == pytest.approx(np.cov(x.T))
    assert found.minimum == pytest.approx(x.min(axis=0))
    assert found.maximum == pytest.approx(x.max(axis=0))
    assert found.effective_n == 200


def test_weighted_moments_are_numpys_with_analytic_weights() -> None:
    x, w = rows(), np.random.default_rng(2).uniform(0.2, 3, 200)
    found = Moments.of(x, NAMES, weights=w)
    assert found.mean == pytest.approx(np.average(x, axis=0, weights=w))
    assert found.covariance() == pytest.approx(np.cov(x.T, aweights=w, ddof=0) * 200 / 199)
    assert found.effective_n == pytest.approx(w.sum() ** 2 / (w**2).sum())


def test_pairwise_covariances_are_those_of_the_rows_that_have_both() -> None:
    x = rows(missing=0.2)
    found = Moments.of(x, NAMES).covariance("pairwise")
    for i in range(3):
        for j in range(3):
            both = ~np.isnan(x[:, i]) & ~np.isnan(x[:, j])
            expected = np.cov(x[both, i], x[both, j])[0, 1] if i != j else np.var(x[both, i], ddof=1)
            assert found[i, j] == pytest.approx(expected)


def test_the_mean_treatment_is_that_of_filled_rows_without_filling_any() -> None:
    x = rows(missing=0.2)
    filled = np.where(np.isnan(x), np.nanmean(x, axis=0), x)
    assert Moments.of(x, NAMES).covariance("mean") == pytest.approx(np.cov(filled.T))


@settings(max_examples=40, deadline=None)
@given(cuts=st.lists(st.integers(1, 199), max_size=6), missing=st.sampled_from([0.0, 0.1]))
def test_merged_parts_are_the_whole_however_it_is_cut(cuts: list[int], missing: float) -> None:
    x = rows(missing=missing)
    w = np.random.default_rng(3).uniform(0.5, 2, 200)
    keep = missing == 0
    whole = Moments.empty(NAMES, 6.0, products=keep).add(x, w)
    merged = Moments.empty(NAMES, 6.0, products=keep)
    edges = [0, *sorted(set(cuts)), 200]
    for start, end in pairwise(edges):
        merged = merged.merge(Moments.empty(NAMES, 6.0, products=keep).add(x[start:end], w[start:end]))
    for kind in ("mean", "pairwise"):
        assert merged.covariance(kind) == pytest.approx(whole.covariance(kind), rel=1e-12)  # type: ignore[arg-type]
    assert merged.rows == whole.rows
    if keep:
        assert merged.spread == pytest.approx(whole.spread, rel=1e-12)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 1000))
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    x = rows(missing=0.1)
    shuffled = np.random.default_rng(seed).permutation(x)
    assert Moments.of(shuffled, NAMES).covariance() == pytest.approx(
        Moments.of(x, NAMES).covariance(), rel=1e-11
    )


def test_bytes_bring_back_every_number_exactly() -> None:
    found = Moments.of(rows(), NAMES, products=True)
    again = Moments.from_bytes(found.to_bytes())
    assert again.names == found.names
    assert (again.covariance() == found.covariance()).all()
    assert (np.asarray(again.spread) == np.asarray(found.spread)).all()
    assert Moments.from_bytes(Moments.of(rows(), NAMES).to_bytes()).spread is None


def test_the_spread_is_of_ones_items_and_their_products() -> None:
    x = rows()
    found = Moments.empty(NAMES, 6.0, products=True).add(x)
    v = product_columns(x - 6.0)
    assert v.shape == (200, 1 + 3 + 6)
    assert np.asarray(found.spread) == pytest.approx(v.T @ v)


def test_large_numbers_far_from_zero_keep_their_digits() -> None:
    x = rows() + 1e9
    assert Moments.of(x, NAMES).covariance() == pytest.approx(np.cov(rows().T), rel=1e-6)


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda: Moments.of(np.array([[1.0, np.inf, 2.0]]), NAMES), "infinite"),
        (lambda: Moments.of(rows(), NAMES, weights=[-1.0] * 200), "respondent_weights"),
        (lambda: Moments.empty(NAMES).add(rows()[:, :2]), "shape"),
        (lambda: Moments.empty(NAMES, products=True).add(rows(missing=0.2)), "products_need_complete_rows"),
        (lambda: Moments.empty(NAMES, 1.0).merge(Moments.empty(NAMES, 2.0)), "other_origin"),
        (lambda: Moments.empty(NAMES).merge(Moments.empty(("a", "b", "z"))), "other_items"),
    ],
)
def test_what_cannot_be_gathered_is_refused(act, code: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(MeasureError) as refusal:
        act()
    assert refusal.value.code == code


def test_a_respondent_of_weight_two_counts_as_two_of_weight_one() -> None:
    x = rows(50)
    doubled = Moments.of(np.vstack([x, x[:10]]), NAMES)
    weighted = Moments.of(x, NAMES, weights=[2.0] * 10 + [1.0] * 40)
    assert weighted.mean == pytest.approx(doubled.mean)
    assert weighted.covariance() * 49 / 50 == pytest.approx(doubled.covariance() * 59 / 60)
