"""Replicates: exact moments, streams of their own, one result for any number of threads, known intervals."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from frontstage.measure.errors import MeasureError
from frontstage.measure.moments import Moments
from frontstage.measure.pls import Construct, PathModel, estimate
from frontstage.measure.pls.inference import Bootstrap, Wanted, bootstrap, run
from frontstage.measure.pls.replicates import (
    CHUNK,
    DrawnMoments,
    Jackknife,
    Multiplicities,
    PairwiseRows,
    Rows,
    _multiplicities,
    stream,
)
from tests.measure.pls.ecsi import ecsi_like_rows, ecsi_model

MODEL = ecsi_model()
DATA = ecsi_like_rows()
FOUND = estimate(MODEL, Moments.of(DATA, MODEL.items))
EDGES = MODEL.matrix


def test_a_replicates_moments_are_those_of_the_rows_it_drew() -> None:
    rows = Rows(DATA)
    replicates = Multiplicities(rows, 3, seed=5)
    many = replicates.chunk(0)
    # The same draws, taken the slow way: row by row.
    shares = stream(5, 0).multinomial(250, [1.0], size=3)
    counts = _multiplicities(stream(5, 0, 1), shares[:, 0], 250)
    assert counts.sum(axis=1) == pytest.approx([250] * 3)
    for b in range(3):
        drawn = np.repeat(DATA, counts[b].astype(int), axis=0)
        assert many.mean[:, b] == pytest.approx(drawn.mean(axis=0))
        assert many.covariance[..., b] == pytest.approx(np.cov(drawn.T), abs=1e-10)


def test_rows_in_many_blocks_are_drawn_as_if_they_were_one() -> None:
    """Each row is drawn once on average, in every block, and each replicate draws n rows."""
    n = 10_000
    x = np.random.default_rng(1).normal(size=(n, 2))
    many = Multiplicities(Rows(x), 400, seed=2).chunk(0)
    error = x.std(axis=0) / np.sqrt(n)
    assert many.mean.std(axis=1) == pytest.approx(error, rel=0.12)
    assert many.mean.mean(axis=1) == pytest.approx(x.mean(axis=0), abs=4 * error.max() / np.sqrt(400))


@pytest.mark.parametrize("kind", ["multiplicities", "drawn", "jackknife"])
def test_the_number_of_threads_changes_no_digit(kind: str) -> None:
    count = CHUNK + 300
    make = {
        "multiplicities": lambda: Multiplicities(Rows(DATA), count, seed=3),
        "drawn": lambda: DrawnMoments(Moments.of(DATA, MODEL.items, products=True), count, seed=3),
        "jackknife": lambda: Jackknife(Rows(DATA)),
    }[kind]
    one, four = (run(MODEL, make(), Wanted("Satisfaction"), threads=threads) for threads in (1, 4))
    for name in one:
        assert np.array_equal(one[name], four[name], equal_nan=True), name


def test_every_replicate_is_a_stream_of_its_own() -> None:
    """Twice as many replicates are twice as many different ones (trap 6: peers repeat theirs)."""
    count = 2 * CHUNK + 10
    found = run(MODEL, Multiplicities(Rows(DATA), count, seed=1), Wanted(), threads=2)
    assert len(np.unique(found["paths"][0, 1])) == count


def test_another_seed_gives_other_replicates_and_the_same_seed_the_same() -> None:
    def first(seed: int) -> float:
        return float(run(MODEL, Multiplicities(Rows(DATA), 10, seed), Wanted())["paths"][0, 1, 0])

    assert first(1) == first(1)
    assert first(1) != first(2)


def test_drawn_moments_agree_with_drawn_rows_for_many_rows_and_not_for_few() -> None:
    """For 20,000 rows standard errors agree within Monte Carlo error; for 40 skew rows they do not."""
    model = PathModel((Construct("X", ("a", "b")), Construct("Y", ("c", "d"))), (("X", "Y"),))

    def errors(n: int) -> tuple[float, float]:
        random = np.random.default_rng(4)
        factor = random.exponential(size=(n, 1))
        x = np.hstack(
            [factor + random.exponential(size=(n, 2)), factor + 2 * random.exponential(size=(n, 2))]
        )
        moments = Moments.of(x, model.items, products=True)
        found = estimate(model, moments)
        pair = [
            bootstrap(found, kind).standard_error("paths")[0, 1]
            for kind in (Multiplicities(Rows(x), 1000, 1), DrawnMoments(moments, 1000, 1))
        ]
        return pair[0], pair[1]

    rows_many, drawn_many = errors(20_000)
    assert drawn_many == pytest.approx(rows_many, rel=0.08)
    rows_few, drawn_few = errors(40)
    assert abs(drawn_few / rows_few - 1) > 0.08


def test_the_bootstraps_error_of_a_correlation_is_the_known_one() -> None:
    """Two single items: the path is their correlation, with standard error (1 − r²)/√(n − 1) when normal."""
    x = np.random.default_rng(8).multivariate_normal([0, 0], [[1, 0.5], [0.5, 1]], size=2000)
    model = PathModel((Construct("X", ("a",)), Construct("Y", ("b",))), (("X", "Y"),))
    found = estimate(model, Moments.of(x, ("a", "b")))
    r = np.corrcoef(x.T)[0, 1]
    assert found.paths[0, 1] == pytest.approx(r)
    error = bootstrap(found, Multiplicities(Rows(x), 2000, 1)).standard_error("paths")[0, 1]
    assert error == pytest.approx((1 - r**2) / np.sqrt(1999), rel=0.06)


@pytest.mark.parametrize("method", ["percentile", "bias-corrected", "bca"])
def test_intervals_agree_with_scipys_bootstrap(method: str) -> None:
    """SciPy's bootstrap of the same correlation, an independent implementation, up to Monte Carlo error."""
    random = np.random.default_rng(8)
    x = random.multivariate_normal([0, 0], [[1, 0.6], [0.6, 1]], size=60)
    model = PathModel((Construct("X", ("a",)), Construct("Y", ("b",))), (("X", "Y"),))
    found = estimate(model, Moments.of(x, ("a", "b")))
    ours = bootstrap(found, Multiplicities(Rows(x), 20_000, 1), jackknife=Jackknife(Rows(x)))
    low, high = ours.interval("paths", method)  # type: ignore[arg-type]
    theirs = stats.bootstrap(
        (x[:, 0], x[:, 1]), lambda a, b: np.corrcoef(a, b)[0, 1], paired=True, vectorized=False,
        n_resamples=9999, method="percentile" if method != "bca" else "BCa", rng=np.random.default_rng(1),
    ).confidence_interval  # fmt: skip
    if method != "bias-corrected":  # SciPy has no interval that is bias-corrected alone
        assert (low[0, 1], high[0, 1]) == pytest.approx((theirs.low, theirs.high), abs=0.01)
    assert low[0, 1] < found.paths[0, 1] < high[0, 1]


