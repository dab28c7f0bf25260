"""Reports of what nobody expects: names of thousands of letters, models of a thousand paths, figures not read."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from rich.console import Console

from frontstage.assess.error_words import explain
from frontstage.assess.model_file import parse_model
from frontstage.assess.reading import open_table
from frontstage.assess.report.abridged import MOST_LETTERS, abridged
from frontstage.assess.report.assessment_figures import assessment_figures
from frontstage.assess.report.figures import group_legend
from frontstage.assess.report.html import render_html
from frontstage.assess.report.path_diagram import MOST_PATHS, drawn_paths, path_diagram
from frontstage.assess.report.pdf import WIDTH, render_pdf
from frontstage.assess.report.pdf_tables import parts_that_fit
from frontstage.assess.report.refusals import refusal_cards, unread_note
from frontstage.assess.report.table import MOST_ROWS, Column, Table, cut
from frontstage.assess.report.xlsx import render_xlsx
from frontstage.assess.summary import print_summary
from frontstage.assess.words import words
from frontstage.measure.errors import MeasureError
from tests.assess.documents import assessment

LANGUAGES = pytest.mark.parametrize("lang", ["en", "zh"])


def renamed(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {names.get(key, key): renamed(each, names) for key, each in value.items()}
    if isinstance(value, list):
        return [renamed(each, names) for each in value]
    return names.get(value, value) if isinstance(value, str) else value


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, str):
        yield value


def in_every_form(document: Any, lang: str) -> list[str]:
    """The words of the page, of the workbook and of the summary; the PDF is made too."""
    out = io.StringIO()
    print_summary(document, words(lang), Console(file=out, width=100))
    assert render_pdf(document, lang).startswith(b"%PDF")
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(document, lang)))
    cells = (str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    return [render_html(document, lang), " ".join(cells), out.getvalue()]


def long_names(document: Any) -> dict[str, str]:
    long = {level["level"]: f"{level['level']} " + "x" * 3000 for level in document["groups"]["levels"]}
    long |= {c["name"]: "长" * 2000 + c["name"] for c in document["model"]["constructs"]}
    long |= {item["name"]: "q" * 2000 + item["name"] for item in document["model"]["items"]}
    return long


@LANGUAGES
def test_texts_of_thousands_of_letters_are_shortened_everywhere(lang: str) -> None:
    document = assessment()
    document["groups"]["column"] = "column " * 500
    document["settings"]["data"] = {"source": "answers" * 400 + ".csv"}
    for one in (*document["model"]["constructs"], *document["model"]["items"]):
        one["label"] = {"en": "label " * 500, "zh": "标签" * 1500}
    document = renamed(document, long_names(document))
    for said in in_every_form(document, lang):
        assert "…" in said
        assert not re.search(r"x{120}|q{120}|长{120}|(label ){20}|(标签){60}", said)


def test_two_long_names_with_one_beginning_stay_two() -> None:
    document = assessment()
    short = abridged(renamed(document, long_names(document)))
    assert len(short["loadings"]) == len(document["loadings"])
    assert len(short["cross_loadings"]) == len(document["cross_loadings"])
    assert {row["from"] for row in short["paths"]} <= set(short["loadings"])
    assert max(map(len, texts({k: v for k, v in short.items() if k != "settings"}))) <= 2 * MOST_LETTERS


def test_what_is_short_stays_as_it_is() -> None:
    assert abridged(assessment()) == assessment()


def with_many_paths() -> Any:
    document = assessment()
    names = [f"F{i}" for i in range(50)]
    constructs = [{**document["model"]["constructs"][0], "name": name, "label": {}} for name in names]
    document["model"]["constructs"] = constructs
    row = document["paths"][0]
    document["paths"] = [
        {**row, "from": a, "to": b, "estimate": ((i * 37) % 101) / 100, "p": 0.2 if i % 9 else 0.001}
        for i, (a, b) in enumerate(combinations(names, 2))
    ]
    for key in ("total_effects", "indirect_effects"):
        document[key] = document["paths"]
    document["index"] = dict.fromkeys(names, 70.0)
    square = {name: dict.fromkeys(names, 0.5) for name in names}
    document |= {"index_interval": {}, "r2": {}, "q2": {}, "fornell_larcker": square, "groups": None}
    document["htmt"] = [
        {"a": a, "b": b, "value": 0.5, "signed": 0.5, "htmt2": 0.5} for a, b in combinations(names, 2)
    ]
    return document


def test_of_a_thousand_paths_the_strongest_that_are_proven_are_drawn() -> None:
    document = with_many_paths()
    drawn = drawn_paths(document)
    assert len(drawn) == MOST_PATHS and all(row["p"] < 0.05 for row in drawn)
    left = [row["estimate"] for row in document["paths"] if row["p"] < 0.05 and row not in drawn]
    assert min(row["estimate"] for row in drawn) >= max(left)
    figure = next(one for one in assessment_figures(document, words("en")) if one.key == "diagram")
    assert f"Only the {MOST_PATHS} strongest of 1,225 paths are drawn" in figure.about
    assert path_diagram(document, words("en")).width < 4000


@LANGUAGES
def test_a_model_of_a_thousand_paths_is_reported_soon_with_its_tables_cut(lang: str) -> None:
    document, began = with_many_paths(), time.process_time()
    page = render_html(document, lang)
    assert render_pdf(document, lang).startswith(b"%PDF")
    assert time.process_time() - began < 20
    assert ("The first 150 of 1,225 rows" if lang == "en" else "共 1,225 行，此处为前 150 行") in page
    assert page.count("<tr>") < 30 * MOST_ROWS
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(document, lang)), read_only=True)
    assert sum(1 for _ in book[words(lang).text("Paths")].iter_rows()) > 1225


def test_the_worst_rows_stay_when_a_judged_table_is_cut() -> None:
    states = tuple("bad" if i == 700 else "good" for i in range(800))
    table = Table("verdicts", "", (Column("x"),), tuple((i,) for i in range(800)), states=states)
    short = cut(table, words("en"))
    assert (short.rows[0], short.states[0], len(short.rows)) == ((700,), "bad", MOST_ROWS)


def test_a_table_wider_than_paper_is_parted_with_its_first_column_in_each() -> None:
    columns = (Column(""), *(Column(f"Factor{i}", "number") for i in range(50)))
    table = Table("htmt", "HTMT", columns, tuple((f"Factor{i}", *[0.5] * 50) for i in range(50)), heat=1)
    parts = parts_that_fit(table, words("en"), WIDTH)
    assert len(parts) > 1 and all(part.columns[0] == columns[0] for part in parts)
    assert [c for part in parts for c in part.columns[1:]] == list(columns[1:])
    assert parts_that_fit(parts[0], words("en"), WIDTH) == [parts[0]]


@LANGUAGES
def test_reports_say_which_rules_were_not_applied_where_only_moments_were_read(lang: str) -> None:
    document = assessment()
    document["quality"], document["settings"]["engine"] = None, "duckdb"
    note = unread_note(document, words(lang))
    assert "duckdb" in note and "--engine local" in note
    for said in in_every_form(document, lang):
        assert re.sub(r"\s", "", note) in re.sub(r"\s", "", said)
    assert unread_note(assessment(), words(lang)) == ""


def without_isle() -> Any:
    document = assessment()
    level = {"level": "isle", "n": 50, "index": {}, "paths": [], "refused": "constant_item"}
    named = document["model"]["items"][0]["name"]
    document["groups"]["levels"].insert(0, {**level, "refused_details": {"names": [named]}})
    return document


@LANGUAGES
def test_a_refused_group_names_its_items_and_has_no_place_in_the_legend(lang: str) -> None:
    document = without_isle()
    card = next(card for card in refusal_cards(document, words(lang)) if "isle" in card.title)
    assert document["model"]["items"][0]["name"] in card.sentence
    levels = document["groups"]["levels"]
    legend = group_legend(levels, words(lang))
    assert len(legend) == len(levels) - 1 and not any("isle" in text for _role, text in legend)


def test_no_space_stands_between_two_chinese_sentences() -> None:
    document = without_isle()
    assert not re.search(r"。 [\u4e00-\u9fff]", render_html(document, "zh"))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_title_above_the_names_of_the_columns_is_hinted_at(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"t.{kind}"
    if kind == "csv":
        path.write_text("Survey 2025,,\na,b,c\n1,2,3\n")
    else:
        book = openpyxl.Workbook()
        for row in (["Survey 2025", None, None], ["a", "b", "c"], [1, 2, 3]):
            book.active.append(row)
        book.save(path)
    with pytest.raises(MeasureError) as caught:
        open_table(str(path)).require(["a", "b"])
    assert "Its first row holds “Survey 2025” alone" in str(caught.value)
    assert "首行只有“Survey 2025”" in explain(caught.value, words("zh"))


def test_an_empty_first_sheet_is_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.create_sheet("Data").append(["a"])
    book.save(tmp_path / "t.xlsx")
    with pytest.raises(MeasureError) as caught:
        open_table(str(tmp_path / "t.xlsx"))
    assert "“Notes”" in str(caught.value) and "“Notes”" in explain(caught.value, words("zh"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: a\nname: b\n", "“name” 在此出现两次"),
        ("name: [\n", "此处不是 YAML（"),
        (f"name: {'a' * 501}\n", "这段文字有 501 个字符，最多可有 500 个"),
        ('name: "a\\u0007"\n', "无法显示的字符"),
        ("&a [*a]\n", "嵌套无尽"),
        ("name: &a [b, b]\nx: &b [" + ", ".join(["*a"] * 400) + "]\ny: [" + ", ".join(["*b"] * 400) + "]\n", "别名"),
    ],
)  # fmt: skip
def test_dangers_and_broken_yaml_are_told_in_chinese_with_their_names(text: str, said: str) -> None:
    with pytest.raises(MeasureError) as caught:
        parse_model(text)
    assert said in explain(caught.value, words("zh"))
