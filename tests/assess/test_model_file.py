"""A model file is read as it is written, and all of its mistakes are told at once with their places."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from frontstage.assess.model_file import SHIPPED, load_model, parse_model, shipped_names
from frontstage.measure.errors import MeasureError

GOOD = """\
constructs:
  QUAL: {mode: B, items: [qual_1, qual_2, qual_3]}
  CUSA: {mode: A, items: [cusa]}
paths:
  - {from: QUAL, to: [CUSA]}
scheme: factorial
scale: {min: 1, max: 7}
off_scale: missing
missing: {codes: [-99, 98], treat: listwise}
"""


def problems(text: str) -> list[tuple[int, int, str]]:
    with pytest.raises(MeasureError) as caught:
        parse_model(text, source="m.yaml")
    assert caught.value.code == "model_file"
    found = caught.value.details["problems"]
    assert all(f"m.yaml:{p['line']}:{p['column']}: {p['message']}" in caught.value.message for p in found)
    assert all(p["remedy"] for p in found)
    return [(p["line"], p["column"], p["code"]) for p in found]


def codes(text: str) -> list[str]:
    return [code for *_, code in problems(text)]


def test_the_form_of_the_documentation_is_understood():
    model = parse_model(GOOD, name="mine")
    assert model.items == ("qual_1", "qual_2", "qual_3", "cusa")
    assert (model.scheme, model.off_scale, model.missing_treat) == ("factorial", "missing", "listwise")
    assert model.missing_codes == (-99.0, 98.0) and model.scales["cusa"] == (1.0, 7.0)
    path_model = model.path_model()
    assert path_model.name == "mine" and path_model.paths == (("QUAL", "CUSA"),)
    assert [c.mode for c in path_model.constructs] == ["B", "A"]


def test_what_is_left_out_has_its_usual_value():
    model = parse_model(
        "constructs: {A: {items: [a]}, B: {items: [b]}}\npaths: [{from: A, to: B}]\nscale: {min: 0, max: 4}"
    )
    assert (model.scheme, model.off_scale, model.missing_treat) == ("path", "refuse", "mean")
    assert model.constructs[0].mode == "A" and model.missing_codes == () and model.target is None


def test_the_nearest_scale_of_an_item_counts():
    model = parse_model(
        GOOD.replace(
            "items: [cusa]", "scale: {min: 1, max: 10}, items: [{name: cusa, scale: {min: 0, max: 1}}, b]"
        )
    )
    assert (model.scales["cusa"], model.scales["b"], model.scales["qual_1"]) == ((0, 1), (1, 10), (1, 7))


def test_names_that_yaml_takes_for_truth_values_or_numbers_stay_names():
    model = parse_model(
        "constructs: {on: {items: [yes, 1, null]}, NO: {items: [1e3]}}\n"
        "paths: [{from: on, to: NO}]\nscale: {min: 1, max: 7}"
    )
    assert [c.name for c in model.constructs] == ["on", "NO"]
    assert model.items == ("yes", "1", "null", "1e3")


def test_a_construct_of_the_second_order_repeats_its_parts():
    text = GOOD.replace("paths:\n", "  ALL: {of: [QUAL, CUSA]}\npaths:\n  - {from: [], to: ALL}\n")
    assert "wrong_shape" in codes(text)
    model = parse_model(text.replace("{from: [], to: ALL}", "{from: QUAL, to: ALL}"))
    assert model.constructs[2].of == ("QUAL", "CUSA")
    assert len(model.path_model().slots) == 8


@pytest.mark.parametrize("name", ["acsi", "ecsi", "six-factor"])
def test_a_shipped_model_is_complete_in_both_languages(name):
    model = load_model(name)
    assert model.name == name and set(model.label) == {"en", "zh"}
    assert all(set(c.label) == {"en", "zh"} for c in model.constructs)
    assert set(model.item_labels) == set(model.items)
    assert all(set(label) == {"en", "zh"} for label in model.item_labels.values())
    assert model.target in model.path_model().names


def test_the_shipped_models_are_those_promised():
    assert shipped_names() == ("acsi", "ecsi", "six-factor")
    assert len(load_model("ecsi").items) == 24 and len(load_model("ecsi").paths) == 12
    assert "conform" not in (SHIPPED / "six-factor.yaml").read_text(encoding="utf-8")


def test_the_schema_is_a_valid_schema():
    schema = json.loads((SHIPPED.parent / "model.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)


def test_a_model_that_is_neither_shipped_nor_a_file_is_answered_with_the_nearest():
    with pytest.raises(MeasureError) as caught:
        load_model("esci")
    assert caught.value.code == "model_missing" and "Did you mean ecsi?" in caught.value.remedy


def test_a_model_file_in_another_encoding_is_refused(tmp_path: Path):
    (tmp_path / "m.yaml").write_bytes("name: 模型".encode("gb18030"))
    with pytest.raises(MeasureError) as caught:
        load_model(str(tmp_path / "m.yaml"))
    assert caught.value.code == "model_encoding"


def test_a_model_file_is_loaded_from_its_path_with_a_byte_order_mark(tmp_path: Path):
    (tmp_path / "mine.yaml").write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert load_model(str(tmp_path / "mine.yaml")).name == "mine"


def test_all_mistakes_are_told_at_once_in_the_order_of_their_lines():
    text = """\
