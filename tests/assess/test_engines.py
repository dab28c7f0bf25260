"""Every engine gives the same moments and the same counts, and names the same mistakes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from frontstage.assess.engines import Reading, read_moments, spark_engine
from frontstage.assess.reading import open_table
from frontstage.measure.errors import MeasureError
from frontstage.measure.moments import Moments

NAMES = ("a", "b", "c")
SCALES = dict.fromkeys(NAMES, (1.0, 10.0))
ENGINES = ["local", "duckdb"]


@pytest.fixture(scope="module")
def answers() -> np.ndarray:
    random = np.random.default_rng(3)
    values = random.integers(1, 11, (200_000, 3)).astype(float)
    values[random.random(values.shape) < 0.03] = -99
    values[17] = -99
    values[random.random(values.shape) < 0.001] = 77
    return np.column_stack([values, random.uniform(0.5, 2, len(values))])


@pytest.fixture(scope="module")
def folder(answers, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("data") / "survey"
    folder.mkdir()
    table = pa.table({name: answers[:, k] for k, name in enumerate([*NAMES, "w"])})
    parquet.write_table(table.slice(0, 70_001), folder / "p0.parquet", row_group_size=30_000)
    parquet.write_table(table.slice(70_001), folder / "p1.parquet", row_group_size=50_000)
    return folder


@pytest.fixture(scope="module")
def text_file(answers, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("data") / "survey.csv"
    np.savetxt(path, answers, fmt=["%g", "%g", "%g", "%.17g"], delimiter=";", header="a;b;c;w", comments="")
    return path


def same(got: Moments, expected: Moments) -> None:
    assert got.rows == expected.rows
    np.testing.assert_allclose(got.mean, expected.mean, rtol=1e-12)
    np.testing.assert_allclose(got.covariance("mean"), expected.covariance("mean"), rtol=1e-10)
    np.testing.assert_allclose(got.covariance("pairwise"), expected.covariance("pairwise"), rtol=1e-10)
    np.testing.assert_array_equal(got.minimum, expected.minimum)
    np.testing.assert_array_equal(got.maximum, expected.maximum)


def cleaned(answers: np.ndarray) -> np.ndarray:
    return np.where((answers == -99) | (answers == 77), np.nan, answers)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("kind", ["folder", "text_file"])
def test_each_engine_gives_the_moments_of_the_array(engine, kind, answers, request):
    source = str(request.getfixturevalue(kind))
    got = read_moments(
        source, NAMES, engine=engine, weights="w", missing_codes=[-99], scales=SCALES, off_scale="missing"
    )
    x = cleaned(answers)
    there = ~np.isnan(x[:, :3]).all(axis=1)
    same(got.moments, Moments.of(x[there, :3], NAMES, weights=x[there, 3]))
    assert (got.read, got.used, got.empty) == (200_000, there.sum(), (~there).sum())
    assert got.left_out == got.empty and got.off_scale == (answers[:, :3] == 77).sum()
    row, column = np.argwhere(answers[:, :3] == 77)[0]
    found = got.first_off_scale
    assert found.column == NAMES[column] and found.value == 77
    assert (found.file, found.row) == (
        ("p0.parquet", row + 1) if kind == "folder" else ("survey.csv", row + 2)
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_that_are_not_complete_are_left_out_and_counted(engine, answers, folder):
    got = read_moments(str(folder), NAMES, engine=engine, missing_codes=[-99, 77], treat="listwise")
    complete = ~np.isnan(cleaned(answers)[:, :3]).any(axis=1)
    same(got.moments, Moments.of(answers[complete, :3], NAMES))
    assert got.left_out == (~complete).sum() == got.empty + got.incomplete


@pytest.mark.parametrize("engine", ENGINES)
def test_products_with_means_for_missing_values_agree_with_the_moments_without(engine, folder):
    options = {"engine": engine, "missing_codes": [-99, 77], "scales": SCALES}
    plain = read_moments(str(folder), NAMES, **options)
    rich = read_moments(str(folder), NAMES, products=True, **options)
    assert rich.moments.spread is not None and rich.incomplete == plain.incomplete
    np.testing.assert_allclose(rich.moments.mean, plain.moments.mean, rtol=1e-12)
    np.testing.assert_allclose(rich.moments.covariance(), plain.moments.covariance(), rtol=1e-10)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_value_off_its_scale_is_refused_with_its_place(engine, answers, folder):
    with pytest.raises(MeasureError) as caught:
        read_moments(str(folder), NAMES, engine=engine, missing_codes=[-99], scales=SCALES)
    row, column = np.argwhere(answers[:, :3] == 77)[0]
    assert caught.value.code == "off_scale"
    assert caught.value.details["row"] == row + 1 and caught.value.details["column"] == NAMES[column]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_place_in_a_text_file_counts_blank_lines(engine, tmp_path):
    with pytest.raises(MeasureError) as caught:
        read_moments(write(tmp_path, "a,b\n1,2\n\n3,44\n"), ["a", "b"], engine=engine, scales={"b": (1, 10)})
    assert (caught.value.code, caught.value.details["row"]) == ("off_scale", 4)


def write(tmp_path: Path, text: str) -> str:
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    return str(tmp_path / "t.csv")


@pytest.mark.parametrize("engine", ENGINES)
def test_values_off_their_scale_may_be_kept(engine, tmp_path):
    got = read_moments(write(tmp_path, "a\n1\n12\n"), ["a"], engine=engine, scales=SCALES, off_scale="keep")
    assert got.moments.mean[0] == 6.5 and got.off_scale == 1 and got.first_off_scale.row == 3


@pytest.mark.parametrize("engine", ENGINES)
def test_reversed_items_are_turned_round_and_missing_ones_are_not(engine, tmp_path):
    path = write(tmp_path, "a,b\n1,2\n3,-99\n,9\n")
    got = read_moments(path, ["a", "b"], engine=engine, scales=SCALES, missing_codes=[-99], reverse=["a"])
    np.testing.assert_allclose(got.moments.mean, [9, 5.5])


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("weight", ["-1", ""])
def test_rows_of_weight_0_are_left_out_and_a_negative_or_missing_weight_is_refused(engine, weight, tmp_path):
    got = read_moments(write(tmp_path, "a,w\n1,1\n5,0\n9,1\n"), ["a"], engine=engine, weights="w")
    assert (got.used, got.unweighted, got.moments.mean[0]) == (2, 1, 5)
    with pytest.raises(MeasureError) as caught:
        read_moments(write(tmp_path, f"a,w\n1,1\n5,{weight}\n"), ["a"], engine=engine, weights="w")
    assert caught.value.code == "respondent_weights" and caught.value.details["row"] == 3


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("cell", ["x", "1_000", "inf", '"1,5"'])
def test_each_engine_refuses_the_same_cells_with_their_places(engine, cell, tmp_path):
    with pytest.raises(MeasureError) as caught:
        read_moments(write(tmp_path, f"a,b\n1,2\n3,4\n5,{cell}\n"), ["a", "b"], engine=engine)
    assert caught.value.details["row"] == 4 and caught.value.details["column"] == "b"


@pytest.mark.parametrize("engine", ENGINES)
def test_an_unknown_column_is_refused_before_anything_is_read(engine, folder):
    with pytest.raises(MeasureError) as caught:
        read_moments(str(folder), ["A"], engine=engine)
    assert caught.value.code == "unknown_column"


@pytest.mark.parametrize("engine", ENGINES)
def test_progress_tells_how_many_rows_are_read(engine, folder):
    told: list[int] = []
    read_moments(str(folder), ["a"], engine=engine, progress=told.append)
    assert told == sorted(told) and told[-1] == 200_000


def test_duckdb_gives_the_same_bits_each_time(folder):
    first, second = (read_moments(str(folder), NAMES, engine="duckdb").moments.to_bytes() for _ in range(2))
    assert first == second


def test_an_engine_that_is_not_there_is_refused(folder):
    with pytest.raises(MeasureError) as caught:
        read_moments(str(folder), NAMES, engine="hadoop")
    assert caught.value.code == "engine_unknown"


def test_a_kind_of_file_that_an_engine_does_not_read_is_refused(tmp_path, text_file):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["a"])
    book.active.append([1])
    book.save(tmp_path / "t.xlsx")
    for engine, path in (("duckdb", tmp_path / "t.xlsx"), ("spark", text_file)):
        with pytest.raises(MeasureError) as caught:
            read_moments(open_table(str(path)), ["a"], engine=engine)
        assert caught.value.code == "engine_format"


def test_spark_that_is_not_installed_is_refused_with_its_remedy(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(MeasureError) as caught:
        read_moments(str(folder), NAMES, engine="spark")
    assert caught.value.code == "engine_missing" and "frontstage[spark]" in caught.value.remedy


def test_a_reading_survives_its_journey_as_bytes(folder):
    reading = read_moments(
        str(folder), NAMES, missing_codes=[-99], scales=SCALES, off_scale="missing", treat="listwise"
    )
    back = Reading.from_bytes(reading.to_bytes())
    assert back.to_bytes() == reading.to_bytes() and back.first_off_scale == reading.first_off_scale


def spark_python() -> str | None:
    """A Python that has pyspark: this one, or the one that FRONTSTAGE_SPARK_PYTHON names."""
    named = os.environ.get("FRONTSTAGE_SPARK_PYTHON", sys.executable)
    found = subprocess.run([named, "-c", "import pyspark"], capture_output=True, check=False)
    return named if found.returncode == 0 else None


def test_spark_gives_the_moments_that_the_local_engine_gives(folder, tmp_path):
    """Runs where pyspark is installed; elsewhere the refusal above is the whole behaviour."""
    python = spark_python()
    if python is None:
        assert not spark_python()
        return
    program = """
