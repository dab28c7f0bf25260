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
    assert allocate(100, [500, 300, 200], least=10).tolist() == [50, 30, 20]
    assert allocate(100, [900, 50, 50], least=10).tolist() == [80, 10, 10]
    assert allocate(100, [20, 500, 500], [9, 0, 0]).tolist() == [20, 40, 40]


@settings(deadline=None)
@given(st.lists(st.integers(0, 200), min_size=1, max_size=8).filter(any), st.data())
def test_an_allotment_adds_up_and_asks_no_stratum_for_more_than_it_has(sizes: list[int], data) -> None:  # type: ignore[no-untyped-def]
    total, least = data.draw(st.integers(0, sum(sizes))), data.draw(st.integers(0, 20))
    fewest = np.minimum(sizes, least)
    if fewest.sum() > total:
        with pytest.raises(MeasureError):
            allocate(total, sizes, least=least)
        return
    out = allocate(total, sizes, least=least)
    assert out.sum() == total and (out <= sizes).all() and (out >= fewest).all()


@settings(deadline=None)
@given(st.lists(st.integers(1, 500), min_size=1, max_size=8), st.floats(0.01, 1))
def test_without_limits_nobody_is_a_whole_person_away_from_proportion(sizes: list[int], part: float) -> None:
    total = int(part * sum(sizes))
    assert (np.abs(allocate(total, sizes) - total * np.array(sizes) / sum(sizes)) < 1).all()


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


def test_three_margins_agree_with_ipfn() -> None:
    """Totals of ipfn 1.4.4 for the same table, run once; here each cell's answers share its total."""
    cells = [("m", "y", "n", 12), ("m", "y", "s", 7), ("m", "o", "n", 20), ("m", "o", "s", 11)]
    cells += [("f", "y", "n", 25), ("f", "y", "s", 9), ("f", "o", "n", 6), ("f", "o", "s", 10)]
    totals = [8.4224925102, 3.1655730419, 27.6231160947, 9.7888183531]
    totals += [23.0625407369, 5.3493937110, 10.8918506582, 11.6962148940]
    rows = [cell for cell in cells for _ in range(cell[3])]
    groups = {name: [row[i] for row in rows] for i, name in enumerate(("sex", "age", "area"))}
    margins = {"sex": {"m": 49, "f": 51}, "age": {"y": 40, "o": 60}, "area": {"n": 70, "s": 30}}
    found = rake(groups, margins)
    ours = [sum(w for w, row in zip(found.values, rows, strict=True) if row == cell) for cell in cells]
    assert ours == pytest.approx(totals, abs=2e-8) and found.off < 1e-9


def test_trimmed_weights_say_how_far_they_are_from_the_margins() -> None:
    found = rake({"g": ["a"] * 5 + ["b"] * 95}, {"g": {"a": 50, "b": 50}}, largest=3.0)
    assert found.off == pytest.approx(0.5 - 0.15)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_weights_follow_their_respondents_in_any_order(seed: int) -> None:
    random = np.random.default_rng(seed)
    sex, age = random.integers(0, 2, 200), random.integers(0, 3, 200)
    margins = {"sex": {0: 0.4, 1: 0.6}, "age": {0: 1, 1: 1, 2: 2}}
    order = random.permutation(200)
    one = rake({"sex": sex.tolist(), "age": age.tolist()}, margins).values
    other = rake({"sex": sex[order].tolist(), "age": age[order].tolist()}, margins).values
    assert other == pytest.approx(one[order], abs=1e-8)


@pytest.mark.parametrize(
    ("invited", "answered"),
    [({"a": 5}, {"a": 6}), ({"a": 5}, {"a": 2, "b": 1}), ({}, {}), ({"a": 5}, {"a": 0})],
)
def test_counts_of_answers_that_cannot_be_weighted_are_refused(invited: dict, answered: dict) -> None:  # type: ignore[type-arg]
    with pytest.raises(MeasureError) as refusal:
        non_response_weights(invited, answered)
    assert refusal.value.remedy
