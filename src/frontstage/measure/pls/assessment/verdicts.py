"""Verdicts on an estimate: each figure against its published threshold.

A verdict says which threshold decided and where it is from; the words for a reader are written elsewhere.
Sources: each verdict's ``source``; in full in the documentation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from frontstage.measure.data_quality.enough import answers_needed
from frontstage.measure.pls.assessment.fit import Fit, srmr
from frontstage.measure.pls.assessment.prediction import Prediction
from frontstage.measure.pls.assessment.reliability import Reliability, is_judged, reliability
from frontstage.measure.pls.assessment.structural import f_squared, path_vifs
from frontstage.measure.pls.assessment.thresholds import (
    FORNELL,
    HAIR,
    HAIR_2011,
    HENSELER,
    KOCK,
    NUNNALLY,
    State,
    Verdict,
    fit_verdict,
    heterotrait_verdict,
    inflation_verdict,
    least,
    most,
    reliability_verdict,
)
from frontstage.measure.pls.assessment.validity import htmt, item_vifs, shares_items
from frontstage.measure.pls.estimation import Estimate
from frontstage.measure.pls.fixed_point import Stopping

Values = NDArray[np.float64]

# A path this large must be seen whatever the smallest one turns out to be.
NOTABLE_PATH = 0.2


def judge(
    estimate: Estimate,
    *,
    q2: Mapping[str, float] | None = None,
    prediction: Prediction | None = None,
    htmt_high: Values | None = None,
    n: float | None = None,
    smallest_path: float | None = None,
    stopping: Stopping | None = None,
) -> tuple[Verdict, ...]:
    """Every verdict that ``estimate`` allows; single items and formed constructs (mode B) are not judged on
    reliability, convergence of items or HTMT.

    ``q2`` and ``prediction`` need rows (``q_squared``, ``predict``); ``htmt_high`` (J, J): upper limits of the
    bootstrap intervals of HTMT; ``n``: the effective number of respondents where rows are weighted;
    ``smallest_path``: the smallest that must not be missed, else the smallest estimated one.
    """
    return (
        _convergence(estimate.rounds, stopping or Stopping()),
        _sample_size(estimate, estimate.n if n is None else n, smallest_path),
        *_signs(estimate),
        *_of_reliability(reliability(estimate)),
        *_of_items(estimate),
        *_of_distinctness(estimate, htmt_high),
        *_of_paths(estimate),
        *_of_foretelling(q2 or {}, prediction),
        *_of_fit(srmr(estimate)),
    )


def _convergence(rounds: int, stopping: Stopping) -> Verdict:
    late = rounds > stopping.rounds / 2
    return Verdict(
        "convergence", "model", rounds, stopping.rounds, "caution" if late else "good",
        "convergence_late" if late else "convergence_good", "Wold 1982",
    )  # fmt: skip


def _sample_size(estimate: Estimate, n: float, smallest_path: float | None) -> Verdict:
    """Enough for the smallest path: good; for a notable one only: caution; for neither: bad."""
    found = smallest_path or float(abs(estimate.paths[estimate.model.matrix]).min())
    # No number of answers shows a path of nothing; the rule ends at a thousandth (six million answers).
    needed = answers_needed(min(max(abs(found), 1e-3), 1.0))
    notable = min(answers_needed(NOTABLE_PATH), needed)
    value = int(n) if n == int(n) else float(n)
    if n >= needed:
        return Verdict("sample_size", "model", value, needed, "good", "sample_size_good", KOCK)
    if n >= notable:
        code = "sample_size_smallest_path_unseen"
        return Verdict("sample_size", "model", value, needed, "caution", code, KOCK)
    return Verdict("sample_size", "model", value, notable, "bad", "sample_size_low", KOCK)


def _signs(estimate: Estimate) -> Iterator[Verdict]:
    for name, block in zip(estimate.model.names, estimate.model.blocks, strict=True):
        weights = estimate.weights[block]
        lowest, negative = float(weights.min()), weights.min() < -1e-9 * abs(weights).max()
        if len(weights) > 1:
            state: State = "bad" if negative else "good"
            code = "negative_weight" if negative else "negative_weight_none"
            yield Verdict("negative_weight", name, lowest, 0.0, state, code, "Fornell et al. 1996")


def _of_reliability(found: Mapping[str, Reliability]) -> Iterator[Verdict]:
    for name, one in found.items():
        for criterion, value, source in (
            ("alpha", one.alpha, NUNNALLY),
            ("rho_a", one.rho_a, NUNNALLY),
            ("rho_c", one.rho_c, NUNNALLY),
        ):
            if value is not None:
                yield reliability_verdict(criterion, name, value, source)
        if one.ave is not None:
            # Fornell and Larcker let a smaller AVE pass where ρ_C alone is adequate.
            state: State = "caution" if one.rho_c is not None and one.rho_c >= 0.6 else "bad"
            yield least("ave", name, one.ave, (0.5,), ("good",), state, FORNELL)


def _of_items(estimate: Estimate) -> Iterator[Verdict]:
    model, vifs = estimate.model, item_vifs(estimate)
    for slot, owner in enumerate(model.owners):
        item, block = model.items[model.slots[slot]], model.blocks[owner]
        if model.constructs[owner].of or block.stop - block.start == 1:
            continue
        if is_judged(model, owner):
            value = float(estimate.loadings[slot])
            yield least("loading", item, value, (0.708, 0.4), ("good", "caution"), "bad", HAIR)
        else:
            yield inflation_verdict("vif_items", item, float(vifs[slot]))


def _of_distinctness(estimate: Estimate, htmt_high: Values | None) -> Iterator[Verdict]:
    model, ratios = estimate.model, htmt(estimate)
    for j, name in enumerate(model.names):
        others = [k for k in range(len(model.names)) if k != j and not shares_items(model, j, k)]
        if is_judged(model, j) and others:
            root = float(np.sqrt((estimate.loadings[model.blocks[j]] ** 2).mean()))
            nearest = float(abs(estimate.correlations[j, others]).max())
            state: State = "good" if root > nearest else "bad"
            code = "fornell_larcker_good" if root > nearest else "fornell_larcker_overlap"
            yield Verdict("fornell_larcker", name, root, nearest, state, code, FORNELL)
    for j, k in combinations(range(len(model.names)), 2):
        pair = f"{model.names[j]} – {model.names[k]}"
        # Two single items have one correlation and nothing to compare it with.
        if np.isfinite(ratios[j, k]) and (is_judged(model, j) or is_judged(model, k)):
            yield heterotrait_verdict(pair, float(ratios[j, k]))
            if htmt_high is not None and np.isfinite(htmt_high[j, k]):
                yield most("htmt_interval", pair, float(htmt_high[j, k]), ((1.0, "good"),), HENSELER)


def _of_paths(estimate: Estimate) -> Iterator[Verdict]:
    model, vifs, added = estimate.model, path_vifs(estimate), f_squared(estimate)
    for name, value in zip(model.names, estimate.r2, strict=True):
        if np.isfinite(value):
            states: tuple[State, ...] = ("good", "good", "caution")
            words = ("substantial", "moderate", "weak", "very_weak")
            yield least("r2", name, float(value), (0.75, 0.5, 0.25), states, "bad", HAIR_2011, words)
    for start, end in model.paths:
        at = model.names.index(start), model.names.index(end)
        yield inflation_verdict("vif_paths", f"{start} → {end}", float(vifs[at]))
    for start, end in model.paths:
        at = model.names.index(start), model.names.index(end)
        yield least(
            "f2", f"{start} → {end}", float(added[at]), (0.35, 0.15, 0.02), ("good",) * 3, "caution",
            "Cohen 1988", ("large", "medium", "small", "negligible"),
        )  # fmt: skip


def _of_foretelling(q2: Mapping[str, float], prediction: Prediction | None) -> Iterator[Verdict]:
    for name, value in q2.items():
        if np.isfinite(value):
            state: State = "good" if value > 0 else "bad"
            code = "q2_good" if value > 0 else "q2_none"
            yield Verdict("q2", name, value, 0.0, state, code, "Stone 1974; Geisser 1974")
    if prediction is not None:
        power = prediction.verdict
        states: dict[str, State] = {"high": "good", "medium": "caution", "low": "caution", "none": "bad"}
        source = "Shmueli et al. 2019"
        yield Verdict("predict", "model", power, None, states[power], f"predict_{power}", source)


def _of_fit(fit: Fit) -> Iterator[Verdict]:
    for subject, value in (("saturated", fit.saturated), ("estimated", fit.estimated)):
        yield fit_verdict(subject, value)
