"""Empty input, one value, holes, all equal, text: a figure, or a refusal with a remedy; never a warning."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from frontstage.measure import sampling, scales, weighting
from frontstage.measure.corrections import adjust_holm
from frontstage.measure.data_quality import check_quality
from frontstage.measure.errors import MeasureError
from frontstage.measure.gaps import (
    GapInstrument,
    classify,
    mean_allocation,
    measure_gaps,
    measure_performance,
)
from frontstage.measure.intervals import Summary, mean_interval, proportion_interval
from frontstage.measure.operations import control_charts as charts
from frontstage.measure.operations import queueing, staffing, value
from frontstage.measure.operations import satisfaction_scores as scores

NAN, INF = math.nan, math.inf
LISTS: list[Any] = [
    [], [5.0], [NAN], [3.0, 3.0, 3.0], [1, NAN, 3], [INF, 1, 2], ["a", "b"], [[1, 2], [3]], [0, 0, 0], [-1, -2], None, 7
]  # fmt: skip
TABLES: list[Any] = [
    [], [[]], np.empty((0, 2)), [[1, 2]], [[NAN, NAN]], [[3, 3]] * 4, [[1, NAN], [2, 3]], [[INF, 1]], [["a", "b"]], None
]  # fmt: skip
NUMBERS = [0, 1, -1, NAN, INF, 0.5, 2, -0.5, 100]
PAIRS = GapInstrument({"x": ["a"], "y": ["b"]})
MODELS = value.PurchaseModel(0.2, 4.0, 0.8, 2.4, 0.0, 5), value.SpendingModel(6.0, 3.0, 15.0, 0.0, 5)


@pytest.fixture(autouse=True)
def every_warning_fails() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def tried(work: Callable[..., object], *given: Any, **named: Any) -> None:
    """Whatever comes of it, nothing but a MeasureError with a remedy may be raised."""
    try:
        work(*given, **named)
    except MeasureError as refusal:
        assert refusal.code and refusal.message and refusal.remedy, refusal


@pytest.mark.parametrize("x", LISTS, ids=repr)
def test_a_list_at_its_ends_gives_a_figure_or_a_refusal(x: Any) -> None:
    for work in (
        scores.promoter_score_of, scores.satisfied_share, scores.effort_score, adjust_holm, value.abc_classes,
        charts.individuals_chart, charts.ewma_chart,
    ):  # fmt: skip
        tried(work, x)
    tried(charts.ewma_chart, x, baseline=slice(9, 12))
    tried(weighting.post_stratify, ["a", "b", "b"], {"a": 1, "b": 1}, x)
    tried(measure_gaps, PAIRS, [[5, 6]] * 3, [[4, 3]] * 3, respondent_weights=x)
    tried(check_quality, [[5, 6]] * 3, ["a", "b"], seconds=x)
    for y in LISTS:
        for work in (classify, charts.p_chart, charts.u_chart, value.fit_spending, scales.satisfaction_index):
            tried(work, x, y)
        tried(value.rfm_scores, x, y, x)
        tried(value.fit_purchases, x, x, y)
        tried(sampling.allocate, 2, x, y)
        tried(MODELS[0].expected_purchases, 3, x, y, y)
        tried(MODELS[1].expected_amount, x, y)


@pytest.mark.parametrize("x", TABLES, ids=repr)
def test_a_table_at_its_ends_gives_a_figure_or_a_refusal(x: Any) -> None:
    for y in TABLES:
        tried(measure_gaps, PAIRS, x, y, {"x": 50, "y": 50})
    tried(measure_performance, PAIRS, x)
    tried(mean_allocation, x, ["x", "y"])
    tried(charts.mean_and_range_charts, x)
    tried(check_quality, x, ["a", "b"], minimum=1, maximum=7, step=1, needed=5)


@pytest.mark.parametrize("a", NUMBERS)
def test_a_number_at_its_ends_gives_a_figure_or_a_refusal(a: float) -> None:
    tried(proportion_interval, 1, 2, a)
    tried(mean_interval, Summary(3, 3.0, 4.0), a)
    tried(mean_interval, Summary(3, a, a))
    tried(scores.promoter_score, a, a, a)
    for b in NUMBERS:
        tried(proportion_interval, a, b)
        tried(sampling.sample_size, a, 0.95, b)
        tried(sampling.sample_size, 0.05, 0.95, 0.5, b, a)
        tried(sampling.margin_of_error, 10, 0.95, a, b, b)
        tried(sampling.sample_size_for_mean, a, b)
        tried(weighting.response_rate, a, b)
        tried(value.lifetime_value, 100, a, b)
        for c in (0, 1, NAN, INF, -1):
            tried(queueing.erlang_c, a, b, 3, c)
            tried(queueing.erlang_a, a, 1, b, 4, c)
            tried(queueing.erlang_a, 1, 1, a, b, c)
            tried(staffing.agents_needed, a, b, c, 0.8, 2.0)


def test_points_that_are_no_numbers_do_not_total_one_hundred() -> None:
    with pytest.raises(MeasureError) as refusal:
        measure_gaps(PAIRS, [[1, 2]], [[3, 4]], {"x": NAN, "y": 50})
    assert refusal.value.code == "allocation_total"


def test_respondents_who_answered_nothing_give_no_figure_and_one_gives_no_interval() -> None:
    assert scores.effort_score([NAN]) is None and scores.satisfied_share([]) is None
    single = scores.effort_score([5])
    assert single is not None and (single.estimate, single.low, single.high) == (5, None, None)
