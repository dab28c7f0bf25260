"""What customers are worth, against lifetimes, the CDNOW figures and published tables."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontstage.measure.errors import MeasureError
from frontstage.measure.operations.value import (
    PurchaseModel,
    abc_classes,
    expected_value,
    fit_purchases,
    fit_spending,
    lifetime_value,
    rfm_scores,
)


@settings(deadline=None)
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


def test_the_multiples_of_the_margin_are_the_published_ones() -> None:
    """Gupta & Lehmann (2003), Customers as Assets: r/(1 + i − r) for retention 60 to 90 %, i 10 to 16 %."""
    table = {0.6: [1.20, 1.15, 1.11, 1.07], 0.7: [1.75, 1.67, 1.59, 1.52], 0.8: [2.67, 2.50, 2.35, 2.22]}
    table[0.9] = [4.50, 4.09, 3.75, 3.46]
    for retention, row in table.items():
        found = [lifetime_value(1, retention, i, first=1) for i in (0.10, 0.12, 0.14, 0.16)]
        assert found == pytest.approx(row, abs=5.1e-3)


def test_the_value_of_a_year_agrees_with_lifetimes() -> None:
    datasets, lifetimes = pytest.importorskip("lifetimes.datasets"), pytest.importorskip("lifetimes")
    data = datasets.load_cdnow_summary_data_with_monetary_value()
    data = data[data.frequency > 0]
    columns = data.frequency, data.recency, data["T"]
    history = tuple(column.to_numpy(float) for column in columns)
    purchases, spending = (
        fit_purchases(*history),
        fit_spending(history[0], data.monetary_value.to_numpy(float)),
    )
    peer, money = lifetimes.BetaGeoFitter().fit(*columns), lifetimes.GammaGammaFitter()
    money.fit(data.frequency, data.monetary_value)
    peer.params_[["r", "alpha", "a", "b"]] = [purchases.r, purchases.alpha, purchases.a, purchases.b]
    money.params_[["p", "q", "v"]] = [spending.p, spending.q, spending.gamma]
    theirs = money.customer_lifetime_value(
        peer, *columns, data.monetary_value, time=12, discount_rate=0.01, freq="W"
    )
    # That package takes a month as 4.345 weeks.
    ours = expected_value(purchases, spending, history, data.monetary_value.to_numpy(), 12, 4.345, 0.01)
    assert ours == pytest.approx(theirs.to_numpy(), rel=1e-8)


def test_the_spending_model_finds_the_published_cdnow_figures() -> None:
    """Fader & Hardie (2013), note 25: p 6.25, q 3.74, γ 15.44 for the 946 who came again."""
    datasets = pytest.importorskip("lifetimes.datasets")
    data = datasets.load_cdnow_summary_data_with_monetary_value()
    data = data[data.frequency > 0]
    model = fit_spending(data.frequency.to_numpy(float), data.monetary_value.to_numpy(float))
    assert model.n == 946
    assert (model.p, model.q, model.gamma) == pytest.approx((6.25, 3.74, 15.44), abs=0.02)


def test_very_frequent_customers_have_a_finite_future() -> None:
    model = PurchaseModel(0.25, 4.4, 0.8, 2.4, 0.0, 1)
    ten, many = model.expected_purchases(39.0, [10, 5000], [38, 38.9], [39, 39])
    # Almost surely alive, and buying at about (r + x)/(α + T) a week until she leaves.
    assert ten < many < 39 * 5000 / 39 and np.isfinite(many)
    near, at = (PurchaseModel(0.25, 4.4, a, 2.4, 0.0, 1) for a in (1.001, 1.0))
    assert at.expected_purchases(39.0, [3], [20], [30]) == pytest.approx(
        near.expected_purchases(39.0, [3], [20], [30]), rel=2e-3
    )
    assert model.expected_purchases(0.0, [3], [20], [30]) == pytest.approx([0.0], abs=1e-12)


@settings(deadline=None)
@given(st.permutations(range(9)))
def test_segments_do_not_depend_on_the_order_of_customers(order: list[int]) -> None:
    x = np.array([5.0, 5, 1, 80, 7, 7, -3, 0, 12])
    assert (abc_classes(x[order]) == abc_classes(x)[order]).all()
    assert (rfm_scores(x[order], x[order], x[order]) == rfm_scores(x, x, x)[order]).all()
