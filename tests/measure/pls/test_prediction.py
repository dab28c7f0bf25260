"""PLSpredict against seminr, leaving one row out; blindfolding against doing it row by row."""

from __future__ import annotations

import numpy as np
import pytest

from frontstage.measure.errors import MeasureError
from frontstage.measure.moments import Moments
from frontstage.measure.pls import Construct, PathModel, Stopping, estimate
from frontstage.measure.pls.assessment import ItemPrediction, predict, q_squared
from frontstage.measure.pls.assessment.prediction import power
from tests.measure.pls.ecsi import ecsi_like_rows, ecsi_model
from tests.measure.pls.peers import seminr_model

FORETOLD = ecsi_model().items[5:]


def test_leaving_one_row_out_seminr_foretells_the_same() -> None:
    seminr = pytest.importorskip("seminr")
    rows, model = ecsi_like_rows(120, seed=4)[:60], ecsi_model()
    found = predict(model, rows, folds=60)
    theirs = seminr.predict_pls(seminr_model(model, rows), technique=seminr.predict_EA).items
    for name, item in found.items.items():
        pls, linear = (
            residuals.values[:, residuals.cols.index(name)]
            for residuals in (theirs.pls_out_of_sample_residuals, theirs.lm_out_of_sample_residuals)
        )
        ours = (item.rmse, item.mae, item.rmse_linear, item.mae_linear)
        expected = [
            f(e) for e in (pls, linear) for f in (lambda e: np.sqrt((e**2).mean()), lambda e: abs(e).mean())
        ]
        assert ours == pytest.approx(expected, abs=1e-6), name


def test_a_fold_is_foretold_by_the_estimate_of_the_others() -> None:
    rows, model = ecsi_like_rows(90, seed=5)[:70], ecsi_model()
    found = predict(model, rows, folds=7, seed=3)
    errors, naive, lines = [], [], []
    for fold in np.array_split(np.random.default_rng([3, 0]).permutation(70), 7):
        train = np.delete(rows, fold, axis=0)
        base = estimate(model, Moments.of(train, model.items), stopping=Stopping(1e-10))
        z = (rows[fold] - base.mean) / base.sd
        image = z[:, :5] @ base.weights[:5]
        scores = image[:, None] * base.total[0][model.owners[5:]]
        errors.append(rows[fold][:, 5:] - base.mean[5:] - scores * base.loadings[5:] * base.sd[5:])
        naive.append(rows[fold][:, 5:] - base.mean[5:])
        design, test = (np.column_stack([np.ones(len(x)), x[:, :5]]) for x in (train, rows[fold]))
        lines.append(rows[fold][:, 5:] - test @ np.linalg.lstsq(design, train[:, 5:], rcond=None)[0])
    error, mean_error, line = (np.concatenate(part) for part in (errors, naive, lines))
    assert tuple(found.items) == FORETOLD
    for at, item in enumerate(found.items.values()):
        assert item.rmse == pytest.approx(np.sqrt((error[:, at] ** 2).mean()))
        assert item.mae == pytest.approx(np.abs(error[:, at]).mean())
        assert item.rmse_linear == pytest.approx(np.sqrt((line[:, at] ** 2).mean()))
        assert item.mae_linear == pytest.approx(np.abs(line[:, at]).mean())
        assert item.q2 == pytest.approx(1 - (error[:, at] ** 2).sum() / (mean_error[:, at] ** 2).sum())


def test_a_seed_deals_the_same_folds_again_and_repetitions_average() -> None:
    rows, model = ecsi_like_rows(80), ecsi_model()
    once = predict(model, rows, seed=1)
    assert predict(model, rows, seed=1) == once
    assert predict(model, rows, seed=2) != once
    twice = predict(model, rows, repetitions=2, seed=1)
    assert twice.items["CUSA1"].mae != once.items["CUSA1"].mae


def test_weights_of_two_count_a_row_twice_as_an_error() -> None:
    rows, model = ecsi_like_rows(60), ecsi_model()
    even = predict(model, rows, weights=np.full(60, 2.0))
    plain = predict(model, rows)
    assert even.items["CUSL1"].rmse == pytest.approx(plain.items["CUSL1"].rmse)


def test_a_missing_answer_is_no_error_where_it_would_be_foretold() -> None:
    rows, model = ecsi_like_rows(60), ecsi_model()
    rows[::6, 20] = np.nan
    found = predict(model, rows)
    assert all(np.isfinite([item.q2, item.rmse, item.mae]).all() for item in found.items.values())


def test_the_power_to_predict_is_how_many_items_are_foretold_better() -> None:
    better, worse = ItemPrediction(0.2, 1.0, 1.1, 1, 1), ItemPrediction(0.2, 1.2, 1.1, 1, 1)
    useless = ItemPrediction(-0.1, 1.0, 1.1, 1, 1)
    assert power({"a": better, "b": better}) == "high"
    assert power({"a": better, "b": worse}) == "medium"
    assert power({"a": better, "b": worse, "c": useless}) == "low"
    assert power({"a": worse, "b": useless}) == "none"


def test_too_many_folds_and_a_fold_without_an_estimate_are_refused() -> None:
    rows, model = ecsi_like_rows(60), ecsi_model()
    with pytest.raises(MeasureError) as refused:
        predict(model, rows, folds=61)
    assert refused.value.code == "folds"
    rows[:, 3] = 0.0
    rows[7, 3] = 1.0
    with pytest.raises(MeasureError) as refused:
        predict(model, rows)
    assert refused.value.code == "fold_without_estimate"


def blindfolded(model: PathModel, rows: np.ndarray, construct: str, omission: int) -> float:
    """Q² the long way: leave out, fill in, estimate and foretell, answer by answer."""
    z = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    j = model.names.index(construct)
    block = np.arange(len(model.items))[model.blocks[j]]
    off = foretold_off = 0.0
    for turn in range(omission):
        left_out = np.zeros(z.shape, bool)
        r, c = np.ogrid[: len(z), : len(block)]
        left_out[:, block] = (r + c) % omission == turn
        mean = np.nanmean(np.where(left_out, np.nan, z), axis=0)
        filled = np.where(left_out, mean, z)
        base = estimate(model, Moments.of(filled, model.items), stopping=Stopping(1e-10))
        standardised = (filled - base.mean) / base.sd
        scores = (
            np.column_stack([standardised[:, b] @ base.weights[b] for b in model.blocks]) @ base.paths[:, j]
        )
        foretold = base.mean + scores[:, None] * base.loadings * base.sd
        off += ((z - mean)[left_out] ** 2).sum()
        foretold_off += ((z - foretold)[left_out] ** 2).sum()
    return 1 - foretold_off / off


@pytest.mark.parametrize("omission", [5, 7])
def test_blindfolding_from_moments_is_blindfolding_row_by_row(omission: int) -> None:
    rows, model = ecsi_like_rows(90, seed=2)[:75], ecsi_model()
    found = q_squared(model, rows, omission=omission)
    assert set(found) == set(model.names) - {"Image"}
    for name, value in found.items():
        assert value == pytest.approx(blindfolded(model, rows, name, omission), abs=1e-7), name


def test_a_construct_that_nothing_causes_cannot_be_foretold() -> None:
    rows = np.random.default_rng(8).standard_normal((400, 4))
    rows[:, 1::2] += 3 * rows[:, ::2]
    model = PathModel((Construct("X", ("a", "b")), Construct("Y", ("c", "d"))), (("X", "Y"),))
    assert q_squared(model, rows)["Y"] < 0.02
    rows[:, 2:] += 5 * rows[:, :1]
    assert q_squared(model, rows)["Y"] > 0.3