constructs:
  QUAL: {mode: C, items: [qual_1, qual_1]}
  CUSA: {items: []}
  LOST: {items: [x]}
paths:
  - {from: QUAL, to: [CUSA, CUSSA]}
  - {from: CUSA, to: [CUSA, QUAL]}
schemes: path
scale: {min: 7, max: 1}
"""
    assert problems(text) == [
        (2, 16, "value_unknown"),
        (2, 35, "item_twice"),
        (3, 17, "too_few"),
        (4, 9, "no_path"),
        (6, 29, "unknown_construct"),
        (7, 23, "path_to_itself"),
        (7, 29, "cycle"),
        (8, 10, "key_unknown"),
        (9, 14, "scale_limits"),
    ]


def test_an_unknown_scheme_is_answered_with_the_nearest():
    with pytest.raises(MeasureError) as caught:
        parse_model(GOOD.replace("factorial", "factor"))
    assert "Did you mean “factorial”?" in caught.value.message


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("scale: {min: 1, max: 7}", "", "no_scale"),
        ("max: 7", "max: seven", "wrong_shape"),
        ("max: 7", "max: 1", "scale_limits"),
        ("max: 7", "max: .inf", "wrong_shape"),
        ("codes: [-99, 98]", "codes: [NA]", "wrong_shape"),
        ("treat: listwise", "treat: medium", "value_unknown"),
        ("off_scale: missing", "off_scale: drop", "value_unknown"),
        ("items: [cusa]", "items: [qual_1]", "item_twice"),
        ("items: [cusa]", "of: [QUAL, NONE]", "unknown_construct"),
        ("items: [cusa]", "items: [cusa], of: [QUAL, NONE]", "items_or_of"),
        ("items: [cusa]", "of: [QUAL, CUSA]", "third_order"),
        ("mode: A, items: [cusa]", "mode: A", "items_or_of"),
        ("to: [CUSA]", "to: [CUSA, CUSA]", "path_twice"),
        ("to: [CUSA]", "to: CUSA, too: 1", "key_unknown"),
        ("from: QUAL, ", "", "key_missing"),
        ("scheme: factorial", "target: CUSB", "unknown_construct"),
        ("scheme: factorial", "target: QUAL", "target_without_path"),
        ("scheme: factorial", "reverse: [qual_9]", "unknown_item"),
        ("scheme: factorial", "paths: []", "key_twice"),
        ("scheme: factorial", "scheme: [", "not_yaml"),
        (GOOD, "", "not_yaml"),
        (GOOD, "- a\n", "wrong_shape"),
    ],
)
def test_each_mistake_has_its_code(old, new, code):
    assert code in codes(GOOD.replace(old, new))


def test_a_mistake_carries_the_values_that_a_translation_needs():
    with pytest.raises(MeasureError) as caught:
        parse_model(GOOD.replace("items: [cusa]", "items: [qual_1]"))
    (problem,) = caught.value.details["problems"]
    assert problem["values"] == {"item": "qual_1", "first": "QUAL", "second": "CUSA"}
