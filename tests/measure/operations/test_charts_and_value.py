"""Control charts against the published tables, customers' value against lifetimes and the CDNOW figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontstage.measure.errors import MeasureError
from frontstage.measure.operations.chart_constants import chart_constants
from frontstage.measure.operations.control_charts import (
    ewma_chart,
    individuals_chart,
    mean_and_range_charts,
    p_chart,
    u_chart,
)
from frontstage.measure.operations.run_rules import RULES, find_signals
from frontstage.measure.operations.value import (
    abc_classes,
    expected_value,
    fit_purchases,
    fit_spending,
    lifetime_value,
    rfm_scores,
)

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


@given(st.lists(st.integers(0, 6), min_size=1, max_size=40))
def test_ties_have_equal_scores_in_any_order(values: list[int]) -> None:
    x = np.array(values, float)
    scores = rfm_scores(x, x, x)
    back = rfm_scores(x[::-1], x[::-1], x[::-1])[::-1]
    assert (scores == back).all() and scores.min() >= 1 and scores.max() <= 5
    for value in set(values):
        assert len({tuple(row) for row in scores[x == value]}) == 1


def test_quintiles_of_distinct_customers_are_fifths() -> None:
    scores = rfm_scores(np.arange(10), np.arange(10), np.arange(10))
    assert scores[:, 0].tolist() == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]
    assert scores[:, 1].tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_classes_are_cut_at_eighty_and_ninety_five_of_profit() -> None:
    assert abc_classes([80, 10, 5, 3, 2, 0, -40]).tolist() == ["A", "B", "B", "C", "C", "C", "C"]
    assert abc_classes([50, 50]).tolist() == ["A", "A"]


def test_lifetime_value_is_the_sum_and_its_limit() -> None:
    total = sum(100 * 0.8**t / 1.1**t for t in range(5)) - 50
    assert lifetime_value(100, 0.8, 0.1, 50, periods=5) == pytest.approx(total)
    assert lifetime_value(100, 0.8, 0.1, first=1) == pytest.approx(100 * 0.8 / (1 + 0.1 - 0.8))
    with pytest.raises(MeasureError, match="no end"):
        lifetime_value(100, 1, 0)


def test_the_purchase_model_finds_the_published_cdnow_figures_and_agrees_with_lifetimes() -> None:
    """Fader, Hardie & Lee (2005): r .243, α 4.414, a .793, b 2.426, log-likelihood −9,582.4."""
    datasets, lifetimes = pytest.importorskip("lifetimes.datasets"), pytest.importorskip("lifetimes")
    data = datasets.load_cdnow_summary(index_col=[0])
    history = tuple(data[name].to_numpy(float) for name in ("frequency", "recency", "T"))
    model = fit_purchases(*history)
    assert (model.r, model.alpha, model.a, model.b) == pytest.approx(
        (0.2426, 4.4135, 0.7929, 2.4259), abs=2e-4
    )
    assert model.log_likelihood == pytest.approx(-9582.43, abs=0.01)
    peer = lifetimes.BetaGeoFitter().fit(*history)
    peer.params_[["r", "alpha", "a", "b"]] = [model.r, model.alpha, model.a, model.b]
    ours = model.expected_purchases(39.0, *history)
    theirs = peer.conditional_expected_number_of_purchases_up_to_time(39.0, *history)
    assert ours == pytest.approx(np.asarray(theirs), rel=1e-9)
    assert model.alive(*history) == pytest.approx(
        np.asarray(peer.conditional_probability_alive(*history)), rel=1e-9
    )


def test_the_spending_model_agrees_with_lifetimes_and_values_customers() -> None:
    datasets, lifetimes = pytest.importorskip("lifetimes.datasets"), pytest.importorskip("lifetimes")
    data = datasets.load_cdnow_summary_data_with_monetary_value()
    data = data[data.frequency > 0]
    x, m = data.frequency.to_numpy(float), data.monetary_value.to_numpy(float)
    model, peer = fit_spending(x, m), lifetimes.GammaGammaFitter().fit(x, m)
    assert (model.p, model.q, model.gamma) == pytest.approx(tuple(peer.params_[["p", "q", "v"]]), rel=2e-3)
    peer.params_[["p", "q", "v"]] = [model.p, model.q, model.gamma]
    theirs = peer.conditional_expected_average_profit(data.frequency, data.monetary_value)
    assert model.expected_amount(x, m) == pytest.approx(theirs.to_numpy())
    history = tuple(data[name].to_numpy(float) for name in ("frequency", "recency", "T"))
    purchases = fit_purchases(*history)
    value = expected_value(purchases, model, history, m, periods=1, period=4.0, discount=0.01)
    assert value == pytest.approx(
        purchases.expected_purchases(4.0, *history) * model.expected_amount(x, m) / 1.01
    )


def test_time_in_other_units_changes_only_alpha() -> None:
    random = np.random.default_rng(3)
    age = random.uniform(20, 40, 400)
    x, last = np.zeros(400), np.zeros(400)
    for i, (rate, leaves) in enumerate(zip(random.gamma(0.8, 0.3, 400), random.beta(1, 3, 400), strict=True)):
        time = random.exponential(1 / rate)
        while time < age[i]:
            x[i], last[i] = x[i] + 1, time
            time = np.inf if random.random() < leaves else time + random.exponential(1 / rate)
    weeks, days = fit_purchases(x, last, age), fit_purchases(x, 7 * last, 7 * age)
    assert (weeks.r, 7 * weeks.alpha, weeks.a) == pytest.approx((days.r, days.alpha, days.a), rel=1e-4)


def test_histories_that_cannot_be_are_refused() -> None:
    with pytest.raises(MeasureError, match="customer 2"):
        fit_purchases([1, 1], [2, 9], [5, 5])
    with pytest.raises(MeasureError, match="second time"):
        fit_purchases([0, 0], [0, 0], [5, 5])
