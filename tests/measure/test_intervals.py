"""Intervals against SciPy and published values."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from frontstage.measure.intervals import Summary, difference_of_means, mean_interval, proportion_interval


def summary(values: np.ndarray) -> Summary:
    return Summary(len(values), float(values.sum()), float(values @ values))


def test_a_means_interval_is_students() -> None:
    values = np.random.default_rng(1).normal(5, 2, 40)
    interval = mean_interval(summary(values))
    low, high = stats.t.interval(0.95, 39, loc=values.mean(), scale=stats.sem(values))
    assert (interval.low, interval.high) == pytest.approx((low, high))


def test_a_difference_is_welchs() -> None:
    random = np.random.default_rng(2)
    one, other = random.normal(0, 1, 30), random.normal(0.6, 2, 55)
    difference = difference_of_means(summary(one), summary(other))
    expected = stats.ttest_ind(other, one, equal_var=False)
    limits = expected.confidence_interval(0.95)
    assert difference.p == pytest.approx(expected.pvalue)
    assert (difference.low, difference.high) == pytest.approx((limits.low, limits.high))


@pytest.mark.parametrize(("kept", "n"), [(81, 263), (0, 10), (10, 10), (1, 1), (940, 1000)])
def test_a_proportions_interval_is_wilsons(kept: int, n: int) -> None:
    expected = stats.binomtest(kept, n).proportion_ci(method="wilson")
    interval = proportion_interval(kept, n)
    assert (interval.low, interval.high) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_newcombes_published_wilson_example_comes_out() -> None:
    """81 of 263: 0.2553 to 0.3662 (Newcombe 1998, Statistics in Medicine 17, table I, method 3)."""
    interval = proportion_interval(81, 263)
    assert (round(interval.low, 4), round(interval.high, 4)) == (0.2553, 0.3662)


def test_one_value_has_no_interval_and_none_has_no_estimate() -> None:
    assert mean_interval(Summary(0, 0, 0)) is None
    assert mean_interval(Summary(1, 3, 9)).low is None
    assert difference_of_means(Summary(0, 0, 0), Summary(3, 3, 4)) is None
