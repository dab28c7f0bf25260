"""Refusals: each code in the reader's language, and what a document could not compute said in every report."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from rich.console import Console

import frontstage
from frontstage.assess.error_words import ERRORS, explain
from frontstage.assess.mistake_words import MISTAKES
from frontstage.assess.report.html import render_html
from frontstage.assess.report.pdf import render_pdf
from frontstage.assess.report.pdf_paragraph import NO_END, NO_START, line_places
from frontstage.assess.report.refusals import REASONS, refusal_cards
from frontstage.assess.report.setting_words import setting_label
from frontstage.assess.report.tables import assessment_tables
from frontstage.assess.report.xlsx import render_xlsx
from frontstage.assess.summary import print_summary
from frontstage.assess.verdict_words import verdict_figure, verdict_sentence
from frontstage.assess.words import words
from frontstage.measure.data_quality import QualityRules
from frontstage.measure.errors import MeasureError
from tests.assess.documents import assessment

SOURCES = Path(frontstage.__file__).parent
# What `frontstage assess` and `frontstage servqual` run.
REACHED = ("assess/**/*.py", "measure/pls/**/*.py", "measure/data_quality/*.py", "measure/gaps/*.py",
           "measure/moments.py", "measure/corrections.py", "measure/arrays.py")  # fmt: skip
# Only a caller of the library can cause these: the commands' options and the checks of the YAML files come first,
# and a fold or an omission distance without a solution leaves its figures out.
PROGRAMMERS = {
    "allocation_dimensions", "allocation_negative", "allocation_total", "construct_items", "constructs",
    "dimensions", "empty_dimension", "fold_without_estimate", "folds", "incomplete_rows",
    "instruments_differ",
    "items_per_criterion", "mode", "no_gaps", "no_products", "not_finite", "not_numbers", "omission",
    "other_items", "other_origin", "p_values", "power", "products_need_complete_rows", "quality_threshold",
    "scale_reversed", "scheme", "second_order", "shape", "smallest_path", "too_few_values", "unconnected",
    "unknown_rule", "wording",
}  # fmt: skip
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def raised() -> Iterator[str]:
    """The codes of refusals and of mistakes in YAML files that are written out in the sources."""
    for path in sorted({path for pattern in REACHED for path in SOURCES.glob(pattern)}):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
                continue
            place = {"MeasureError": 0, "Finding": 1, "Mistake": 3}.get(call.func.id)
            if place is None or len(call.args) <= place:
                continue
            code = call.args[place]
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                yield code.value
            elif isinstance(code, ast.JoinedStr) and isinstance(code.values[-1], ast.Constant):
                yield from (f"{kind}{code.values[-1].value}" for kind in ("model", "instrument"))


def test_every_code_that_a_user_can_cause_has_a_chinese_message() -> None:
    codes = set(raised()) | set(QualityRules().actions)
    assert {"no_pairs", "instrument_missing", "model_encoding", "points_total", "cycle", "key_twice"} <= codes
    whole_files = {"model_file", "instrument_file"}  # said as a list of mistakes
    assert codes - set(ERRORS) - set(MISTAKES) - PROGRAMMERS - whole_files == set()


def test_no_code_is_excused_that_has_a_message_or_is_never_raised() -> None:
    assert PROGRAMMERS & set(ERRORS) == set()
    assert set(raised()) >= PROGRAMMERS


def test_an_instrument_file_is_explained_mistake_by_mistake() -> None:
    problem = {"line": 4, "code": "points_total", "message": "", "remedy": "", "values": {"total": 90.0}}
    error = MeasureError("instrument_file", "…", file="mine.yaml", problems=[problem])
    assert explain(error, words("zh")) == "mine.yaml 第 4 行：分数合计须恰为 100，现为 90。"


def refused(code: str = "small_group") -> dict[str, Any]:
    """A document whose groups, comparison, corrected paths and one index were all refused."""
    document = assessment()
    document["index"]["LOYA"] = None
    document["index_refused"] = {"LOYA": "negative_weight"}
    document["consistent"] = {"refused": "improper", "paths": [], "loadings": {}, "r2": {}}
    level = {"level": "isle", "n": 1204, "index": {}, "paths": [], "refused": code}
    document["groups"]["levels"].append(level)
    pair = {"a": "north", "b": "isle", "micom": {}, "paths": [], "refused": "replicates_fail"}
    document["groups"]["comparisons"].append(pair)
    return document


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("code", sorted(REASONS))
def test_every_refusal_says_what_why_and_what_to_do(code: str, lang: str) -> None:
    cards = refusal_cards(refused(code), words(lang))
    assert all(card.title and card.sentence and card.more for card in cards)
    assert all(bool(CHINESE.search(card.sentence + card.more)) == (lang == "zh") for card in cards)


def test_refusals_of_one_reason_are_one_card_with_all_names() -> None:
    document = refused()
    document["groups"]["levels"].append({**document["groups"]["levels"][-1], "level": "lake", "n": 3})
    titles = [card.title for card in refusal_cards(document, words("en"))]
    assert titles == [
        "Factors without an index: Loyalty",
        "Consistent PLS (PLSc): paths and loadings",
        "Groups without a result: isle, 1,204 answers; lake, 3 answers",
        "Groups not compared: north – isle",
    ]


def test_a_code_without_a_sentence_is_still_told() -> None:
    assert "unheard_of" in refusal_cards(refused("unheard_of"), words("en"))[2].sentence


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_report_and_the_summary_tell_each_refusal(lang: str) -> None:
    document, out = refused(), io.StringIO()
    print_summary(document, words(lang), Console(file=out, width=100))
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(document, lang)))
    sheet = " ".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)
    page, summary = render_html(document, lang), re.sub(r"\s", "", out.getvalue())
    for card in refusal_cards(document, words(lang)):
        for said in (card.title, card.sentence, card.more):
            assert said in page
            assert said in sheet
            assert re.sub(r"\s", "", said) in summary
    assert render_pdf(document, lang).startswith(b"%PDF")


def test_a_document_with_all_its_figures_has_no_such_section() -> None:
    document = assessment()
    document["consistent"], document["index_refused"] = None, {}
    assert refusal_cards(document, words("en")) == []
    assert "Not computed" not in render_html(document, "en")


def test_sample_sizes_are_whole_and_have_thousands() -> None:
    verdict = {"criterion": "sample_size", "state": "caution", "value": 1299.6, "threshold": 55690.2}
    assert (verdict_figure(verdict, "value"), verdict_figure(verdict, "threshold")) == (1299, 55691)
    assert "1,299, and 55,691" in verdict_sentence(verdict, "", words("en"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_settings_have_names_and_words_and_keep_their_keys(lang: str) -> None:
    table = next(one for one in assessment_tables(assessment(), words(lang)) if one.key == "settings")
    shown = {row[2]: row for row in table.shown(words(lang))}
    wanted = {
        "en": ("Weighting scheme", "path weighting", "5,000"),
        "zh": ("加权方案", "路径加权", "5,000"),
    }[lang]
    assert (*shown["scheme"][:2], shown["bootstrap.replicates"][1]) == wanted
    assert shown["tolerance"][1] == "1e-7"
    assert all(row[0] != row[2] for row in shown.values())


def test_a_setting_without_a_name_keeps_its_key() -> None:
    assert setting_label("brand_new", words("zh"), None) == "brand_new"  # type: ignore[arg-type]


def lines_of(text: str, width: float) -> list[str]:
    letters = [(letter, 1.0 if ord(letter) > 0x2E80 else 0.5) for letter in text]
    return [text[begin:end] for begin, end in line_places(letters, [width])]


@pytest.mark.parametrize("width", range(4, 24))
def test_chinese_lines_neither_begin_with_closing_nor_end_with_opening_marks(width: int) -> None:
    text = "满意度指数为 64.3（满分 100，95% 区间 62.0 至 66.5），请从“查询（网上）”做起：见《服务》。"
    lines = lines_of(text, width)
    assert "".join(lines) == text
    marked = [line for line in lines if line[0] in NO_START or line.rstrip()[-1] in NO_END]
    # Only what is longer than a whole line is torn.
    assert not marked or width < 8
    assert width < 8 or all(
        sum(1.0 if ord(c) > 0x2E80 else 0.5 for c in one.rstrip()) <= width for one in lines
    )


def test_words_and_figures_are_not_torn_apart() -> None:
    assert lines_of("按照 SERVQUAL 量表得分 -1.185", 8) == ["按照 SERVQUAL 量", "表得分 -1.185"]


def test_a_word_longer_than_the_line_is_torn_where_the_line_is_full() -> None:
    assert lines_of("abcdefghij", 2) == ["abcd", "efgh", "ij"]
