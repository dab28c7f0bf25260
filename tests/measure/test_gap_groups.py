"""Several groups beside one another, and perceptions alone, against pingouin and SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from frontstage.measure.corrections import adjust_holm
from frontstage.measure.errors import MeasureError
from frontstage.measure.gaps import (
    GapInstrument,
    GapResult,
    compare_gaps,
    compare_groups,
    compare_groups_everywhere,
    groups_differ,
    measure_gaps,
    measure_performance,
    servqual_instrument,
)

SMALL = GapInstrument({"x": ["x1", "x2"], "y": ["y1"]})


def answers(seed: int, n: int, items: int = 3, missing: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    e, p = random.integers(1, 8, (2, n, items)).astype(float)
    p[random.random(p.shape) < missing] = np.nan
    return e, p


def result(seed: int, n: int) -> GapResult:
    return measure_gaps(SMALL, *answers(seed, n))


def test_whether_any_group_differs_agrees_with_pingouins_welch_anova() -> None:
    pingouin, pandas = pytest.importorskip("pingouin"), pytest.importorskip("pandas")
    sizes = {"a": 25, "b": 40, "c": 31}
    rows = [
        {"group": name, "gap": gap}
        for seed, (name, n) in enumerate(sizes.items())
        for gap in (lambda e, p: (p - e)[:, 2])(*answers(seed, n))
    ]
    theirs = pingouin.welch_anova(pandas.DataFrame(rows), dv="gap", between="group").iloc[0]
    found = groups_differ({name: result(seed, n) for seed, (name, n) in enumerate(sizes.items())}, "y")
    p = theirs[next(name for name in theirs.index if name.lower().startswith("p") and "np2" not in name)]
    assert (found.f, found.between) == (pytest.approx(theirs["F"]), theirs["ddof1"])
    assert (found.within, found.p) == (pytest.approx(theirs["ddof2"]), pytest.approx(p))


def test_two_groups_differ_exactly_as_welchs_t_says() -> None:
    groups = {"a": result(1, 30), "b": result(2, 50)}
    pair = compare_groups(groups, "x")["a", "b"].difference
    assert pair is not None and groups_differ(groups, "x").p == pytest.approx(pair.p)


def test_all_dimensions_and_pairs_are_one_family() -> None:
    groups = {name: result(seed, 30) for seed, name in enumerate("abc")}
    found = compare_groups_everywhere(groups)
    rows = [row for pairs in found.values() for row in pairs.values()]
    assert list(found) == ["x", "y"] and len(rows) == 6
    raw = [row.difference.p for row in rows if row.difference]
    assert [row.p_holm for row in rows] == pytest.approx(adjust_holm(raw))


def test_groups_that_cannot_be_compared_are_refused() -> None:
    other = measure_gaps(GapInstrument({"x": ["x1"]}), [[1.0], [2.0]], [[1.0], [3.0]])
    for groups, dimension, code in (
        ({"a": result(1, 5)}, None, "too_few_groups"),
        ({"a": result(1, 5), "b": other}, None, "instruments_differ"),
        ({"a": result(1, 5), "b": result(2, 5)}, "z", "unknown_dimension"),
    ):
        with pytest.raises(MeasureError) as refusal:
            compare_groups(groups, dimension)
        assert refusal.value.code == code and refusal.value.remedy


def test_a_group_without_answers_has_no_test_and_does_not_count_as_one() -> None:
    nobody = measure_gaps(SMALL, np.full((2, 3), np.nan), np.full((2, 3), np.nan))
    groups = {"a": result(1, 30), "b": result(2, 30), "c": nobody}
    found = compare_groups(groups, "x")
    assert found["a", "c"].p_holm is None
    assert found["a", "b"].p_holm == pytest.approx(found["a", "b"].difference.p)  # type: ignore[union-attr]
    assert groups_differ(groups, "x").p is None


def test_performance_of_two_samples_is_compared_without_expectations() -> None:
    (_, p), (_, q) = answers(3, 30), answers(4, 45)
    one, other = (measure_performance(SMALL, x).above_minimum for x in (p, q))
    found = compare_gaps(one, other).dimensions[0].difference
    test = stats.ttest_ind(q[:, :2].mean(axis=1), p[:, :2].mean(axis=1), equal_var=False)
    assert found is not None and found.p == pytest.approx(test.pvalue)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), row=st.integers(0, 11), item=st.integers(0, 2))
def test_a_better_perception_never_lowers_performance_whatever_the_order(
    seed: int, row: int, item: int
) -> None:
    _, p = answers(seed, 12, missing=0.2)
    better = p.copy()
    better[row, item] = min(better[row, item] + 1, 7)
    before, after = (measure_performance(SMALL, x, {"x": 40, "y": 60}) for x in (p, better[::-1]))
    pairs = [(before.unweighted, after.unweighted), (before.weighted, after.weighted)]
    pairs += [(before.items[code], after.items[code]) for code in SMALL.items]
    assert all(a.estimate >= b.estimate - 1e-12 for b, a in pairs if a and b)


def test_the_instrument_of_1988_turns_round_both_halves_of_its_negative_pairs() -> None:
    forwards, old = servqual_instrument(), servqual_instrument("1988")
    turned = [code in old.reversed_items for code in old.items]
    assert [i + 1 for i, t in enumerate(turned) if t] == [10, 11, 12, 13, 18, 19, 20, 21, 22]
    assert {d for d, items in old.dimensions.items() if set(items) & old.reversed_items} == {
        "responsiveness",
        "empathy",
    }
    e, p = answers(5, 20, 22)
    asked = [np.where(turned, 8 - x, x) for x in (e, p)]
    assert measure_gaps(old, *asked) == measure_gaps(forwards, e, p)
    worse = p.copy()
    worse[0, 9] = 7 if p[0, 9] < 7 else 1  # agreeing more with a negative sentence, or less
    sign = np.sign(p[0, 9] - worse[0, 9])
    one, other = (measure_gaps(old, e, x).dimensions[2].gap for x in (p, worse))
    assert one is not None and other is not None and np.sign(other.estimate - one.estimate) == sign
    with pytest.raises(MeasureError):
        servqual_instrument("1985")  # type: ignore[arg-type]
