"""The HTML, PDF and XLSX reports, all made from the result document alone."""

from __future__ import annotations

import copy
import io
import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import openpyxl
import pytest

from frontstage.assess.report import render
from frontstage.assess.report.html import render_html
from frontstage.assess.report.layers import Layers, layer_of
from frontstage.assess.report.map import importance_map, round_steps
from frontstage.assess.report.path_diagram import path_diagram, sampled_curve
from frontstage.assess.report.pdf import render_pdf
from frontstage.assess.report.picture import Box, Curve, Picture, Text, overlap, text_width
from frontstage.assess.report.xlsx import render_xlsx
from frontstage.assess.words import words
from tests.assess.documents import PATHS, assessment, servqual

DOCUMENTS = pytest.mark.parametrize("document", [assessment(), servqual()], ids=["assess", "servqual"])
LANGUAGES = pytest.mark.parametrize("lang", ["en", "zh"])
NUMBER = re.compile(r"−?\d[\d,]*\.?\d*")


def without_bootstrap() -> dict[str, Any]:
    document = assessment()
    document.update(
        index_interval={}, loading_intervals={}, weight_intervals={}, groups=None, consistent=None
    )
    document.update(predict=None, quality=None, q2={}, verdicts=[])
    document["settings"]["bootstrap"] = None
    for key in ("paths", "indirect_effects", "total_effects"):
        document[key] = [{**row, "se": None, "low": None, "high": None, "p": None} for row in document[key]]
    document["htmt"] = [{**row, "low": None, "high": None} for row in document["htmt"]]
    map_ = document["importance_performance"]
    for key in ("constructs", "items", "priorities"):
        map_[key] = [{**row, "low": None, "high": None} for row in map_[key]]
    return document


# HTML


@DOCUMENTS
@LANGUAGES
def test_the_page_needs_nothing_from_elsewhere_and_no_script(document: Any, lang: str) -> None:
    page = render_html(document, lang)
    assert not re.search(r"<(script|link|img|iframe|object|embed|base)\b", page)
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert "url(" not in page
    assert "@import" not in page
    assert "http" not in page


@DOCUMENTS
@LANGUAGES
def test_the_page_is_well_formed(document: Any, lang: str) -> None:
    page = re.sub(r"<(meta[^>]*)>", r"<\1/>", render_html(document, lang).replace("<!doctype html>", ""))
    assert ET.fromstring(page).tag == "html"


def test_every_link_of_the_page_leads_somewhere_and_no_place_is_named_twice() -> None:
    page = render_html(assessment(), "en")
    places = re.findall(r' id="([^"]+)"', page)
    assert len(places) == len(set(places))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(places)


@DOCUMENTS
@pytest.mark.parametrize("ending", [".html", ".pdf", ".xlsx"])
def test_hostile_names_do_no_harm(document: Any, ending: str) -> None:
    evil = "<script>alert(1)</script>\"&'<b>"
    text = copy.deepcopy(document)
    for one in text.get("model", {}).get("constructs", []) + text.get("instrument", {}).get("dimensions", []):
        one["label"] = {"en": evil}
    for item in text.get("model", {}).get("items", []):
        item["label"] = evil
    text["program"]["command"] = evil
    text["settings"]["data"] = {"source": evil}
    made = render(text, ending, "en")
    if ending == ".html":
        assert b"<script" not in made
        assert b"<b>" not in made.split(b"<main>")[1]
        assert b"&lt;script&gt;alert(1)" in made


def test_the_three_sentences_say_index_driver_and_first_step() -> None:
    page = render_html(assessment(), "en")
    story = re.findall(r"<li>(.*?)</li>", page.split('class="story"')[1])[:3]
    assert "Satisfaction stands at 64.3 of 100 (95 % interval 62.0 to 66.5)" in story[0]
    assert "depends most on Perceived quality" in story[1]
    assert story[2].startswith("Start with “")


def test_worst_verdicts_come_first_with_threshold_and_source() -> None:
    page = render_html(assessment(), "en")
    cards = page.split('id="checks"')[1].split("</section>")[0]
    states = re.findall(r'chip (good|caution|bad)"', cards)
    assert states == sorted(states, key=["bad", "caution", "good"].index)
    assert "above 0.9." in cards
    assert "Threshold from Henseler, Ringle &amp; Sarstedt 2015" in cards


def test_both_languages_have_the_same_figures() -> None:
    found = []
    for lang in ("en", "zh"):
        main = render_html(assessment(), lang).split("<main>")[1]
        tables = "".join(re.findall(r'<td class="n"[^>]*>([^<]*)</td>', main))
        found.append(NUMBER.findall(tables))
    assert found[0] == found[1]
    assert len(found[0]) > 500


