"""Texts of verdicts and errors in both languages."""

from __future__ import annotations

import re

import pytest

from frontstage.assess.error_words import ERRORS, explain
from frontstage.assess.mistake_words import MISTAKES
from frontstage.assess.report.names import Names
from frontstage.assess.verdict_words import BY_CODE, SENTENCES, TITLES, verdict_sentence
from frontstage.assess.words import number, plain, probability, stars, words
from frontstage.measure.errors import MeasureError
from tests.assess.documents import assessment

CHINESE = re.compile(r"[\u4e00-\u9fff]")
PLACES = re.compile(r"%\((\w+)\)s")


def test_chinese_has_many_names_and_all_else_is_english() -> None:
    assert [words(lang).lang for lang in ("zh", "zh-CN", "zh_Hans", "ZH", "en", "de")] == ["zh"] * 4 + [
        "en"
    ] * 2


def test_a_text_without_values_keeps_its_percent_signs() -> None:
    assert words("en").text("95 % of all") == "95 % of all"


def test_a_label_falls_back_to_the_other_language_and_then_to_the_name() -> None:
    zh = words("zh")
    assert zh.label({"en": "Image", "zh": "形象"}, "IMAG") == "形象"
    assert zh.label({"en": "Image"}, "IMAG") == "Image"
    assert zh.label(None, "IMAG") == "IMAG"


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (-0.5, 2, "−0.50"),
        (-0.0001, 2, "0.00"),
        (1234.5, 1, "1,234.5"),
        (None, 3, "–"),
        (float("nan"), 3, "–"),
    ],
)
def test_figures_have_a_true_minus_and_no_minus_zero(value: float | None, digits: int, shown: str) -> None:
    assert number(value, digits) == shown


def test_a_threshold_keeps_its_own_digits() -> None:
    assert [plain(value) for value in (0.7, 300, 0.708, 0.0, 0.12345)] == [
        "0.7",
        "300",
        "0.708",
        "0",
        "0.123",
    ]


def test_p_is_never_shown_as_zero() -> None:
    assert probability(0.0) == "<0.001"
    assert [stars(p) for p in (0.0005, 0.005, 0.03, 0.05, None)] == ["***", "**", "*", "", ""]


@pytest.mark.parametrize("criterion", sorted(SENTENCES))
@pytest.mark.parametrize("state", ["good", "caution", "bad"])
def test_each_verdict_is_one_sentence_in_both_languages(criterion: str, state: str) -> None:
    verdict = {"criterion": criterion, "state": state, "value": 0.61, "threshold": 0.7, "code": ""}
    english, chinese = (verdict_sentence(verdict, "XSUBJECT", words(lang)) for lang in ("en", "zh"))
    assert english != chinese
    assert CHINESE.search(chinese)
    assert not CHINESE.search(english)
    figures = re.findall(r"\d\.\d+|XSUBJECT", english)
    assert sorted(figures) == sorted(re.findall(r"\d\.\d+|XSUBJECT", chinese))


def test_each_criterion_has_a_title_that_is_translated() -> None:
    assert set(TITLES) == set(SENTENCES)
    assert all(CHINESE.search(words("zh").text(title)) for title in TITLES.values())


def test_items_that_repeat_one_another_are_not_said_to_disagree() -> None:
    verdict = {
        "criterion": "alpha",
        "state": "caution",
        "value": 0.97,
        "threshold": 0.95,
        "code": "alpha_redundant",
    }
    said = verdict_sentence(verdict, "Image", words("en"))
    assert "again and again" in said
    assert "over 0.95" in said
    assert all(CHINESE.search(words("zh").text(message)) for message in BY_CODE.values())


def test_a_criterion_without_a_sentence_is_still_said_with_its_figures() -> None:
    verdict = {"criterion": "new", "state": "bad", "value": 1.5, "threshold": 2, "code": ""}
    assert verdict_sentence(verdict, "Image", words("en")) == "Image: 1.5, threshold 2."


def test_the_power_to_predict_is_a_word() -> None:
    verdict = {"criterion": "predict", "state": "caution", "value": "medium", "threshold": None, "code": ""}
    assert verdict_sentence(verdict, "", words("zh")).endswith("预测力：中。")


def test_pairs_and_paths_are_named_by_their_labels() -> None:
    names = Names(assessment(), words("zh"))
    assert names.verdict({"criterion": "htmt", "subject": "QUAL – SATI"}) == "感知质量 – 满意度"
    assert names.verdict({"criterion": "htmt", "subject": "QUAL → SATI"}) == "感知质量 → 满意度"
    assert names.verdict({"criterion": "htmt", "subject": "model"}) == "整个模型"


def test_a_construct_named_as_its_only_item_is_told_from_it_by_the_criterion() -> None:
    document = assessment()
    document["model"]["items"].append({"name": "COMP", "label": "How well it was handled"})
    names = Names(document, words("en"))
    assert names.verdict({"criterion": "r2", "subject": "COMP"}) == "Complaints"
    assert names.verdict({"criterion": "loading", "subject": "COMP"}) == "“How well it was handled” (COMP)"


def test_an_error_is_said_in_english_as_it_was_raised() -> None:
    error = MeasureError("no_rows", "a.csv has no rows.", "Export it again.", file="a.csv")
    assert explain(error, words("en")) == "a.csv has no rows. Export it again."


def test_an_error_is_translated_with_its_details() -> None:
    error = MeasureError("too_few_answers", "…", n=40, needed=155, smallest_path=0.2)
    said = explain(error, words("zh"))
    assert CHINESE.search(said)
    assert all(figure in said for figure in ("40", "155", "0.2"))


def test_an_error_that_lacks_a_detail_or_a_translation_falls_back_to_its_english() -> None:
    assert explain(MeasureError("too_few_answers", "Too few.", n=40), words("zh")) == "Too few."
    assert explain(MeasureError("unheard_of", "Something.", "Do this."), words("zh")) == "Something. Do this."


def test_an_error_without_a_guess_takes_the_message_without_one() -> None:
    error = MeasureError("file_missing", "There is no file a.csv.", file="a.csv", suggestion=None)
    assert explain(error, words("zh")) == "没有文件 a.csv。"


def test_lists_in_details_are_enumerated() -> None:
    error = MeasureError("constant_item", "…", names=["imag_1", "imag_2"])
    assert "imag_1、imag_2" in explain(error, words("zh"))


def test_every_mistake_of_a_model_file_is_said_with_its_line() -> None:
    problems = [
        {"line": 3, "code": "no_scale", "message": "m", "remedy": "r", "values": {"item": "imag_1"}},
        {"line": 9, "code": "unheard_of", "message": "It is wrong.", "remedy": "Mend it.", "values": {}},
    ]
    error = MeasureError("model_file", "…", file="m.yaml", problems=problems)
    first, second = explain(error, words("zh")).splitlines()
    assert first.startswith("m.yaml 第 3 行：")
    assert "imag_1" in first
    assert second == "m.yaml 第 9 行：It is wrong. Mend it."


def test_a_percent_sign_in_a_file_name_does_no_harm() -> None:
    said = explain(MeasureError("empty_file", "…", file="50%(x)s.csv"), words("zh"))
    assert said.startswith("50%(x)s.csv")


@pytest.mark.parametrize("code", sorted({*ERRORS, *MISTAKES}))
def test_every_message_of_a_code_is_translated_with_the_same_places(code: str) -> None:
    for message in (*ERRORS.get(code, ()), *MISTAKES.get(code, ())):
        translated = words("zh").text(message)
        assert CHINESE.search(translated), message
        assert set(PLACES.findall(translated)) == set(PLACES.findall(message))