import sys
from frontstage.assess.engines import read_moments
from frontstage.measure.errors import MeasureError
options = dict(engine="spark", weights="w", missing_codes=[-99], scales=dict.fromkeys("abc", (1.0, 10.0)))
reading = read_moments(sys.argv[1], tuple("abc"), off_scale="missing", products=True, **options)
open(sys.argv[2], "wb").write(reading.to_bytes())
try:
    read_moments(sys.argv[1], tuple("abc"), **options)
except MeasureError as error:
    print(error.code)
"""
    source = str(Path(spark_engine.__file__).parents[3])
    done = subprocess.run(
        [python, "-c", program, str(folder), str(tmp_path / "out")],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": source, "PYSPARK_PYTHON": python},
    )
    assert done.stdout.split() == ["off_scale"]
    spark = Reading.from_bytes((tmp_path / "out").read_bytes())
    local = read_moments(
        str(folder),
        NAMES,
        weights="w",
        missing_codes=[-99],
        scales=SCALES,
        off_scale="missing",
        products=True,
    )
    same(spark.moments, local.moments)
    np.testing.assert_allclose(spark.moments.spread, local.moments.spread, rtol=1e-9)
    assert (spark.read, spark.incomplete, spark.off_scale) == (local.read, local.incomplete, local.off_scale)