def test_the_chinese_page_keeps_no_english_heading() -> None:
    page = render_html(assessment(), "zh")
    assert '<html lang="zh-Hans">' in page
    headings = re.findall(r"<h[123][^>]*>(.*?)</h[123]>", page) + re.findall(
        r"<th scope=\"col\"[^>]*>(.*?)</th>", page
    )
    known = {
        "",
        "p",
        "t",
        "α",
        "ρ_A",
        "ρ_C",
        "AVE",
        "R²",
        "Q²",
        "f²",
        "VIF",
        "HTMT",
        "HTMT2",
        "RMSE",
        "MAE",
        "SRMR",
    }
    english = (
        {h for h in headings if not re.search(r"[\u4e00-\u9fff]", h)} - known - {"region", "north", "south"}
    )
    assert not english


def test_the_command_that_makes_it_again_is_on_the_page() -> None:
    assert "<pre>frontstage assess answers.csv --model six-factor" in render_html(assessment(), "en")


@LANGUAGES
@pytest.mark.parametrize("ending", [".html", ".pdf", ".xlsx"])
def test_a_document_without_bootstrap_groups_and_prediction_is_reported(ending: str, lang: str) -> None:
    made = render(without_bootstrap(), ending, lang)
    assert len(made) > 5000
    if ending == ".html":
        assert b"interval" not in made.split(b"<main>")[1]


@LANGUAGES
@pytest.mark.parametrize("ending", [".html", ".pdf", ".xlsx"])
def test_a_measurement_of_perception_alone_is_reported_without_gaps(ending: str, lang: str) -> None:
    document = servqual()
    of_groups = [d for group in document["groups"] for d in group["dimensions"]]
    for row in [*document["dimensions"], *document["items"], *of_groups]:
        row.update(expectation=None, gap=None, t=None, p=None, p_adjusted=None, low=5.1, high=5.3)
    document["unweighted"] = {"estimate": 5.36, "low": 5.2, "high": 5.5, "n": 178}
    made = render(document, ending, lang)
    if ending == ".html" and lang == "en":
        assert b"Customers rate the service 5.36 on the scale" in made
        assert b"falls short" not in made
        assert b">Gap<" not in made


@pytest.mark.parametrize("ending", [".html", ".pdf", ".xlsx"])
def test_refused_indices_and_groups_without_a_solution_are_reported(ending: str) -> None:
    document = assessment()
    document["index"]["SATI"], document["index_refused"] = None, {"SATI": "negative_weight"}
    document["index_interval"].pop("SATI")
    document["groups"]["levels"][1].update(index={}, paths=[], refused="not_converged")
    document["groups"]["comparisons"][0].update(micom={}, paths=[], refused="small_group")
    assert render(document, ending, "en")


def test_an_unknown_ending_is_an_error_of_the_caller() -> None:
    with pytest.raises(ValueError, match="docx"):
        render(assessment(), ".docx", "en")


# Pictures


def estimates(picture: Picture) -> list[tuple[Box, Text]]:
    """The labels of paths: a box without a border, and the text after it."""
    pairs = zip(picture.shapes, picture.shapes[1:], strict=False)
    return [(a, b) for a, b in pairs if isinstance(a, Box) and not a.border and isinstance(b, Text)]


def frame(box: Box) -> tuple[float, float, float, float]:
    return box.x, box.y, box.x + box.width, box.y + box.height


@LANGUAGES
@pytest.mark.parametrize("size", ["wide", "narrow", "paper"])
def test_estimates_on_the_paths_cover_neither_one_another_nor_a_factor(lang: str, size: str) -> None:
    picture = path_diagram(assessment(), words(lang), size)
    labels = [frame(box) for box, _ in estimates(picture)]
    factors = [frame(shape) for shape in picture.shapes if isinstance(shape, Box) and shape.border]
    assert len(labels) == len(PATHS)
    assert len(factors) == 6
    for a, b in [*combinations(labels, 2), *((a, b) for a in labels for b in factors)]:
        assert overlap(a, b) == 0


def test_no_path_runs_through_a_factor() -> None:
    picture = path_diagram(assessment(), words("en"))
    factors = [frame(shape) for shape in picture.shapes if isinstance(shape, Box) and shape.border]
    for curve in (shape for shape in picture.shapes if isinstance(shape, Curve)):
        inside = [
            (x, y)
            for x, y in sampled_curve(curve.start, curve.pieces)
            for left, top, right, bottom in factors
            if left + 1 < x < right - 1 and top + 1 < y < bottom - 1
        ]
        assert not inside


def test_negative_paths_are_dashed_and_strong_ones_wider() -> None:
    curves = [s for s in path_diagram(assessment(), words("en")).shapes if isinstance(s, Curve)]
    assert [curve.dashed for curve in curves].count(True) == 1
    widths = [curve.width for curve in curves]
    assert widths == sorted(widths)
    assert widths[-1] > 2 * widths[0]


def test_causes_stand_left_of_their_effects() -> None:
    edges = list(PATHS)
    nodes = list(dict.fromkeys(name for edge in edges for name in edge))
    layers = layer_of(nodes, edges)
    assert all(layers[a] < layers[b] for a, b in edges)
    arranged = Layers(edges, 80, 30, 26).arrange(nodes)
    for slots in arranged.order:
        places = [arranged.y[slot] for slot in slots]
        assert places == sorted(places)


