"""Two samples of one instrument: Welch's test, corrections for many comparisons, and perceptions alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from frontstage.measure.corrections import adjust_benjamini_hochberg, adjust_holm
from frontstage.measure.errors import MeasureError
from frontstage.measure.gaps import (
    GapInstrument,
    GapResult,
    classify,
    compare_gaps,
    compare_groups,
    count_states,
    mean_allocation,
    measure_gaps,
    measure_performance,
)

SMALL = GapInstrument({"x": ["x1", "x2"], "y": ["y1", "y2", "y3"]})
POINTS = {"x": 30, "y": 70}


def sample(seed: int, n: int, missing: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    e, p = random.integers(1, 8, (2, n, 5)).astype(float)
    p[random.random(p.shape) < missing] = np.nan
    return e, p


def measured(seed: int, n: int) -> tuple[GapResult, np.ndarray]:
    e, p = sample(seed, n)
    own = np.stack([(p - e)[:, :2].mean(axis=1), (p - e)[:, 2:].mean(axis=1)], axis=1)
    return measure_gaps(SMALL, e, p, POINTS), own


def test_a_difference_agrees_with_scipys_welch_test() -> None:
    (before, first), (after, second) = measured(1, 40), measured(2, 70)
    found = compare_gaps(before, after)
    cases = [
        (found.dimensions[0], first[:, 0], second[:, 0]),
        (found.dimensions[1], first[:, 1], second[:, 1]),
        (found.unweighted, first.mean(axis=1), second.mean(axis=1)),
        (found.weighted, first @ [0.3, 0.7], second @ [0.3, 0.7]),
    ]
    for row, one, other in cases:
        test = stats.ttest_ind(other, one, equal_var=False)
        limits = test.confidence_interval(0.95)
        assert row is not None and row.difference is not None
        assert row.difference.estimate == pytest.approx(other.mean() - one.mean())
        assert row.difference.p == pytest.approx(test.pvalue)
        assert (row.difference.low, row.difference.high) == pytest.approx((limits.low, limits.high))


def test_corrections_agree_with_pingouin() -> None:
    pingouin = pytest.importorskip("pingouin")
    p = np.array([0.01, 0.04, 0.03, 0.005, 0.2, 0.04])
    assert adjust_holm(p) == pytest.approx(pingouin.multicomp(p, method="holm")[1])
    assert adjust_benjamini_hochberg(p) == pytest.approx(pingouin.multicomp(p, method="fdr_bh")[1])


def test_an_untested_comparison_does_not_count_as_one() -> None:
    assert adjust_holm([0.01, np.nan, 0.04])[[0, 2]] == pytest.approx([0.02, 0.04])


def test_groups_are_compared_in_pairs_and_corrected_over_all_of_them() -> None:
    groups = {name: measured(seed, 30)[0] for seed, name in enumerate("abc")}
    found = compare_groups(groups, "y")
    raw = [row.difference.p for row in found.values() if row.difference]
    assert list(found) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert [row.p_holm for row in found.values()] == pytest.approx(adjust_holm(raw))


def test_a_change_of_points_is_not_compared_as_a_change_of_service() -> None:
    e, p = sample(1, 30)
    other = measure_gaps(SMALL, e, p, {"x": 50, "y": 50})
    assert compare_gaps(measured(1, 30)[0], other).weighted is None


def test_different_instruments_are_refused() -> None:
    other = GapInstrument({"x": ["x1"]})
    with pytest.raises(MeasureError) as refusal:
        compare_gaps(measured(1, 30)[0], measure_gaps(other, [[1.0], [2.0]], [[1.0], [3.0]]))
    assert refusal.value.code == "instruments_differ" and refusal.value.remedy


def test_performance_alone_is_the_mean_perception_with_its_t_interval() -> None:
    _, p = sample(3, 50)
    own = p[:, 2:].mean(axis=1)
    limits = stats.ttest_1samp(own, 0).confidence_interval(0.95)
    found = measure_performance(SMALL, p, POINTS).dimensions["y"]
    assert found is not None
    assert (found.estimate, found.low, found.high) == pytest.approx((own.mean(), limits.low, limits.high))


def test_the_three_states_meet_exactly_at_the_tolerance() -> None:
    states = classify([5, 6, 4, 5.5, np.nan], [5, 5, 5, 5, 5], tolerance=0.5)
    assert states.tolist() == ["satisfied", "delighted", "disappointed", "satisfied", ""]
    assert count_states(states) == {"delighted": 1, "satisfied": 2, "disappointed": 1}


def test_respondents_own_points_are_averaged_and_false_totals_counted() -> None:
    assert mean_allocation([[30, 70], [50, 50], [60, 60]], ["x", "y"]) == ({"x": 40, "y": 60}, 1)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), row=st.integers(0, 29), item=st.integers(0, 4))
def test_raising_a_perception_never_lowers_a_score(seed: int, row: int, item: int) -> None:
    e, p = sample(seed, 30, 0.2)
    higher = p.copy()
    higher[row, item] = min(higher[row, item] + 1, 7)
    before, after = measure_gaps(SMALL, e, p, POINTS), measure_gaps(SMALL, e, higher, POINTS)
    pairs = [(before.unweighted, after.unweighted), (before.weighted, after.weighted)]
    pairs += [(b.gap, a.gap) for b, a in zip(before.items, after.items, strict=True)]
    assert all(a.estimate >= b.estimate - 1e-12 for b, a in pairs if a and b)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    e, p = sample(seed, 25, 0.2)
    order = np.random.default_rng(seed).permutation(25)
    one, other = measure_gaps(SMALL, e, p, POINTS), measure_gaps(SMALL, e[order], p[order], POINTS)
    assert one.weighted and other.weighted
    assert one.weighted.estimate == pytest.approx(other.weighted.estimate, abs=1e-12)
    assert one.weighted.low == pytest.approx(other.weighted.low, abs=1e-12)


def test_equal_weights_of_respondents_change_nothing_and_weight_nothing_leaves_one_out() -> None:
    e, p = sample(4, 60, 0.1)
    plain, equal = (measure_gaps(SMALL, e, p, POINTS, respondent_weights=w) for w in (None, np.full(60, 3.7)))
    weights = np.ones(60)
    weights[:10] = 0
    some, fewer = (
        measure_gaps(SMALL, e, p, POINTS, 0.95, weights),
        measure_gaps(SMALL, e[10:], p[10:], POINTS),
    )
    for one, other in ((plain, equal), (some, fewer)):
        assert one.weighted and other.weighted and one.respondents == other.respondents
        assert one.weighted.estimate == pytest.approx(other.weighted.estimate)
        assert one.weighted.low == pytest.approx(other.weighted.low)
        assert [d.t for d in one.dimensions] == pytest.approx([d.t for d in other.dimensions])


def test_weighted_intervals_agree_with_the_jackknife() -> None:
    e, p = sample(5, 300)
    weights = np.random.default_rng(6).uniform(0.5, 2, 300)
    found = measure_gaps(SMALL, e, p, POINTS, respondent_weights=weights)
    own = np.stack([(p - e)[:, :2].mean(axis=1), (p - e)[:, 2:].mean(axis=1)], axis=1) @ [0.3, 0.7]
    assert found.weighted and found.weighted.high is not None
    assert found.weighted.estimate == pytest.approx(np.average(own, weights=weights))
    left = np.array([np.average(np.delete(own, i), weights=np.delete(weights, i)) for i in range(300)])
    se = np.sqrt(299 / 300 * np.square(left - left.mean()).sum())
    reach = found.weighted.high - found.weighted.estimate
    assert reach == pytest.approx(stats.t.ppf(0.975, 299) * se, rel=0.01)


def test_items_worded_in_reverse_are_turned_round_on_both_sides() -> None:
    e, p = sample(7, 40)
    turned = GapInstrument(SMALL.dimensions, reversed_items=frozenset({"x1"}))
    e2, p2 = e.copy(), p.copy()
    e2[:, 0], p2[:, 0] = 8 - e2[:, 0], 8 - p2[:, 0]
    plain, other = measure_gaps(SMALL, e, p), measure_gaps(turned, e2, p2)
    assert plain.dimensions == other.dimensions
    ours, theirs = measure_performance(SMALL, p), measure_performance(turned, p2)
    assert ours.dimensions["x"] == theirs.dimensions["x"]


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), factor=st.integers(2, 20))
def test_rescaling_the_scale_rescales_the_gaps_and_leaves_the_tests(seed: int, factor: int) -> None:
    e, p = sample(seed, 30)
    wide = GapInstrument(SMALL.dimensions, factor, 7 * factor)
    one, other = measure_gaps(SMALL, e, p, POINTS), measure_gaps(wide, e * factor, p * factor, POINTS)
    assert one.weighted and other.weighted
    assert other.weighted.estimate == pytest.approx(one.weighted.estimate * factor)
    assert [d.t for d in other.dimensions] == pytest.approx([d.t for d in one.dimensions])


def test_weights_that_are_not_weights_are_refused() -> None:
    e, p = sample(1, 10)
    with pytest.raises(MeasureError) as refusal:
        measure_gaps(SMALL, e, p, respondent_weights=np.full(10, -1.0))
    assert refusal.value.code == "respondent_weights" and refusal.value.remedy


def test_the_same_gap_from_everybody_is_without_spread_and_rounding_is_not_taken_for_one() -> None:
    instrument = GapInstrument({"x": ["x1", "x2", "x3"]}, 0, 10)
    e = np.full((7, 3), 8.0)
    found = measure_gaps(instrument, e, e - [0.1, 0.2, 0.4]).dimensions[0]
    assert found.gap is not None and found.gap.low == found.gap.high == pytest.approx(-0.7 / 3)
    assert found.t is None


def test_perceptions_of_another_shape_are_refused() -> None:
    with pytest.raises(MeasureError):
        measure_performance(SMALL, np.ones((3, 4)))
