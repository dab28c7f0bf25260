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
    MeanRows,
    Multiplicities,
    PairwiseRows,
    Rows,
    _multiplicities,
    stream,
)
from tests.measure.pls.ecsi import ecsi_like_rows, ecsi_model
from tests.measure.pls.peers import seminr_model

MODEL = ecsi_model()
DATA = ecsi_like_rows()
FOUND = estimate(MODEL, Moments.of(DATA, MODEL.items))
EDGES = MODEL.matrix


def test_a_replicates_moments_are_those_of_the_rows_it_drew() -> None:
    rows = Rows(DATA)
    replicates = Multiplicities(rows, 3, seed=5)
    many = replicates.chunk(0)
    # The same draws, taken the slow way: row by row.
    shares = stream(5, 0, 0).multinomial(250, [1.0], size=3)
    counts = _multiplicities(stream(5, 0, 0, 1), shares[:, 0], 250)
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
    x[0], x[1] = (1, 0), (0, 1)  # both must be drawn: four in ten draws
    with pytest.raises(MeasureError) as refusal:
        bootstrap(found, Multiplicities(Rows(x), 500, 1))
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


def two_factors(n: int, seed: int) -> np.ndarray:
    """(n, 4) skew items of two related factors."""
    random = np.random.default_rng(seed)
    factor = random.exponential(size=(n, 1))
    return np.hstack([factor + random.exponential(size=(n, 2)), factor + 2 * random.exponential(size=(n, 2))])


TWO = PathModel((Construct("X", ("a", "b")), Construct("Y", ("c", "d"))), (("X", "Y"),))


def test_drawn_moments_of_an_item_in_thousands_leave_the_other_items_their_errors() -> None:
    x = two_factors(20_000, 4)
    errors = []
    for factors in ([1, 1, 1, 1], [1, 1, 1e6, 1]):
        moments = Moments.of(x * factors, TWO.items, products=True)
        drawn = DrawnMoments(moments, 1000, 1)
        errors.append(bootstrap(estimate(TWO, moments), drawn).standard_error("loadings"))
    assert errors[1] == pytest.approx(errors[0], rel=0.1)


def test_neither_the_order_of_rows_nor_the_origin_changes_a_drawn_replicate() -> None:
    """Every answer to four questions of yes or no equally often: many equal eigenvalues."""
    x = np.array(np.meshgrid(*[[0.1, 0.4]] * 4)).reshape(4, -1).T
    x = np.vstack([np.repeat(x, 100, axis=0), np.repeat(x[:, :1], 50, axis=0).repeat(4, axis=1)])
    found = []
    for rows in (x, np.random.default_rng(1).permutation(x)):
        moments = Moments.of(rows, TWO.items, products=True)
        found.append(run(TWO, DrawnMoments(moments, 100, 1), Wanted())["paths"])
    far = Moments.empty(TWO.items, 0.9, products=True).add(x)
    found.append(run(TWO, DrawnMoments(far, 100, 1), Wanted())["paths"])
    assert found[0][0, 1].std() > 0.005
    assert found[1] == pytest.approx(found[0], abs=1e-7)
    assert found[2] == pytest.approx(found[0], abs=1e-7)


def test_drawn_moments_of_weighted_rows_agree_with_drawn_rows() -> None:
    """Weights that go with the answers: the errors are those of Σw²."""
    x = two_factors(20_000, 4)
    w = np.random.default_rng(5).uniform(0.1, 5, len(x)) * (1 + x[:, 0])
    moments = Moments.of(x, TWO.items, weights=w, products=True)
    found = estimate(TWO, moments)
    rows, drawn = (
        bootstrap(found, kind)
        for kind in (Multiplicities(Rows(x, w), 2000, 1), DrawnMoments(moments, 2000, 7))
    )
    assert drawn.standard_error("paths")[0, 1] == pytest.approx(rows.standard_error("paths")[0, 1], rel=0.07)
    assert drawn.standard_error("loadings") == pytest.approx(rows.standard_error("loadings"), rel=0.07)
    unweighted = estimate(TWO, Moments.of(x, TWO.items, products=True))
    plain = bootstrap(unweighted, Multiplicities(Rows(x), 2000, 1))
    assert rows.standard_error("paths")[0, 1] > 1.1 * plain.standard_error("paths")[0, 1]


def test_replicates_of_items_in_another_order_are_refused() -> None:
    x = two_factors(100, 1)
    moments = Moments.of(x[:, [2, 0, 3, 1]], ("c", "a", "d", "b"), products=True)
    found = estimate(TWO, moments)
    for replicates, code in (
        (DrawnMoments(moments, 50, 1), "other_items"),
        (Multiplicities(Rows(np.hstack([x, x])), 50, 1), "shape"),
    ):
        with pytest.raises(MeasureError) as refusal:
            bootstrap(found, replicates)
        assert refusal.value.code == code


