"""Each rule reports what it doubts, can be switched, and changes nothing by itself."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from frontstage.measure.data_quality import QualityRules, answers_needed, check_quality, require_enough
from frontstage.measure.data_quality.rules import longest_run
from frontstage.measure.errors import MeasureError

NAMES = ["a", "b", "c", "d", "e", "f"]


def good(n: int = 12) -> np.ndarray:
    return np.random.default_rng(5).permuted(np.tile(np.arange(1.0, 7.0), (n, 1)), axis=1)


def test_clean_answers_raise_no_doubt() -> None:
    report = check_quality(good(), NAMES, minimum=1, maximum=7, step=1, seconds=np.full(12, 60.0))
    assert report.kept.all() and not any(finding.found for finding in report.findings)
    report.require()


def test_a_straight_line_is_found_and_an_unanswered_item_does_not_hide_it() -> None:
    x = good()
    x[3] = [4, 4, np.nan, 4, 4, 4]
    assert check_quality(x, NAMES)["straight_lining"].rows.tolist() == [3]
    assert longest_run(np.array([[1.0, 1, 2, 2, 2, 1], [np.nan] * 6])).tolist() == [3, 0]


def test_a_respondent_who_was_faster_than_reading_is_found() -> None:
    seconds = np.full(12, 60.0)
    seconds[[2, 7]] = 11.9, 17.9
    report = check_quality(good(), NAMES, seconds=seconds)
    assert report["speeding"].rows.tolist() == [2, 7]
    assert "2 of 12" in report["speeding"].message


def test_repeats_are_found_from_the_second_on_and_straight_lines_are_not_repeats() -> None:
    x = good()
    x[5] = x[1]
    x[8] = x[9] = 3.0
    report = check_quality(x, NAMES)
    assert 5 in report["duplicates"].rows and not {8, 9} & set(report["duplicates"].rows.tolist())


def test_only_the_first_answer_of_a_person_is_kept_and_unknown_persons_are_not_one() -> None:
    ids = ["p", "q", "p", None, None, *"abcdefg"]
    report = check_quality(good(), NAMES, ids=np.array(ids, object))
    assert np.flatnonzero(~report.kept).tolist() == [2] and report.left_out == 1


@pytest.mark.parametrize("value", [0.0, 8.0, 3.5, np.inf])
def test_an_impossible_value_is_refused_with_its_place(value: float) -> None:
    x = good()
    x[4, 2] = value
    report = check_quality(x, NAMES, minimum=1, maximum=7, step=1)
    with pytest.raises(MeasureError, match="row 5, item c") as refusal:
        report.require()
    assert refusal.value.code == "impossible_values" and refusal.value.details["rows"] == [5]


def test_an_item_that_hardly_varies_is_named() -> None:
    x = good(40)
    x[:, 1], x[0, 1] = 5.0, 4.0
    assert check_quality(x, NAMES)["little_variance"].items == ("b",)


def test_rows_with_few_answers_are_left_out() -> None:
    x = good()
    x[0, :4] = np.nan
    assert not check_quality(x, NAMES).kept[0]


def test_a_rule_can_be_switched_off_and_given_another_action() -> None:
    x = good()
    x[3] = 4.0
    off = check_quality(x, NAMES, rules=QualityRules(actions={}))
    assert off.findings == () and off.kept.all()
    harder = check_quality(x, NAMES, rules=QualityRules(actions={"straight_lining": "leave_out"}))
    assert not harder.kept[3]
    with pytest.raises(MeasureError, match="no rules"):
        check_quality(x, NAMES, rules=QualityRules(actions={"guessing": "warn"}))


@pytest.mark.parametrize(("path", "n"), [(0.1, 616), (0.15, 274), (0.2, 154), (0.3, 69), (0.5, 25)])
def test_the_number_needed_follows_the_inverse_square_root_rule(path: float, n: int) -> None:
    assert answers_needed(path) == n
    assert answers_needed(-path) == n


def test_too_few_answers_are_refused_with_the_number_needed() -> None:
    with pytest.raises(MeasureError, match="154 are needed") as refusal:
        require_enough(100, 0.2)
    assert refusal.value.details["needed"] == 154
    assert pickle.loads(pickle.dumps(refusal.value)).details == refusal.value.details
    assert require_enough(154, 0.2) == 154


def test_too_few_usable_answers_are_refused_with_the_number_needed_and_the_rule_can_be_switched() -> None:
    x = good()
    x[0, :4] = np.nan  # left out, so eleven remain
    report = check_quality(x, NAMES, needed=answers_needed(0.5))
    assert report["too_few_answers"].as_dict()["values"] == {"n": 11, "needed": 25}
    with pytest.raises(MeasureError, match="25 are needed") as refusal:
        report.require()
    assert refusal.value.details["needed"] == 25 and "14 more" in refusal.value.remedy
    check_quality(x, NAMES, needed=25, rules=QualityRules(actions={"too_few_answers": "warn"})).require()
    check_quality(x, NAMES, needed=11).require()


@pytest.mark.parametrize("n", [0, 1])
def test_nobody_and_one_respondent_are_no_error(n: int) -> None:
    report = check_quality(good(n) if n else np.empty((0, 6)), NAMES, minimum=1, maximum=7, step=1)
    assert report.respondents == n and report.kept.all()


def test_a_threshold_that_is_not_one_is_refused() -> None:
    with pytest.raises(MeasureError, match="threshold"):
        QualityRules(same_share=95)
