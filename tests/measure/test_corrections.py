"""Corrections for many comparisons: a published example, statsmodels, and what must always hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontstage.measure.corrections import adjust_benjamini_hochberg, adjust_holm
from frontstage.measure.errors import MeasureError

# Benjamini & Hochberg (1995), section 4: fifteen p values of a trial of two drugs.
TRIAL = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240]
TRIAL += [0.4262, 0.5719, 0.6528, 0.7590, 1.0000]

shares = st.lists(st.floats(0, 1), min_size=1, max_size=20)


def test_the_published_trial_has_three_findings_by_holm_and_four_by_the_false_discovery_rate() -> None:
    assert (adjust_holm(TRIAL) <= 0.05).sum() == 3
    assert (adjust_benjamini_hochberg(TRIAL) <= 0.05).sum() == 4


@settings(max_examples=25, deadline=None)
@given(shares)
def test_both_agree_with_statsmodels(p: list[float]) -> None:
    multitest = pytest.importorskip("statsmodels.stats.multitest")
    assert adjust_holm(p) == pytest.approx(multitest.multipletests(p, method="holm")[1])
    assert adjust_benjamini_hochberg(p) == pytest.approx(multitest.multipletests(p, method="fdr_bh")[1])


@settings(deadline=None)
@given(shares)
def test_a_correction_never_lowers_a_p_value_and_keeps_to_its_place(p: list[float]) -> None:
    for rule in (adjust_holm, adjust_benjamini_hochberg):
        adjusted = rule(p)
        assert (adjusted >= np.array(p) - 1e-15).all() and (adjusted <= 1).all()
        assert rule(p[::-1])[::-1] == pytest.approx(adjusted)


@pytest.mark.parametrize("wrong", [[-0.1], [1.1], [[0.1]], ["a"]])
def test_what_is_no_p_value_is_refused(wrong: list[object]) -> None:
    with pytest.raises(MeasureError):
        adjust_holm(wrong)  # type: ignore[arg-type]
    assert adjust_holm([]).size == 0