def test_replicates_fill_missing_answers_with_means_of_their_own() -> None:
    """Else the error of an item's mean would be that of n answers, not of those that were given."""
    x = np.random.default_rng(1).normal(5, 1, (400, 4)) + np.random.default_rng(2).normal(size=(400, 1))
    x[np.random.default_rng(3).random(x.shape) < 0.3] = np.nan
    rows = MeanRows(x)
    whole = rows.moments(rows.products(slice(None)).sum(axis=0)[:, None], 400)
    moments = Moments.of(x, TWO.items)
    assert whole.mean[:, 0] == pytest.approx(moments.mean)
    assert whole.covariance[..., 0] == pytest.approx(moments.covariance("mean"))
    error = Multiplicities(rows, 2000, 1).chunk(0).mean.std(axis=1)
    given = (~np.isnan(x)).sum(axis=0)
    assert error == pytest.approx(np.nanstd(x, axis=0) / np.sqrt(given), rel=0.08)


def test_a_row_whose_absence_leaves_no_figure_does_not_take_the_acceleration_away() -> None:
    left = np.random.default_rng(1).exponential(size=(1, 500))
    gap = left.copy()
    gap[0, 7] = np.nan
    point, replicates = {"x": np.ones(1)}, {"x": left}
    whole, holed = (
        Bootstrap(point, replicates, 500, 500, "", {"x": jackknife})._acceleration("x")[0]
        for jackknife in (left, gap)
    )
    assert whole != 0
    assert holed == pytest.approx(whole, rel=0.05)


def test_bias_corrected_intervals_are_the_quantiles_that_the_bias_names() -> None:
    """z₀ of a share of .4 below the estimate, put into Efron's formula by hand."""
    values = np.arange(10_001) / 10_000
    held = Bootstrap({"x": np.array([0.4])}, {"x": values[None]}, 10_001, 10_001, "")
    low, high = held.interval("x", "bias-corrected")
    expected = stats.norm.cdf(2 * stats.norm.ppf(0.4) + stats.norm.ppf([0.025, 0.975]))
    assert (low[0], high[0]) == pytest.approx(tuple(expected), abs=1e-3)


def test_p_is_that_of_the_normal_distribution() -> None:
    values = np.random.default_rng(1).normal(0.5, 0.25, (1, 4000))
    held = Bootstrap({"x": np.array([0.5])}, {"x": values}, 4000, 4000, "")
    expected = 2 * stats.norm.sf(0.5 / values.std(ddof=1))
    assert held.p("x")[0] == pytest.approx(expected)


def test_replicates_of_other_units_are_the_same_replicates() -> None:
    factors = np.linspace(0.2, 5, 24)
    before, after = (
        run(MODEL, Multiplicities(Rows(x), 50, 1), Wanted(heterotrait=True))
        for x in (DATA, DATA * factors + 3)
    )
    for name in before:
        assert after[name] == pytest.approx(before[name], abs=1e-6, nan_ok=True), name


def test_errors_of_replicates_are_those_of_seminrs_bootstrap() -> None:
    """Both are estimates from some hundreds of replicates, so they agree within Monte Carlo error (4 in 100)."""
    seminr = pytest.importorskip("seminr")
    theirs = seminr.summarize(
        seminr.bootstrap_model(seminr_model(MODEL, DATA), nboot=300, cores=1, seed=3)
    ).bootstrapped_paths
    ours = bootstrap(FOUND, Multiplicities(Rows(DATA), 4000, 1)).standard_error("paths")
    expected = np.zeros_like(ours)
    for row, values in zip(theirs.rows, theirs.values, strict=True):
        start, end = (MODEL.names.index(name.strip()) for name in row.split("->"))
        expected[start, end] = values[theirs.cols.index("Bootstrap SD")]
    ratio = ours[EDGES] / expected[EDGES]
    assert ratio.mean() == pytest.approx(1, abs=0.04)
    assert ratio == pytest.approx(1, abs=0.18)


def test_replicates_face_the_way_of_the_data_they_were_drawn_from() -> None:
    """Items that pull both ways have a sum of almost no correlation, whose sign would be the replicate's luck."""
    random = np.random.default_rng(0)
    x = random.normal(size=(400, 3))
    data = np.column_stack([x, x @ [0.5, -0.45, 0.1] + random.normal(size=400)])
    model = PathModel((Construct("X", ("a", "b", "c"), "B"), Construct("Y", ("y",))), (("X", "Y"),))
    found = estimate(model, Moments.of(data, model.items))
    drawn = bootstrap(found, Multiplicities(Rows(data), 1000, 1), jackknife=Jackknife(Rows(data)))
    # One construct of regression: the path is the multiple correlation R, with error about (1 - R²)/√n.
    known = (1 - found.r2[1]) / np.sqrt(400)
    assert drawn.standard_error("paths")[0, 1] == pytest.approx(known, rel=0.15)
    assert (drawn.replicates["paths"][0, 1] > 0).all()