def test_the_jackknife_is_every_row_left_out_once() -> None:
    left = run(MODEL, Jackknife(Rows(DATA)), Wanted())
    for row in (0, 123, 249):
        one = estimate(MODEL, Moments.of(np.delete(DATA, row, axis=0), MODEL.items))
        assert left["paths"][EDGES][:, row] == pytest.approx(one.paths[EDGES], abs=1e-6)


def test_a_jackknife_of_groups_has_the_same_acceleration() -> None:
    x = np.random.default_rng(1).exponential(size=(4000, 2)) @ np.array([[1, 0.5], [0, 1]])
    model = PathModel((Construct("X", ("a",)), Construct("Y", ("b",))), (("X", "Y"),))
    point = {"paths": estimate(model, Moments.of(x, ("a", "b"))).paths}
    acceleration = []
    for most in (4000, 500):
        left = run(model, Jackknife(Rows(x), most), Wanted())
        held = Bootstrap(point, {"paths": left["paths"]}, 1, 1, "", left)
        acceleration.append(held._acceleration("paths")[0, 1])
    assert acceleration[1] == pytest.approx(acceleration[0], abs=0.02)


def test_accelerated_intervals_without_rows_are_refused() -> None:
    found = bootstrap(FOUND, DrawnMoments(Moments.of(DATA, MODEL.items, products=True), 50, 1))
    with pytest.raises(MeasureError) as refusal:
        found.interval("paths", "bca")
    assert refusal.value.code == "bca_needs_rows"


def test_weights_of_two_are_the_same_as_rows_written_twice() -> None:
    weighted = Rows(DATA, np.where(np.arange(250) < 50, 2.0, 1.0))
    whole = weighted.products(slice(None)).sum(axis=0)
    twice = Rows(np.vstack([DATA, DATA[:50]]))
    assert weighted.moments(whole[:, None], 250).mean == pytest.approx(
        twice.moments(twice.products(slice(None)).sum(axis=0)[:, None], 300).mean
    )


def test_pairwise_rows_give_the_moments_of_pairs() -> None:
    x = DATA.copy()
    x[np.random.default_rng(1).random(x.shape) < 0.05] = np.nan
    rows = PairwiseRows(x)
    many = rows.moments(rows.products(slice(None)).sum(axis=0)[:, None], 250)
    moments = Moments.of(x, MODEL.items)
    assert many.covariance[..., 0] == pytest.approx(moments.covariance("pairwise"))
    assert many.mean[:, 0] == pytest.approx(moments.mean)


def test_replicates_without_a_solution_are_counted_and_too_many_are_refused() -> None:
    x = np.zeros((12, 2))
    x[0], x[1] = (1, 1), (0, 1)  # most draws miss one of the two rows that vary
    model = PathModel((Construct("X", ("a",)), Construct("Y", ("b",))), (("X", "Y"),))
    found = estimate(model, Moments.of(x, ("a", "b")))
    counted = bootstrap(found, Multiplicities(Rows(x), 500, 1))
    assert 250 <= counted.usable < 500
    assert np.isfinite(counted.standard_error("paths")).all()
    x[:, 0] = 0
    x[0] = (1, 1)
    x[1] = (0, 0)
    with pytest.raises(MeasureError) as refusal:
        bootstrap(found, Multiplicities(Rows(np.vstack([x[:1], np.zeros((1, 2))])), 500, 1))
    assert refusal.value.code == "replicates_fail"


def test_progress_is_told_up_to_the_end() -> None:
    heard: list[tuple[int, int]] = []
    bootstrap(
        FOUND,
        Multiplicities(Rows(DATA), CHUNK + 1, 1),
        report=lambda done, asked: heard.append((done, asked)),
    )
    assert heard == [(CHUNK, CHUNK + 1), (CHUNK + 1, CHUNK + 1)]


def test_a_figure_that_few_replicates_lack_is_judged_by_the_others_and_one_that_many_lack_not_at_all() -> (
    None
):
    values = np.arange(1000.0)
    few, many = values.copy(), values.copy()
    few[:50], many[:500] = np.nan, np.nan
    held = Bootstrap({"x": np.array([500.0, 500.0])}, {"x": np.stack([few, many])}, 1000, 1000, "")
    low, high = held.interval("x")
    assert (low[0], high[0]) == pytest.approx(tuple(np.quantile(few[50:], [0.025, 0.975])))
    assert held.standard_error("x")[0] == pytest.approx(few[50:].std(ddof=1))
    assert np.isnan([low[1], high[1]]).all()
