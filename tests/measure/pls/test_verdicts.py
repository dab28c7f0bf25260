"""Verdicts at their thresholds, and on the ECSI model."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from frontstage.measure.moments import Moments
from frontstage.measure.pls import Construct, PathModel, estimate
from frontstage.measure.pls.assessment import Verdict, judge, predict, q_squared
from frontstage.measure.pls.assessment.thresholds import (
    fit_verdict,
    heterotrait_verdict,
    inflation_verdict,
    reliability_verdict,
)
from tests.measure.pls.ecsi import ecsi_like_rows, ecsi_model, ecsi_moments


def verdicts_of_ecsi(**more: object) -> tuple[Verdict, ...]:
    return judge(estimate(ecsi_model(), ecsi_moments()), **more)  # type: ignore[arg-type]


def find(verdicts: tuple[Verdict, ...], criterion: str, subject: str) -> Verdict:
    return next(v for v in verdicts if (v.criterion, v.subject) == (criterion, subject))


@pytest.mark.parametrize(
    ("value", "state", "code"),
    [
        (0.7, "good", "alpha_good"),
        (0.69, "caution", "alpha_low"),
        (0.59, "bad", "alpha_low"),
        (0.95, "good", "alpha_good"),
        (0.951, "caution", "alpha_redundant"),
    ],
)
def test_reliability_is_wanted_between_seven_tenths_and_redundancy(
    value: float, state: str, code: str
) -> None:
    found = reliability_verdict("alpha", "X", value, "source")
    assert (found.state, found.code) == (state, code)


@pytest.mark.parametrize(("value", "state"), [(0.849, "good"), (0.85, "caution"), (0.9, "bad")])
def test_two_constructs_differ_below_the_limits_of_htmt(value: float, state: str) -> None:
    assert heterotrait_verdict("X – Y", value).state == state


@pytest.mark.parametrize(
    ("value", "state"), [(3.29, "good"), (3.3, "caution"), (5.0, "bad"), (np.inf, "bad")]
)
def test_causes_can_be_separated_below_the_limits_of_inflation(value: float, state: str) -> None:
    assert inflation_verdict("vif_paths", "X → Y", value).state == state


def test_a_fit_of_eight_hundredths_is_good() -> None:
    states = [fit_verdict("estimated", value).state for value in (0.08, 0.081, 0.1, 0.101)]
    assert states == ["good", "caution", "caution", "bad"]


def test_the_weak_scale_of_the_ecsi_model_is_found() -> None:
    found = verdicts_of_ecsi()
    alpha = find(found, "alpha", "Expectation")
    assert (alpha.state, alpha.threshold, alpha.source) == ("bad", 0.7, "Nunnally & Bernstein 1994")
    assert alpha.value == pytest.approx(0.451903, abs=1e-6)
    assert find(found, "alpha", "Quality").state == "good"
    # CUSL2 loads .20 on Loyalty, IMAG2 .60 on Image.
    assert find(found, "loading", "CUSL2").code == "loading_low"
    assert find(found, "loading", "CUSL2").state == "bad"
    middling = find(found, "loading", "IMAG2")
    assert (middling.state, middling.threshold) == ("caution", 0.708)
    # An AVE below one half passes with caution where ρ_C is adequate.
    assert find(found, "ave", "Image").state == "caution"
    assert find(found, "htmt", "Quality – Satisfaction").state == "bad"
    assert find(found, "fornell_larcker", "Image").state == "bad"
    assert find(found, "f2", "Expectation → Value").code == "f2_negligible"
    assert find(found, "r2", "Satisfaction").code == "r2_moderate"
    assert find(found, "r2", "Expectation").code == "r2_weak"


def test_a_single_item_is_not_judged_on_reliability_or_loading() -> None:
    found = [v for v in verdicts_of_ecsi() if v.subject in ("Complaints", "CUSCO")]
    assert {v.criterion for v in found} == {"r2"}


def test_items_of_a_formed_construct_are_judged_on_inflation_alone() -> None:
    model = ecsi_model()
    formed = replace(model, constructs=(replace(model.constructs[0], mode="B"), *model.constructs[1:]))
    found = judge(estimate(formed, ecsi_moments()))
    assert {v.criterion for v in found if v.subject == "IMAG1"} == {"vif_items"}
    assert {v.criterion for v in found if v.subject == "Image"} == {"negative_weight"}


def test_answers_are_enough_for_the_smallest_path_for_a_notable_one_or_for_neither() -> None:
    # The smallest path is .049988: (2.48/.049988)² = 2461.2 answers.
    size = find(verdicts_of_ecsi(), "sample_size", "model")
    assert (size.value, size.threshold, size.state) == (250, 2462, "caution")
    assert size.code == "sample_size_smallest_path_unseen"
    few = find(verdicts_of_ecsi(n=100), "sample_size", "model")
    assert (few.threshold, few.state) == (154, "bad")
    assert find(verdicts_of_ecsi(n=3000.5), "sample_size", "model").state == "good"
    planned = find(verdicts_of_ecsi(smallest_path=0.2), "sample_size", "model")
    assert (planned.threshold, planned.state) == (154, "good")


def test_what_needs_rows_is_judged_when_it_is_given() -> None:
    rows, model = ecsi_like_rows(), ecsi_model()
    prediction = predict(model, rows)
    found = verdicts_of_ecsi(q2=q_squared(model, rows), prediction=prediction)
    assert find(found, "q2", "Satisfaction").state == "good"
    assert find(found, "predict", "model").value == prediction.verdict
    assert not [v for v in verdicts_of_ecsi() if v.criterion in ("q2", "predict")]


def test_an_interval_of_htmt_that_reaches_one_is_bad() -> None:
    high = np.full((7, 7), 0.99)
    high[0, 2] = high[2, 0] = 1.01
    found = verdicts_of_ecsi(htmt_high=high)
    assert find(found, "htmt_interval", "Image – Quality").state == "bad"
    assert find(found, "htmt_interval", "Image – Value").state == "good"


def test_an_item_coded_the_wrong_way_round_is_found() -> None:
    rows, model = ecsi_like_rows(), ecsi_model()
    rows[:, model.items.index("PERQ1")] *= -1
    found = judge(estimate(model, Moments.of(rows, model.items)))
    assert find(found, "negative_weight", "Quality").state == "bad"
    assert find(found, "negative_weight", "Image").state == "good"
    assert find(found, "loading", "PERQ1").state == "bad"


def test_a_second_order_construct_is_not_compared_with_its_parts() -> None:
    model = ecsi_model()
    whole = Construct("Whole", of=("Image", "Expectation"))
    second = PathModel(
        (*model.constructs, whole),
        (*model.paths, ("Image", "Whole"), ("Expectation", "Whole")),
        scales=model.scales,
    )
    found = judge(estimate(second, ecsi_moments()))
    pairs = {v.subject for v in found if v.criterion == "htmt"}
    assert "Image – Whole" not in pairs
    assert "Quality – Whole" in pairs


def test_every_verdict_says_its_state_code_and_source() -> None:
    for verdict in verdicts_of_ecsi():
        assert verdict.state in ("good", "caution", "bad")
        assert verdict.code.startswith(verdict.criterion)
        assert verdict.source
        assert set(verdict.as_dict()) == {
            "criterion", "subject", "value", "threshold", "state", "code", "source",
        }  # fmt: skip
        assert isinstance(verdict.value, float | int | str)
