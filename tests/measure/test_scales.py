"""Scales keep the order of their answers, or are refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontstage.measure.errors import MeasureError
from frontstage.measure.scales import Scale, satisfaction_index

WORDS = ("poor", "fair", "good")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ((1, 2, 2), "scale_duplicate"),
        ((3, 2, 1), "scale_order"),
        ((1, 3, 2), "scale_order"),
        ((1, 2), "scale_length"),
    ],
)
def test_a_scale_that_would_lose_its_order_is_refused(values: tuple[float, ...], code: str) -> None:
    with pytest.raises(MeasureError) as refusal:
        Scale(WORDS, values)
    assert refusal.value.code == code and refusal.value.remedy


def test_answers_become_values_and_missing_codes_become_nothing() -> None:
    scale = Scale(WORDS, (1, 2, 5), frozenset({"refused"}))
    assert scale.score(["good", "poor", "refused", None])[:2].tolist() == [5, 1]
    assert np.isnan(scale.score(["refused", None, float("nan")])).all()
    assert scale.score(["good", "fair"], reverse=True).tolist() == [1, 4]
    assert scale.as_percent([1, 3, 5]).tolist() == [0, 50, 100]


def test_an_answer_that_is_not_on_the_scale_is_refused_with_its_row() -> None:
    with pytest.raises(MeasureError, match="row 2"):
        Scale.points(1, 7).score([7, 8])


def test_a_missing_code_that_is_also_an_answer_is_refused() -> None:
    with pytest.raises(MeasureError, match="both"):
        Scale.points(1, 7, missing=[7])


def test_the_index_of_three_items_is_the_published_one() -> None:
    assert round(satisfaction_index([8, 7, 7], [1, 1, 1]), 2) == 70.37
    assert round(satisfaction_index([8, 7, 7], [0.3885, 0.3190, 0.2925]), 2) == 70.98
    with pytest.raises(MeasureError):
        satisfaction_index([8, 7, 7], [1, 1, -1])


@settings(deadline=None)
@given(st.lists(st.floats(-50, 50), min_size=2, max_size=9, unique=True).map(sorted))
def test_a_better_answer_has_a_higher_value_and_a_reversed_item_the_opposite(values: list[float]) -> None:
    codes = tuple(range(len(values)))
    scale = Scale(codes, tuple(values))
    assert (np.diff(scale.score(codes)) > 0).all() and (np.diff(scale.score(codes, reverse=True)) <= 0).all()
    assert scale.turned(scale.turned(values)) == pytest.approx(values, abs=1e-9)
    percent = scale.as_percent(values)
    assert percent[0] == 0 and percent[-1] == pytest.approx(100)


def test_an_index_of_means_off_the_scale_is_refused() -> None:
    with pytest.raises(MeasureError) as refusal:
        satisfaction_index([8, 11], [1, 1])
    assert refusal.value.code == "off_scale"
