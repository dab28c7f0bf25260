"""Tables are read alike from every format, and each mistake is refused with its place and its remedy."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow as pa
import pyreadstat
import pytest
from pyarrow import parquet

from frontstage.assess.reading import Table, open_table
from frontstage.measure.errors import MeasureError

NAMES = ["qual_1", "qual_2", "cusa"]
ROWS = [[7.0, None, 6.0], [5.0, 4.5, 3.0], [-99.0, 2.0, 1.0], [1.0, 7.0, 7.0]]
REGION = ["north", "南方", "north", None]


def write(tmp_path: Path, text: str | bytes, name: str = "survey.csv") -> str:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(path)


def as_text(delimiter: str) -> str:
    lines = [delimiter.join([*NAMES, "region"])]
    for row, region in zip(ROWS, REGION, strict=True):
        lines.append(delimiter.join(["" if v is None else f"{v:g}" for v in row] + [region or ""]))
    return "\n".join(lines) + "\n"


def arrow() -> pa.Table:
    columns = {name: [row[k] for row in ROWS] for k, name in enumerate(NAMES)}
    return pa.table(columns | {"region": REGION})


def make_csv(tmp_path: Path) -> str:
    return write(tmp_path, as_text(","))


def make_semicolons(tmp_path: Path) -> str:
    return write(tmp_path, as_text(";"))


def make_byte_order_mark(tmp_path: Path) -> str:
    return write(tmp_path, b"\xef\xbb\xbf" + as_text(",").replace("\n", "\r\n").encode())


def make_utf16(tmp_path: Path) -> str:
    return write(tmp_path, as_text("\t").encode("utf-16"), "survey.txt")


def make_tsv(tmp_path: Path) -> str:
    return write(tmp_path, as_text("\t"), "survey.tsv")


def make_xlsx(tmp_path: Path) -> str:
    book = openpyxl.Workbook()
    for row in [[*NAMES, "region"], *[[*row, region] for row, region in zip(ROWS, REGION, strict=True)]]:
        book.active.append(row)
    book.save(tmp_path / "survey.xlsx")
    return str(tmp_path / "survey.xlsx")


def make_sav(tmp_path: Path) -> str:
    import pandas

    frame = pandas.DataFrame(ROWS, columns=NAMES, dtype=float)
    frame["region"] = [region or "" for region in REGION]
    pyreadstat.write_sav(frame, str(tmp_path / "survey.sav"), column_labels={"cusa": "总体满意"})
    return str(tmp_path / "survey.sav")


def make_parquet(tmp_path: Path) -> str:
    parquet.write_table(arrow(), tmp_path / "survey.parquet")
    return str(tmp_path / "survey.parquet")


def make_folder(tmp_path: Path) -> str:
    folder = tmp_path / "survey"
    folder.mkdir()
    parquet.write_table(arrow().slice(0, 1), folder / "part-0.parquet")
    parquet.write_table(arrow().slice(1), folder / "part-1.parquet")
    (folder / "_SUCCESS").touch()
    return str(folder)


def make_glob(tmp_path: Path) -> str:
    return make_folder(tmp_path) + "/part-*.parquet"


MAKERS = [
    make_csv,
    make_semicolons,
    make_byte_order_mark,
    make_utf16,
    make_tsv,
    make_xlsx,
    make_sav,
    make_parquet,
    make_folder,
    make_glob,
]


def everything(table: Table, columns: list[str], text: list[str], size: int = 3) -> tuple[np.ndarray, list]:
    batches = list(table.batches(columns, text=text, size=size))
    assert all(len(batch.values) <= size for batch in batches)
    texts = [value for batch in batches for value in batch.text.get("region", [])]
    return np.vstack([batch.values for batch in batches]), texts


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__[5:])
def test_a_table_gives_the_same_numbers_in_each_format(make, tmp_path):
    values, regions = everything(open_table(make(tmp_path)), ["cusa", "qual_2"], ["region"])
    np.testing.assert_array_equal(values, [[6, np.nan], [3, 4.5], [1, 2], [7, 7]])
    assert regions == REGION


def refused(path: str, columns: list[str] = NAMES, **options) -> MeasureError:
    with pytest.raises(MeasureError) as caught:
        for _ in open_table(path, **options).batches(columns, text=["region"] if options.get("text") else []):
            pass
    assert caught.value.message and caught.value.remedy
    return caught.value


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("seven", "not_a_number"),
        ("1,234", "thousands_separator"),
        ("1,234.5", "thousands_separator"),
        ("3,5", "decimal_comma"),
        ("1_000", "not_a_number"),
        ("inf", "not_a_number"),
        ("TRUE", "not_a_number"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_cell_that_is_no_number_is_named_by_row_and_column(cell, code, delimiter, tmp_path):
    text = as_text(delimiter) + delimiter.join(["1", f'"{cell}"', "3", "north"]) + "\n"
    error = refused(write(tmp_path, text))
    assert error.code == code
    assert error.details["row"] == 6 and error.details["column"] == "qual_2"
    assert "survey.csv, row 6, column “qual_2”" in error.message


def test_text_in_a_column_that_is_not_asked_for_is_no_mistake(tmp_path):
    values, _ = everything(open_table(make_csv(tmp_path)), ["cusa"], [])
    assert values[:, 0].tolist() == [6, 3, 1, 7]


def test_a_mistake_far_down_a_long_file_is_named_by_its_row(tmp_path):
    lines = ["a,b"] + ["1,2"] * 600_000 + ["1,x"] + ["1,2"] * 10
    error = refused(write(tmp_path, "\n".join(lines)), ["a", "b"])
    assert (error.code, error.details["row"], error.details["column"]) == ("not_a_number", 600_002, "b")


def test_rows_after_a_blank_line_keep_their_numbers(tmp_path):
    batches = list(open_table(write(tmp_path, "a,b\n1,2\n\n3,4\n\n")).batches(["a", "b"]))
    assert [(batch.first_row, batch.values.tolist()) for batch in batches] == [
        (2, [[1, 2]]),
        (4, [[3, 4]]),
    ]


def test_words_for_no_answer_and_spaces_round_a_number_are_understood(tmp_path):
    values, _ = everything(open_table(write(tmp_path, "a,b\n 1 ,NA\nnan, \n７,2\n")), ["a", "b"], [])
    np.testing.assert_array_equal(values, [[1, np.nan], [np.nan, np.nan], [7, 2]])


def test_a_quoted_cell_may_hold_the_separator_and_a_line_end(tmp_path):
    table = open_table(write(tmp_path, '"note, long",a\n"x\ny",1\n"z",2\n'))
    assert table.columns == ("note, long", "a")
    assert everything(table, ["a"], [])[0].tolist() == [[1], [2]]


def test_an_unknown_column_is_answered_with_the_nearest_name(tmp_path):
    error = refused(make_csv(tmp_path), ["QUAL_1", "cuso", "xyz"])
    assert error.code == "unknown_column"
    assert error.details["columns"] == ["QUAL_1", "cuso", "xyz"]
    assert error.details["suggestions"] == {"QUAL_1": "qual_1", "cuso": "cusa"}


def test_a_header_of_numbers_is_explained(tmp_path):
    assert "first row holds numbers" in refused(write(tmp_path, "1,2\n3,4\n"), ["a"]).remedy


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("", "empty_file", None),
        ("\n\n", "empty_file", None),
        ("a,b\n", "no_rows", None),
        ("a,b\n\n\n", "no_rows", None),
        ("a,b,a\n1,2,3\n", "duplicate_column", None),
        ("a,b\n1,2\n1,2,3\n", "ragged_row", 3),
        ("a,b\n1,2\n1\n", "ragged_row", 3),
        ('a,b\n1,2\n"1,2\n', "broken_quotes", None),
        ('a,b\n1,2\n"1"x,2\n', "broken_quotes", 3),
        ("a,b\n1,\x002\n", "not_text", None),
    ],
)
def test_a_file_with_the_wrong_shape_is_refused(text, code, row, tmp_path):
    error = refused(write(tmp_path, text), ["a"])
    assert error.code == code and error.details["file"] == "survey.csv"
    assert row is None or error.details["row"] == row


def test_empty_cells_past_the_last_column_are_no_mistake(tmp_path):
    assert everything(open_table(write(tmp_path, "a,b\n1,2,,\n3,4\n")), ["a"], [])[0].tolist() == [[1], [3]]


def test_a_file_in_gb18030_is_refused_with_its_option_and_read_with_it(tmp_path):
    path = write(tmp_path, as_text(",").encode("gb18030"))
    error = refused(path)
    assert error.code == "wrong_encoding" and "--encoding gb18030" in error.remedy
    assert everything(open_table(path, encoding="gb18030"), ["cusa"], ["region"])[1] == REGION


def test_wrong_bytes_far_down_in_a_group_column_are_found(tmp_path):
    text = "a,region\n" + "1,north\n" * 200_000
    path = write(tmp_path, text.encode() + "1,南方客户\n".encode("gb18030"))
    with pytest.raises(MeasureError) as caught:
        list(open_table(path).batches(["a"], text=["region"]))
    assert caught.value.code == "wrong_encoding" and "gb18030" in caught.value.remedy


def test_an_encoding_that_does_not_exist_is_refused(tmp_path):
    assert refused(make_csv(tmp_path), encoding="klingon").code == "unknown_encoding"


@pytest.mark.parametrize("start", [b"", b"a,b\n1,2\n"], ids=["alone", "after rows"])
def test_an_endless_line_is_refused_without_reading_all_of_it(start, tmp_path):
    path = tmp_path / "survey.csv"
    with path.open("wb") as file:
        file.write(start)
        for _ in range(200):
            file.write(b"1," * (1 << 19))
    begin = time.perf_counter()
    error = refused(str(path), ["a"])
    assert error.code == "line_too_long" and time.perf_counter() - begin < 3


def test_a_missing_file_is_answered_with_the_nearest_name(tmp_path):
    make_csv(tmp_path)
    error = refused(str(tmp_path / "survy.csv"))
    assert error.code == "file_missing" and "survey.csv" in error.remedy


@pytest.mark.parametrize("name", ["survey.xlsx", "survey.sav", "survey.parquet"])
def test_a_damaged_file_is_refused(name, tmp_path):
    sign = {"survey.xlsx": b"PK\x03\x04", "survey.sav": b"$FL2", "survey.parquet": b"PAR1"}[name]
    assert refused(write(tmp_path, sign + bytes(range(256)) * 9, name)).code == "unreadable_file"
    assert refused(write(tmp_path, b"\x00\x01" * 99, name)).code == "unreadable_file"


@pytest.mark.parametrize("make", [make_xlsx, make_sav, make_parquet], ids=lambda make: make.__name__[5:])
def test_a_file_cut_short_is_refused(make, tmp_path):
    path = Path(make(tmp_path))
    path.write_bytes(path.read_bytes()[:-200])
    assert refused(str(path)).code in ("unreadable_file", "no_rows")


@pytest.mark.parametrize("make", [make_xlsx, make_sav, make_parquet], ids=lambda make: make.__name__[5:])
def test_a_file_with_a_wrong_ending_is_refused_with_the_right_one(make, tmp_path):
    path = Path(make(tmp_path))
    error = refused(str(path.rename(tmp_path / "survey.csv")))
    assert error.code == "wrong_extension" and path.name in error.remedy


def test_text_named_as_a_workbook_is_told_to_be_csv(tmp_path):
    error = refused(write(tmp_path, as_text(","), "survey.xlsx"), NAMES)
    assert error.code in ("wrong_extension", "unreadable_file")


def test_a_kind_of_file_that_is_not_read_is_refused(tmp_path):
    assert refused(write(tmp_path, "{}", "survey.json")).code == "unknown_format"
    assert refused(write(tmp_path, b"\xd0\xcf\x11\xe0....", "survey.xls")).code == "unknown_format"


def test_a_folder_without_parquet_is_refused(tmp_path):
    assert refused(str(tmp_path)).code == "no_parquet"


def test_files_of_a_folder_that_differ_in_columns_are_refused(tmp_path):
    folder = Path(make_folder(tmp_path))
    parquet.write_table(arrow().drop_columns(["cusa"]), folder / "part-2.parquet")
    error = refused(str(folder))
    assert error.code == "columns_differ" and error.details["file"] == "part-2.parquet"


def test_a_glob_of_several_text_files_is_refused(tmp_path):
    write(tmp_path, as_text(","), "a.csv")
    write(tmp_path, as_text(","), "b.csv")
    assert refused(str(tmp_path / "*.csv")).code == "glob_not_parquet"
    assert refused(str(tmp_path / "*.parquet")).code == "file_missing"


def test_folders_that_spark_names_give_a_column(tmp_path):
    for region in ("north", "south"):
        (tmp_path / "survey" / f"region={region}").mkdir(parents=True)
        parquet.write_table(
            arrow().drop_columns(["region"]), tmp_path / "survey" / f"region={region}" / "p.parquet"
        )
    _, regions = everything(open_table(str(tmp_path / "survey")), ["cusa"], ["region"], size=9)
    assert regions == ["north"] * 4 + ["south"] * 4


def test_parquet_of_whole_numbers_and_categories_is_read_and_of_truth_values_refused(tmp_path):
    table = pa.table(
        {
            "a": pa.array([1, None], pa.int8()),
            "region": pa.array(["n", "s"]).dictionary_encode(),
            "code": pa.array([1.0, 2.0]),
            "yes": [True, False],
        }
    )
    parquet.write_table(table, tmp_path / "t.parquet")
    (batch,) = open_table(str(tmp_path / "t.parquet")).batches(["a"], text=["region", "code"])
    np.testing.assert_array_equal(batch.values, [[1], [np.nan]])
    assert batch.text == {"region": ["n", "s"], "code": ["1", "2"]}
    assert refused(str(tmp_path / "t.parquet"), ["yes"]).code == "not_a_number"


def test_spss_keeps_labels_and_empties_what_is_declared_missing(tmp_path):
    import pandas

    frame = pandas.DataFrame({"cusa": [1.0, 9.0, 5.0], "region": [1.0, 2.0, 1.0]})
    pyreadstat.write_sav(
        frame,
        str(tmp_path / "s.sav"),
        column_labels={"cusa": "总体满意"},
        variable_value_labels={"region": {1: "北", 2: "南"}},
        missing_ranges={"cusa": [9]},
    )
    table = open_table(str(tmp_path / "s.sav"))
    assert table.labels == {"cusa": "总体满意"} and table.rows == 3
    (batch,) = table.batches(["cusa"], text=["region"])
    np.testing.assert_array_equal(batch.values, [[1], [np.nan], [5]])
    assert batch.text["region"] == ["北", "南", "北"]


def workbook(tmp_path: Path, *rows: list) -> str:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "w.xlsx")
    return str(tmp_path / "w.xlsx")


def test_a_spreadsheet_with_rows_above_its_header_counts_them(tmp_path):
    error = refused(workbook(tmp_path, [], ["a", "b"], [1, 2], ["3", "many"]), ["a", "b"])
    assert (error.code, error.details["row"], error.details["column"]) == ("not_a_number", 4, "b")


def test_a_date_in_a_spreadsheet_is_refused_as_what_became_of_an_answer(tmp_path):
    import datetime

    error = refused(workbook(tmp_path, ["a"], [datetime.date(2026, 1, 2)]), ["a"])
    assert error.code == "date_in_number_column"


def test_a_formula_without_its_result_is_refused(tmp_path):
    error = refused(workbook(tmp_path, ["a", "b"], [1, "=A2+1"]), ["a", "b"])
    assert error.code == "formula_without_value" and error.details["column"] == "b"


@pytest.mark.parametrize(
    ("rows", "code"),
    [([], "empty_file"), ([["a", "b"]], "no_rows"), ([["a", "a"], [1, 2]], "duplicate_column")],
)
def test_a_sheet_with_the_wrong_shape_is_refused(rows, code, tmp_path):
    assert refused(workbook(tmp_path, *rows), ["a"]).code == code
