"""Gaps against the worked example of the field, SciPy's paired test, and what must always hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from frontstage.measure.errors import MeasureError
from frontstage.measure.gaps import (
    GapInstrument,
    combine_gaps,
    measure_gaps,
    servqual_instrument,
    six_criteria_instrument,
)

GAPS = {"tangibles": -0.5, "reliability": -1.0, "responsiveness": -0.6, "assurance": -0.2, "empathy": -0.4}
POINTS = {"tangibles": 10, "reliability": 40, "responsiveness": 20, "assurance": 15, "empathy": 15}


def test_the_worked_example_gives_its_published_scores() -> None:
    unweighted, weighted = combine_gaps(GAPS, POINTS)
    assert unweighted == pytest.approx(-0.54)
    assert weighted == pytest.approx(-0.66)


@pytest.mark.parametrize("total", [99, 101])
def test_points_that_do_not_total_one_hundred_are_refused(total: int) -> None:
    with pytest.raises(MeasureError, match=f"they total {total}") as refusal:
        combine_gaps(GAPS, {**POINTS, "empathy": 15 + total - 100})
    assert refusal.value.code == "allocation_total"


def test_the_instruments_have_the_published_shape() -> None:
    assert [len(items) for items in servqual_instrument().dimensions.values()] == [4, 5, 4, 4, 5]
    assert len(six_criteria_instrument(5).items) == 30


def answers(seed: int, n: int, items: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    return random.integers(1, 8, (n, items)).astype(float), random.integers(1, 8, (n, items)).astype(float)


def test_a_dimensions_interval_and_test_agree_with_scipys_paired_test() -> None:
    instrument = servqual_instrument()
    e, p = answers(7, 60, 22)
    result = measure_gaps(instrument, e, p, POINTS)
    first = 0
    for dimension, (code, items) in zip(result.dimensions, instrument.dimensions.items(), strict=True):
        columns = slice(first, first + len(items))
        first += len(items)
        expected = stats.ttest_rel(p[:, columns].mean(axis=1), e[:, columns].mean(axis=1))
        limits = expected.confidence_interval(0.95)
        assert dimension.code == code
        assert dimension.t == pytest.approx(expected.statistic)
        assert dimension.p == pytest.approx(expected.pvalue)
        assert (dimension.gap.low, dimension.gap.high) == pytest.approx((limits.low, limits.high))
    assert result.unweighted.estimate == pytest.approx(np.mean([d.gap.estimate for d in result.dimensions]))
    assert result.weighted.estimate == pytest.approx(
        sum(POINTS[d.code] / 100 * d.gap.estimate for d in result.dimensions)
    )


def test_the_tests_of_the_dimensions_are_corrected_for_their_number() -> None:
    result = measure_gaps(servqual_instrument(), *answers(7, 60, 22))
    raw = [d.p for d in result.dimensions]
    multitest = pytest.importorskip("statsmodels.stats.multitest")
    assert list(result.p_holm.values()) == pytest.approx(multitest.multipletests(raw, method="holm")[1])


def test_an_unpaired_answer_is_left_out_and_counted() -> None:
    instrument = GapInstrument({"one": ["a", "b"]})
    e = [[5, 6], [7, np.nan]]
    p = [[4, np.nan], [6, 3]]
    result = measure_gaps(instrument, e, p)
    assert result.excluded == 2
    assert result.dimensions[0].n == 2
    assert result.dimensions[0].gap.estimate == -1


def test_an_answer_off_the_scale_is_refused_with_its_place() -> None:
    with pytest.raises(MeasureError, match="row 2, item a: 8 is off the scale 1 to 7"):
        measure_gaps(GapInstrument({"one": ["a"]}), [[1], [8]], [[1], [2]])


def test_no_answers_give_no_figures() -> None:
    result = measure_gaps(servqual_instrument(), np.full((3, 22), np.nan), np.full((3, 22), np.nan))
    assert result.unweighted is None
    assert result.widest is None


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 12), st.data())
def test_raising_a_perception_never_lowers_a_score(seed: int, n: int, data: st.DataObject) -> None:
    instrument = GapInstrument({"one": ["a", "b"], "two": ["c"]})
    e, p = answers(seed, n, 3)
    row, column = data.draw(st.integers(0, n - 1)), data.draw(st.integers(0, 2))
    better = p.copy()
    better[row, column] = min(better[row, column] + 1, 7)
    before = measure_gaps(instrument, e, p, {"one": 70, "two": 30})
    after = measure_gaps(instrument, e, better, {"one": 70, "two": 30})
    assert after.unweighted.estimate >= before.unweighted.estimate - 1e-12
    assert after.weighted.estimate >= before.weighted.estimate - 1e-12


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_the_order_of_respondents_changes_nothing(seed: int) -> None:
    e, p = answers(seed, 20, 22)
    order = np.random.default_rng(seed).permutation(20)
    one, other = measure_gaps(servqual_instrument(), e, p, POINTS), measure_gaps(servqual_instrument(), e[order], p[order], POINTS)  # fmt: skip
    assert one.weighted.estimate == pytest.approx(other.weighted.estimate)
    assert one.weighted.high == pytest.approx(other.weighted.high)