def test_a_large_model_is_laid_out_at_once() -> None:
    nodes = [f"n{i}" for i in range(24)]
    edges = [
        (a, b) for i, a in enumerate(nodes) for j, b in enumerate(nodes) if i < j and (i * j + i) % 5 == 0
    ]
    assert Layers(edges, 80, 30, 26).arrange(nodes).height > 0


@pytest.mark.parametrize("kind", ["constructs", "items"])
@pytest.mark.parametrize("size", ["wide", "narrow", "paper"])
def test_labels_of_the_map_do_not_collide(kind: str, size: str) -> None:
    picture = importance_map(assessment(), words("en"), kind, size)
    labels = [shape for shape in picture.shapes if isinstance(shape, Text) and shape.size == 12.5]
    frames = [(t.x, t.y - 10, t.x + text_width(t.text, t.size), t.y + 2) for t in labels]
    assert labels
    assert all(overlap(a, b) == 0 for a, b in combinations(frames, 2))
    assert all(left >= 0 and right <= picture.width for left, _, right, _ in frames)


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-3.2, 4.1), (61.3, 61.9), (0, 100000), (-0.002, 0.001)])
def test_axes_have_a_few_round_steps_inside_their_range(low: float, high: float) -> None:
    steps = round_steps(low, high)
    assert 2 <= len(steps) <= 8
    assert all(low - 1e-9 <= step <= high + 1e-9 for step in steps)


# PDF


@DOCUMENTS
@LANGUAGES
def test_the_pdf_is_whole_and_has_no_font_file_or_picture_from_elsewhere(document: Any, lang: str) -> None:
    made = render_pdf(document, lang)
    assert made.startswith(b"%PDF-1.")
    assert made.rstrip().endswith(b"%%EOF")
    assert b"/FontFile" not in made
    assert b"/URI" not in made
    assert (b"STSong-Light" in made) is (lang == "zh")
    assert len(re.findall(rb"/Type /Page\b", made)) >= 3


# XLSX


def workbook(document: Any, lang: str = "en") -> Any:
    return openpyxl.load_workbook(io.BytesIO(render_xlsx(document, lang)))


def figures(value: Any) -> Iterator[float]:
    if isinstance(value, dict):
        for one in value.values():
            yield from figures(one)
    elif isinstance(value, list):
        for one in value:
            yield from figures(one)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield float(value)


@DOCUMENTS
def test_every_figure_of_the_document_is_in_the_workbook_as_a_number(document: Any) -> None:
    cells = [c.value for sheet in workbook(document) for row in sheet.iter_rows() for c in row]
    numbers = {round(float(c), 9) for c in cells if isinstance(c, int | float)}
    # Row numbers of findings are a text; a share of points or folds is in a note.
    texts = " ".join(c for c in cells if isinstance(c, str))
    wanted = {round(value, 9) for value in figures({k: v for k, v in document.items() if k != "quality"})}
    lost = [value for value in wanted - numbers if f"{value:g}" not in texts]
    assert not lost


@DOCUMENTS
@LANGUAGES
def test_sheets_have_a_frozen_head_a_name_of_their_own_and_fitting_columns(document: Any, lang: str) -> None:
    book = workbook(document, lang)
    assert len({name.casefold() for name in book.sheetnames}) == len(book.sheetnames)
    assert all(len(name) <= 31 for name in book.sheetnames)
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "B2"
        assert sheet.column_dimensions["A"].width >= 8


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")', "\t=1"])
def test_no_text_of_a_workbook_is_ever_a_formula(start: str) -> None:
    document = assessment()
    document["model"]["items"][0]["label"] = start
    document["program"]["command"] = start
    document["settings"]["data"]["source"] = start
    document["groups"]["column"] = start
    cells = [
        c for sheet in workbook(document) for row in sheet.iter_rows() for c in row if c.value is not None
    ]
    assert all(c.data_type != "f" for c in cells)
    held = [c for c in cells if c.value == start]
    assert held
    assert all(c.data_type == "s" and c.quotePrefix for c in held)


def test_characters_that_a_workbook_cannot_hold_are_left_out() -> None:
    document = assessment()
    document["model"]["items"][0]["label"] = "bell\x07 and null\x00"
    assert "bell and null" in [
        c.value for sheet in workbook(document) for row in sheet.iter_rows() for c in row
    ]


def test_both_languages_of_a_workbook_differ_only_in_words() -> None:
    found = []
    for lang in ("en", "zh"):
        cells = [c.value for sheet in workbook(assessment(), lang) for row in sheet.iter_rows() for c in row]
        found.append([c for c in cells if isinstance(c, int | float)])
    assert found[0] == found[1]
    assert not any(math.isnan(value) for value in found[0])
