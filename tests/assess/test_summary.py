"""The result on a terminal."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from frontstage.assess.summary import print_summary
from frontstage.assess.words import words
from tests.assess.documents import assessment, servqual


def summary(document: dict[str, Any], lang: str, width: int = 100) -> str:
    out = io.StringIO()
    print_summary(document, words(lang), Console(file=out, width=width))
    return out.getvalue()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("document", [assessment(), servqual()], ids=["assess", "servqual"])
@pytest.mark.parametrize("width", [100, 80, 160])
def test_no_line_is_wider_than_the_terminal_or_100_columns(document: Any, lang: str, width: int) -> None:
    lines = summary(document, lang, width).splitlines()
    assert max(cell_len(line) for line in lines) <= min(width, 100)


def test_it_is_plain_text_when_piped() -> None:
    assert "\x1b" not in summary(assessment(), "en")


def test_what_it_means_comes_before_the_tables() -> None:
    text = summary(assessment(), "en")
    order = [
        "stands at 64.3 of 100",
        "Start with",
        "not good enough",
        "Indices",
        "Reliability",
        "Indices of groups",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_doubts_are_listed_with_threshold_and_source() -> None:
    text = " ".join(summary(assessment(), "en").split())
    assert "HTMT is 0.912, above 0.9. [Threshold from Henseler, Ringle & Sarstedt 2015]" in text


def test_chinese_columns_stand_one_below_the_other() -> None:
    lines = summary(assessment(), "zh").splitlines()
    head = next(i for i, line in enumerate(lines) if line.startswith("因素") and "ρ_A" in line)
    ends = {cell_len(line.rstrip()) for line in (lines[head], *lines[head + 2 : head + 8])}
    assert len(ends) == 1


def test_markup_in_names_is_printed_as_it_is() -> None:
    document = assessment()
    document["model"]["constructs"][0]["label"] = {"en": "[red]Image[/red]"}
    assert "[red]Image[/red]" in summary(document, "en")


def test_without_a_bootstrap_no_intervals_are_shown() -> None:
    document = assessment()
    document["index_interval"] = {}
    for key in ("paths", "total_effects", "indirect_effects"):
        for row in document[key]:
            row.update(se=None, low=None, high=None, p=None)
    for row in document["importance_performance"]["priorities"]:
        row.update(low=None, high=None)
    text = summary(document, "en")
    assert "interval" not in text
    assert not re.search(r"Estimate.*Lower", text)


def test_an_index_that_was_refused_says_why() -> None:
    document = assessment()
    document["index"]["SATI"] = None
    document["index_refused"] = {"SATI": "negative_weight"}
    assert "has no index, because one of its items has a negative weight" in summary(document, "en")


def test_gaps_are_said_with_their_sign() -> None:
    text = summary(servqual(), "en")
    assert "falls short of what customers expect by 0.74 points" in text
    assert "−1.600" in text
