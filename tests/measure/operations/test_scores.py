"""Scores, service levels and order quantities against published figures and SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from frontstage.measure.errors import MeasureError
from frontstage.measure.operations.inventory import economic_order_quantity
from frontstage.measure.operations.satisfaction_scores import (
    effort_score,
    promoter_score,
    promoter_score_of,
    satisfied_share,
)
from frontstage.measure.operations.service_level import CallCounts, service_levels


def test_the_promoter_scores_interval_is_that_of_a_variable_of_one_zero_and_minus_one() -> None:
    found = promoter_score(50, 30, 20)
    values = np.repeat([100, 0, -100], [50, 30, 20])
    half = stats.norm.ppf(0.975) * values.std() / 10
    assert found.score is not None
    assert (found.score.estimate, found.score.low, found.score.high) == pytest.approx(
        (30, 30 - half, 30 + half)
    )


def test_answers_of_zero_to_ten_fall_into_their_groups() -> None:
    found = promoter_score_of([0, 6, 7, 8, 9, 10, np.nan])
    assert (found.promoters, found.passives, found.detractors) == (2, 2, 2)
    with pytest.raises(MeasureError, match="off the scale"):
        promoter_score_of([11])


def test_the_satisfied_share_has_scipys_wilson_interval() -> None:
    found = satisfied_share([5] * 40 + [4] * 30 + [2] * 10)
    limits = stats.binomtest(70, 80).proportion_ci(method="wilson")
    assert found is not None
    assert (found.estimate, found.low, found.high) == pytest.approx((70 / 80, limits.low, limits.high))


def test_the_effort_score_has_scipys_t_interval() -> None:
    found, limits = effort_score([1, 5, 6, 7, 7]), stats.ttest_1samp([1, 5, 6, 7, 7], 0).confidence_interval()
    assert found is not None and (found.low, found.high) == pytest.approx((limits.low, limits.high))
    assert effort_score([]) is None


def test_four_formulas_give_four_service_levels_of_the_same_calls() -> None:
    calls = CallCounts(answered=90, answered_in_time=72, abandoned=10, abandoned_in_time=4)
    found = service_levels(calls)
    assert calls.answer_rate == 0.9
    assert found.abandons_count_as_met == 0.76
    assert found.of_answered == 0.80
    assert found.of_offered == 0.72
    assert found.early_abandons_left_out == 0.75


def test_calls_that_cannot_be_are_refused_and_none_give_none() -> None:
    with pytest.raises(MeasureError):
        CallCounts(1, 2, 0, 0)
    assert service_levels(CallCounts(0, 0, 0, 0)).of_offered is None


def test_the_order_quantity_is_the_textbooks() -> None:
    found = economic_order_quantity(1200, 50, 6)
    assert (round(found.quantity, 2), round(found.cost, 2)) == (141.42, 848.53)
    with pytest.raises(MeasureError):
        economic_order_quantity(1200, 50, 0)


def test_the_adjusted_interval_adds_three_answers_first() -> None:
    """Rocks (2016): ¾ to promoters and to detractors, 3 to n; the score itself is not adjusted."""
    found = promoter_score(12, 6, 2, method="adjusted").score
    p, d, n = 12.75 / 23, 2.75 / 23, 23
    half = stats.norm.ppf(0.975) * np.sqrt((p + d - (p - d) ** 2) / n)
    assert found is not None and found.estimate == 50 and found.n == 20
    assert (found.low, found.high) == pytest.approx((100 * (p - d - half), 100 * (p - d + half)))


def test_one_opinion_from_everybody_has_a_width_when_adjusted_and_one_answer_no_limits() -> None:
    sure, careful = promoter_score(10, 0, 0).score, promoter_score(10, 0, 0, method="adjusted").score
    assert sure is not None and (sure.low, sure.high) == (100, 100)
    assert careful is not None and careful.low is not None and careful.low < 90 and careful.high == 100
    single = promoter_score(1, 0, 0).score
    assert single is not None and (single.low, single.high) == (None, None)


@settings(deadline=None)
@given(st.lists(st.integers(0, 10), min_size=2, max_size=60), st.data())
def test_a_better_answer_never_lowers_a_score_and_order_does_not_matter(
    answers: list[int], data: st.DataObject
) -> None:
    better = sorted(answers, reverse=True)
    place = data.draw(st.integers(0, len(answers) - 1))
    better[place] = min(better[place] + 1, 10)
    before, after = promoter_score_of(answers).score, promoter_score_of(better).score
    assert before is not None and after is not None and after.estimate >= before.estimate
    share, more = (satisfied_share(x, 8, 0, 10) for x in (answers, better))
    effort, less = (effort_score(x, 0, 10) for x in (answers, better))
    assert share and more and effort and less
    assert more.estimate >= share.estimate and less.estimate >= effort.estimate
    same = promoter_score_of(answers[::-1]).score
    assert same == before


def test_half_answers_to_a_question_of_whole_ones_are_refused() -> None:
    with pytest.raises(MeasureError) as refusal:
        promoter_score_of([8.5])
    assert refusal.value.code == "whole_answers"


@settings(deadline=None)
@given(st.floats(1, 1e6), st.floats(0.1, 1e4), st.floats(0.01, 1e3), st.floats(0.2, 5))
def test_no_other_order_quantity_is_cheaper(
    demand: float, order: float, holding: float, factor: float
) -> None:
    best = economic_order_quantity(demand, order, holding)
    other = best.quantity * factor
    assert best.cost <= (demand / other * order + other / 2 * holding) * (1 + 1e-12)
