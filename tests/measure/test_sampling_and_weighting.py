"""How many to ask and how to weight: published sample sizes, exact margins, independent checks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from frontstage.measure.errors import MeasureError
from frontstage.measure.sampling import allocate, margin_of_error, sample_size, sample_size_for_mean
from frontstage.measure.weighting import non_response_weights, post_stratify, rake, response_rate


@pytest.mark.parametrize(
    ("population", "n"),
    [(None, 385), (1_000_000, 384), (10_000, 370), (5_000, 357), (1_000, 278), (100, 80), (10, 10)],
)
def test_sample_sizes_agree_with_the_published_table(population: int | None, n: int) -> None:
    """Krejcie & Morgan (1970) round to the nearest; these are rounded up, so that the margin is kept."""
    assert sample_size(0.05, population=population) == n


def test_the_margin_of_the_size_asked_for_is_kept_and_one_fewer_would_not_do() -> None:
    for population in (None, 800, 50_000):
        n = sample_size(0.04, 0.9, 0.3, population)
        z = stats.norm.ppf(0.95)
        assert margin_of_error(n, 0.9, 0.3) == pytest.approx(z * np.sqrt(0.21 / n))
        assert margin_of_error(n, 0.9, 0.3, population) <= 0.04 < margin_of_error(n - 1, 0.9, 0.3, population)


def test_everybodys_answer_leaves_no_margin_and_a_low_response_needs_more_invitations() -> None:
    assert margin_of_error(50, population=50) == 0
    assert sample_size(0.05, response_rate=0.25) == 4 * 385
    assert sample_size(0.05, population=1000, response_rate=0.1) == 1000


def test_a_mean_to_a_tenth_of_a_point_needs_the_textbooks_number() -> None:
    assert sample_size_for_mean(0.1, 1.0) == 385 and sample_size_for_mean(0.1, 1.0, population=1000) == 278


def test_a_sample_is_allotted_by_size_or_by_size_and_spread() -> None:
    assert allocate(100, [500, 300, 200]).tolist() == [50, 30, 20]
    assert allocate(100, [500, 500], [3, 1]).tolist() == [75, 25]
    assert allocate(10, [1, 1000, 1000], least=2).tolist() == [1, 5, 4]


@given(st.lists(st.integers(0, 200), min_size=1, max_size=8).filter(any), st.data())
def test_an_allotment_adds_up_and_asks_no_stratum_for_more_than_it_has(sizes: list[int], data) -> None:  # type: ignore[no-untyped-def]
    total = data.draw(st.integers(0, sum(sizes)))
    out = allocate(total, sizes)
    assert out.sum() == total and (out <= sizes).all() and (out >= 0).all()


def test_the_response_rate_leaves_out_those_who_do_not_belong() -> None:
    found = response_rate(60, 110, 10)
    limits = stats.binomtest(60, 100).proportion_ci(method="wilson")
    assert found is not None
    assert (found.estimate, found.low, found.high) == pytest.approx((0.6, limits.low, limits.high))


def test_non_response_weights_restore_the_invited() -> None:
    weights = non_response_weights({"young": 100, "old": 100}, {"young": 20, "old": 60})
    assert weights["young"] / weights["old"] == pytest.approx(3)
    assert weights["young"] * 20 + weights["old"] * 60 == pytest.approx(80)


def test_post_stratified_strata_have_their_shares() -> None:
    strata = ["a"] * 30 + ["b"] * 70
    found = post_stratify(strata, {"a": 500, "b": 500})
    assert found.values[:30].sum() == pytest.approx(50) and found.values.mean() == pytest.approx(1)
    assert found.values[0] == pytest.approx(50 / 30)
    assert found.effective_n == pytest.approx(100**2 / (30 * (50 / 30) ** 2 + 70 * (50 / 70) ** 2))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_raking_meets_every_margin_and_keeps_the_odds_ratios(seed: int) -> None:
    """The fixed point of iterative fitting is the only table with these margins and the old odds ratios."""
    random = np.random.default_rng(seed)
    sex, age = random.integers(0, 2, 400), random.integers(0, 3, 400)
    margins = {"sex": {0: 0.5, 1: 0.5}, "age": {0: 20, 1: 30, 2: 50}}
    w = rake({"sex": sex.tolist(), "age": age.tolist()}, margins).values
    table, raw = np.zeros((2, 3)), np.zeros((2, 3))
    np.add.at(table, (sex, age), w)
    np.add.at(raw, (sex, age), 1)
    assert table.sum(axis=1) / 400 == pytest.approx([0.5, 0.5], abs=1e-9)
    assert table.sum(axis=0) / 400 == pytest.approx([0.2, 0.3, 0.5], abs=1e-9)
    odds = [t[0, 0] * t[1, 1] / (t[0, 1] * t[1, 0]) for t in (table, raw)]
    assert odds[0] == pytest.approx(odds[1], rel=1e-9)


def test_trimmed_weights_stay_within_their_limits() -> None:
    found = rake({"g": ["a"] * 5 + ["b"] * 95}, {"g": {"a": 50, "b": 50}}, largest=3.0)
    assert found.values.max() == 3.0 and found.values.mean() == pytest.approx(1)


@pytest.mark.parametrize(
    ("groups", "margins", "code"),
    [
        ({"g": ["a", "b"]}, {"g": {"a": 1}}, "unknown_group"),
        ({"g": ["a", "a"]}, {"g": {"a": 1, "b": 1}}, "empty_group"),
        (
            {"g": ["a", "b"], "h": ["x", "y"]},
            {"g": {"a": 1, "b": 1}, "h": {"x": 1, "y": 3}},
            "raking_does_not_settle",
        ),
    ],
)
def test_margins_that_cannot_be_met_are_refused(groups, margins, code) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(MeasureError) as refusal:
        rake(groups, margins)
    assert refusal.value.code == code and refusal.value.remedy
