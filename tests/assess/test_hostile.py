"""Files that mean harm, or were made in a hurry: one sentence, no traceback, and never for long."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from frontstage.assess.engines import read_moments
from frontstage.assess.gathering import check_weights
from frontstage.assess.model_file import load_model, parse_model
from frontstage.assess.reading import open_table
from frontstage.measure.errors import MeasureError

MODEL = """constructs:
  A: {items: [a1, a2]}
  B: {items: [b1]}
paths:
  - {from: A, to: [B]}
scale: {min: 1, max: 10}
"""
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def refused(path: object, **options: str) -> MeasureError:
    with pytest.raises(MeasureError) as caught:
        table = open_table(str(path), **options)
        for _ in table.batches(table.columns):
            pass
    return caught.value


def model_refused(text: str) -> list[str]:
    with pytest.raises(MeasureError) as caught:
        parse_model(text)
    return [problem["code"] for problem in caught.value.details["problems"]]


def workbook(path: Path, *rows: list[object]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return book


def with_sheet(path: Path, sheet: bytes) -> Path:
    """The workbook with another first sheet, written by no program that means well."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else content)
    return path


@pytest.mark.parametrize("name", ["base64", "rot13", "hex", "a\x00b", "nope"])
def test_codecs_that_make_no_text_are_no_encodings(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    assert refused(tmp_path / "a.csv", encoding=name).code == "unknown_encoding"


def test_a_pipe_is_refused_at_once_because_it_can_be_read_only_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert refused(tmp_path / "pipe.csv").code == "not_a_file"
    assert refused("/dev/zero").code == "not_a_file"


def test_names_that_no_file_can_have_are_refused(tmp_path: Path) -> None:
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    assert refused(tmp_path / "loop.csv").code == "unreadable_file"
    assert refused("x" * 5000).code == "unreadable_file"
    assert refused("").code == "unreadable_file"
    assert refused("a\x00b").code == "file_missing"
    with pytest.raises(MeasureError) as caught:
        load_model("x" * 5000)
    assert caught.value.code == "model_missing"
    assert len(caught.value.message) < 300


@pytest.mark.parametrize("text", ["NA", "na", "n/a", "<NA>", "#NULL!", "None", "NULL", "."])
def test_every_usual_mark_of_no_answer_is_one(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.csv").write_text(f"a,b\n{text},2\n3,4\n")
    (batch,) = open_table(str(tmp_path / "a.csv")).batches(["a"])
    assert np.isnan(batch.values[0, 0])


@pytest.mark.parametrize("engine", ["local", "duckdb"])
def test_a_name_of_two_lines_costs_no_rows(tmp_path: Path, engine: str) -> None:
    (tmp_path / "a.csv").write_text('"a\n1",b\n' + "1,2\n3,5\n" * 3)
    reading = read_moments(str(tmp_path / "a.csv"), ["a\n1", "b"], engine=engine)  # type: ignore[arg-type]
    assert reading.read == 6


def test_a_formula_without_its_result_is_found_in_any_row(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", ["a", "b"], [1, 2], [3, 4], ["=1+1", 6])
    error = refused(tmp_path / "a.xlsx")
    assert (error.code, error.details["row"], error.details["column"]) == ("formula_without_value", 4, "a")


def test_a_hidden_sheet_is_not_the_first(tmp_path: Path) -> None:
    book = workbook(tmp_path / "a.xlsx", ["a"], [7])
    book.create_sheet("codes", 0).sheet_state = "hidden"
    book.active = 1
    book.save(tmp_path / "a.xlsx")
    assert open_table(str(tmp_path / "a.xlsx")).columns == ("a",)


def test_a_small_workbook_that_unfolds_without_end_is_refused(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", ["a"], [7])
    bomb = with_sheet(
        tmp_path / "a.xlsx", SHEET + b"<row><c/></row>" * 2_000_000 + b"</sheetData></worksheet>"
    )
    assert bomb.stat().st_size < 200_000
    assert refused(bomb).code == "workbook_too_large"


@pytest.mark.parametrize(
    "row", [b'<row r="2000000000"><c><v>1</v></c></row>', b'<row r="2"><c r="ZZZZZZ2"><v>1</v></c></row>']
)
def test_places_that_no_sheet_has_are_refused(tmp_path: Path, row: bytes) -> None:
    workbook(tmp_path / "a.xlsx", ["a"], [7])
    head = b'<row r="1"><c t="inlineStr"><is><t>a</t></is></c></row>'
    sheet = with_sheet(tmp_path / "a.xlsx", SHEET + head + row + b"</sheetData></worksheet>")
    assert refused(sheet).code in ("no_rows", "unreadable_file")


def test_aliases_of_aliases_are_refused_before_they_unfold() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    ]
    assert model_refused("\n".join(lines)) == ["aliases"]
    merged = ["a: &a {x: 1}"]
    merged += [
        f"{b}: &{b} {{<<: [{', '.join([f'*{a}'] * 9)}]}}"
        for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    ]
    assert model_refused("\n".join(merged)) == ["aliases"]


def test_an_anchor_that_holds_itself_is_refused() -> None:
    assert model_refused("constructs: &c\n  A: *c\npaths: []\n") == ["nesting"]
    assert model_refused("[" * 5000) == ["nesting"] or model_refused("[" * 5000) == ["not_yaml"]


def test_texts_that_no_page_can_show_are_refused() -> None:
    assert model_refused(MODEL + 'label: {en: "\\ud800"}\n') == ["unshowable"]
    assert model_refused(MODEL.replace("A", '"\\0"')) == ["unshowable", "unshowable"]
    assert model_refused(MODEL + f"label: {{en: {'x' * 600}}}\n") == ["text_too_long"]


def test_a_file_far_too_large_for_a_model_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(MODEL + "#" * 1_000_000)
    with pytest.raises(MeasureError) as caught:
        load_model(str(tmp_path / "m.yaml"))
    assert caught.value.code == "model_too_large"


def test_of_many_mistakes_the_first_thirty_are_told() -> None:
    with pytest.raises(MeasureError) as caught:
        parse_model(MODEL.replace("scale", "  - {from: A, to: [X]}\n" * 100 + "scale"))
    assert caught.value.message.count("\n") == 30
    assert "more." in caught.value.message
    assert caught.value.details["count"] >= 100


@pytest.mark.parametrize("weight", [1e300, 1e-300, -1.0])
def test_weights_of_no_reasonable_size_are_refused(tmp_path: Path, weight: float) -> None:
    with pytest.raises(MeasureError) as caught:
        check_weights(np.array([1.0, weight]), "w")
    assert caught.value.code == "weight_value"
    (tmp_path / "a.csv").write_text(f"a,w\n1,1\n2,{weight}\n")
    with pytest.raises(MeasureError) as caught:
        read_moments(str(tmp_path / "a.csv"), ["a"], engine="duckdb", weights="w")
    assert (caught.value.code, caught.value.details["row"]) == ("respondent_weights", 3)
