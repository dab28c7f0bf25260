"""Control charts against published tables and worked examples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from frontstage.measure.errors import MeasureError
from frontstage.measure.operations.chart_constants import chart_constants
from frontstage.measure.operations.control_charts import (
    ewma_chart,
    individuals_chart,
    mean_and_range_charts,
    p_chart,
    u_chart,
)
from frontstage.measure.operations.run_rules import RULES, WESTERN_ELECTRIC, find_signals

# Montgomery, Introduction to Statistical Quality Control, Appendix VI: n, d2, d3, c4, A2, D3, D4.
PUBLISHED = [
    (2, 1.128, 0.853, 0.7979, 1.880, 0, 3.267),
    (3, 1.693, 0.888, 0.8862, 1.023, 0, 2.574),
    (4, 2.059, 0.880, 0.9213, 0.729, 0, 2.282),
    (5, 2.326, 0.864, 0.9400, 0.577, 0, 2.114),
    (6, 2.534, 0.848, 0.9515, 0.483, 0, 2.004),
    (7, 2.704, 0.833, 0.9594, 0.419, 0.076, 1.924),
    (8, 2.847, 0.820, 0.9650, 0.373, 0.136, 1.864),
    (10, 3.078, 0.797, 0.9727, 0.308, 0.223, 1.777),
    (15, 3.472, 0.756, 0.9823, 0.223, 0.347, 1.653),
    (25, 3.931, 0.708, 0.9896, 0.153, 0.459, 1.541),
]


@pytest.mark.parametrize("row", PUBLISHED)
def test_the_constants_agree_with_the_published_table(row: tuple[float, ...]) -> None:
    c = chart_constants(int(row[0]))
    found = (c.d2, c.d3, c.c4, c.a2, c.lower_range, c.upper_range)
    assert found == pytest.approx(row[1:], abs=1.1e-3)
    assert chart_constants(2).d2 == pytest.approx(2 / np.sqrt(np.pi), abs=1e-9)


def test_a_p_charts_limits_follow_each_periods_size() -> None:
    chart = p_chart([10, 12, 9, 40], [100, 120, 90, 100], baseline=slice(0, 3))
    assert chart.centre[0] == pytest.approx(0.1)
    assert chart.upper[1] == pytest.approx(0.1 + 3 * np.sqrt(0.1 * 0.9 / 120))
    assert [(s.rule, s.index) for s in chart.signals] == [("beyond_limits", 3)]


def test_a_u_chart_is_cut_at_nothing() -> None:
    chart = u_chart([1, 2, 0, 3], [10, 10, 10, 10])
    assert chart.centre[0] == 0.15 and (chart.lower == 0).all() and chart.in_control


def test_mean_and_range_limits_are_the_tables() -> None:
    x = np.array([[1.0, 3, 2, 4, 5], [2, 2, 3, 5, 4], [1, 2, 6, 3, 3]])
    means, ranges = mean_and_range_charts(x)
    average, spread = x.mean(), (4 + 3 + 5) / 3
    assert means.upper[0] == pytest.approx(average + 0.577 * spread, abs=2e-3)
    assert ranges.upper[0] == pytest.approx(2.114 * spread, abs=5e-3) and ranges.lower[0] == 0


def test_individuals_use_the_moving_range() -> None:
    chart, moving = individuals_chart([5.0, 7, 6, 8])
    assert chart.upper[0] == pytest.approx(6.5 + 3 * (5 / 3) / 1.128, abs=2e-3)
    assert moving.values.tolist() == [2, 1, 2]


def test_a_small_lasting_shift_is_seen_by_ewma_and_not_by_single_points() -> None:
    x = np.concatenate([np.tile([9.5, 10.5], 10), np.tile([10.6, 11.6], 10)])
    chart = ewma_chart(x, target=10, sd=1, smoothing=0.1, width=2.7)
    assert chart.signals and chart.signals[0].index >= 20
    assert (np.abs(x - 10) < 3).all()
    assert chart.upper[0] == pytest.approx(10 + 2.7 * 0.1) and chart.values[0] == pytest.approx(9.95)


@pytest.mark.parametrize(
    ("rule", "z", "index"),
    [
        ("beyond_limits", [0, 3.1], 1),
        ("one_side", [-0.1] + [0.2] * 9, 9),
        ("trend", [0, -0.2, 0.1, 0.2, 0.3, 0.4, 0.5], 6),
        ("alternating", [0.1, -0.1] * 7, 13),
        ("two_of_three", [2.1, 0, 2.2], 2),
        ("four_of_five", [1.1, 1.2, 0, 1.1, 1.3], 4),
        ("too_quiet", [0.5, -0.5, 0.5] * 5, 14),
        ("two_mixed", [1.1, -1.1] * 4, 7),
    ],
)
def test_each_run_rule_fires_at_the_last_point_of_its_run(rule: str, z: list[float], index: int) -> None:
    assert [s.index for s in find_signals(np.array(z), [rule])] == [index]
    assert find_signals(np.array(z[:index]), [rule]) == ()
    assert [s.index for s in find_signals(-np.array(z), [rule])] == [index]


def test_unknown_rules_and_impossible_counts_are_refused() -> None:
    with pytest.raises(MeasureError, match="No run rules"):
        find_signals(np.zeros(3), ["luck"])
    with pytest.raises(MeasureError):
        p_chart([5], [4])
    assert len(RULES) == 9 and find_signals(np.array([]), list(RULES)) == ()


@pytest.mark.parametrize("n", [2, 3, 5, 10, 25, 60])
def test_the_constants_agree_with_scipys_distribution_of_the_range(n: int) -> None:
    spread = stats.studentized_range(k=n, df=np.inf)
    mean = integrate.quad(spread.sf, 0, 20, limit=200)[0]
    square = integrate.quad(lambda r: 2 * r * spread.sf(r), 0, 20, limit=200)[0]
    found = chart_constants(n)
    assert (found.d2, found.d3) == pytest.approx((mean, np.sqrt(square - mean**2)), abs=1e-7)
    assert found.c4 == pytest.approx(stats.chi(n - 1).mean() / np.sqrt(n - 1), abs=1e-9)


def test_the_p_chart_of_the_published_example_comes_out() -> None:
    """NIST/SEMATECH e-Handbook 6.3.3.2 (30 samples of 50): p̄ 0.2313; limits 0.0524 and 0.4102."""
    found = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7]
    chart = p_chart([*found, 13, 9, 6], [50] * 30, rules=["beyond_limits"])
    assert chart.centre[0] == pytest.approx(0.2313, abs=5e-5)
    assert (chart.lower[0], chart.upper[0]) == pytest.approx((0.0524, 0.4102), abs=5e-5)
    assert [signal.index + 1 for signal in chart.signals] == [15, 23]


def test_the_u_chart_of_the_published_example_comes_out() -> None:
    """Montgomery, u chart of 20 samples of 5 computers: ū 1.93; limits 0.07 and 3.79; in control."""
    defects = [10, 12, 8, 14, 10, 16, 11, 7, 10, 15, 9, 5, 7, 11, 12, 6, 8, 10, 7, 5]
    chart = u_chart(defects, [5] * 20, rules=["beyond_limits"])
    assert chart.centre[0] == 1.93 and chart.in_control
    assert (chart.lower[0], chart.upper[0]) == pytest.approx((0.07, 3.79), abs=5e-3)


def test_individuals_of_the_published_example_come_out() -> None:
    """NIST/SEMATECH e-Handbook 6.3.2.2 (flow rates): x̄ 50.81, MR̄ 1.8778, limits 45.8159 and 55.8041."""
    chart, moving = individuals_chart([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])
    assert moving.centre[0] == pytest.approx(1.8778, abs=5e-5)
    assert (chart.lower[0], chart.upper[0]) == pytest.approx(
        (45.8159, 55.8041), abs=2e-3
    )  # theirs with 1.128
    assert chart.in_control


def test_the_ewma_of_the_published_example_comes_out_with_its_exact_limits() -> None:
    """Montgomery, EWMA with λ 0.1, L 2.7, target 10, σ 1: first limits 9.73 and 10.27, last 9.38 and 10.62."""
    values = [
        9.45,
        7.99,
        9.29,
        11.66,
        12.16,
        10.18,
        8.04,
        11.46,
        9.20,
        10.34,
        9.03,
        11.47,
        10.51,
        9.40,
        10.08,
    ]
    values += [
        9.37,
        10.62,
        10.31,
        8.52,
        10.84,
        10.9,
        9.33,
        12.29,
        11.5,
        10.6,
        11.08,
        10.38,
        11.62,
        11.31,
        10.52,
    ]
    chart = ewma_chart(values, target=10, sd=1, smoothing=0.1, width=2.7)
    assert chart.values[[0, 1, 2, 26, 29]] == pytest.approx(
        [9.945, 9.7495, 9.70355, 10.4568, 10.6341], abs=5e-5
    )
    assert (chart.lower[0], chart.upper[0]) == pytest.approx((9.73, 10.27))
    assert (chart.lower[-1], chart.upper[-1]) == pytest.approx((9.38, 10.62), abs=5e-3)
    assert [signal.index + 1 for signal in chart.signals] == [29, 30]


def test_eight_points_far_out_on_one_side_are_not_mixed() -> None:
    assert find_signals(np.full(8, 1.5), ["two_mixed"]) == ()


def test_western_electrics_run_is_one_shorter_than_nelsons() -> None:
    z = np.array([-0.1, *[0.2] * 8])
    assert find_signals(z, ["one_side"]) == ()
    assert [(s.rule, s.index) for s in find_signals(z, WESTERN_ELECTRIC)] == [("one_side_eight", 8)]


def test_a_point_on_a_line_is_not_beyond_it_for_rounding() -> None:
    assert (0.1 + 0.2) / 0.1 > 3
    assert ewma_chart([0.1 + 0.2], target=0.0, sd=0.1, smoothing=1.0).in_control


@settings(deadline=None)
@given(st.lists(st.floats(-5, 5), min_size=1, max_size=40))
def test_the_rules_see_a_chart_and_its_mirror_alike(z: list[float]) -> None:
    assert find_signals(np.array(z), list(RULES)) == find_signals(-np.array(z), list(RULES))
