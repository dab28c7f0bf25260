"""Gaps from a data file and an instrument file: the figures, the document, and every refusal with its place."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
import yaml
from scipy import stats

from frontstage.assess.servqual import GapChoices, load_instrument, parse_instrument, servqual
from frontstage.assess.servqual.instrument_file import INSTRUMENT, SHIPPED, shipped_instruments
from frontstage.measure.errors import MeasureError
from frontstage.measure.gaps import servqual_instrument, six_criteria_instrument
from tests.assess import documents

EXAMPLES = SHIPPED.parent / "examples"
SMALL = """\
name: small
scale: {min: 1, max: 7}
dimensions:
  look: {label: {en: Look, zh: 外观}, items: [a, b]}
  speed: {items: [{name: c, expectation: wanted, perception: got, label: {en: Speed}}]}
points: {speed: 60, look: 40}
missing: {codes: [-99]}
"""
HEADER = "a_e,b_e,wanted,a_p,b_p,got,town,w\n"
ROWS = "5,6,7,6,4,5,east,1\n4,4,6,4,,4,east,1\n7,5,5,-99,3,5,west,2\n6,6,6,6,6,3,west,0\n"


@pytest.fixture
def run(tmp_path: Path):
    def run(rows: str = ROWS, instrument: str = SMALL, header: str = HEADER, **given: Any) -> dict[str, Any]:
        (tmp_path / "small.yaml").write_text(instrument, encoding="utf-8")
        (tmp_path / "data.csv").write_text(header + rows, encoding="utf-8")
        given.setdefault("rules", {"few_answers": "off"})
        return servqual(GapChoices(str(tmp_path / "data.csv"), str(tmp_path / "small.yaml"), **given))

    return run


def example(**given: Any) -> dict[str, Any]:
    return servqual(GapChoices(str(EXAMPLES / "servqual.csv"), "servqual", **given))


def refusal(act: Any, *arguments: Any, **given: Any) -> MeasureError:
    with pytest.raises(MeasureError) as caught:
        act(*arguments, **given)
    assert caught.value.remedy
    return caught.value


def problems(text: str) -> list[tuple[int, str]]:
    error = refusal(parse_instrument, text, source="i.yaml")
    assert error.code == "instrument_file"
    found = error.details["problems"]
    assert all(
        f"i.yaml:{p['line']}:{p['column']}: {p['message']} {p['remedy']}" in error.message for p in found
    )
    return [(p["line"], p["code"]) for p in found]


# The figures


def test_gaps_are_those_worked_by_hand(run):
    document = run()
    look, speed = document["dimensions"]
    # Respondents' own gaps: look (1-2)/2, 0, -2, 0; speed -2, -2, 0, -3.
    assert (look["gap"], speed["gap"]) == (pytest.approx(-2.5 / 4), pytest.approx(-7 / 4))
    assert (look["expectation"], look["perception"]) == (pytest.approx(5.125), pytest.approx(4.5))
    expected = stats.ttest_1samp([-2, -2, 0, -3], 0)
    assert (speed["t"], speed["p"]) == (pytest.approx(expected.statistic), pytest.approx(expected.pvalue))
    interval = expected.confidence_interval(0.95)
    assert (speed["low"], speed["high"]) == (pytest.approx(interval.low), pytest.approx(interval.high))
    assert document["unweighted"]["estimate"] == pytest.approx((-0.625 - 1.75) / 2)


def test_points_weight_once_and_are_not_divided_by_the_number_of_dimensions(run):
    document = run()
    assert document["weighted"]["estimate"] == pytest.approx(0.4 * -0.625 + 0.6 * -1.75)
    assert document["points"] == {"look": 40.0, "speed": 60.0}
    assert run(instrument=SMALL.replace("points: {speed: 60, look: 40}\n", ""))["weighted"] is None


def test_half_pairs_are_left_out_and_counted(run):
    document = run()
    assert document["excluded"] == 2
    assert [item["n"] for item in document["items"]] == [3, 3, 4]
    assert document["items"][2] == {
        **document["items"][2], "item": "c", "dimension": "speed", "label": {"en": "Speed"}, "gap": -1.75
    }  # fmt: skip


def test_p_values_of_dimensions_are_corrected_by_holm(run):
    look, speed = sorted(run()["dimensions"], key=lambda row: -row["p"])
    assert speed["p_adjusted"] == pytest.approx(min(1, 2 * speed["p"]))
    assert look["p_adjusted"] == pytest.approx(max(look["p"], speed["p_adjusted"]))


def test_each_answered_pair_delights_satisfies_or_disappoints(run):
    look, speed = run()["dimensions"]
    assert look["states"] == {"delighted": 1, "satisfied": 3, "disappointed": 2}
    assert speed["states"] == {"delighted": 0, "satisfied": 1, "disappointed": 3}


def test_an_item_worded_in_reverse_has_both_halves_turned(run):
    turned = SMALL.replace("{name: c,", "{name: c, reversed: true,")
    plain, document = run()["dimensions"][1], run(instrument=turned)["dimensions"][1]
    assert document["gap"] == pytest.approx(-plain["gap"])
    assert document["expectation"] == pytest.approx(8 - plain["expectation"])
    assert document["states"] == {"delighted": 3, "satisfied": 1, "disappointed": 0}


def test_weights_of_respondents_count_and_a_weight_of_0_leaves_out(run):
    document = run(weights="w")
    assert document["dimensions"][1]["gap"] == pytest.approx((-2 - 2 + 2 * 0) / 4)
    assert document["n"] == 3
    rows = document["rows"]
    assert (rows["read"], rows["used"], rows["weight_zero"], rows["left_out"]) == (4, 3, 1, 1)
    assert rows["weight"] == 4 and rows["effective_n"] == pytest.approx(16 / 6)


def test_equal_weights_change_nothing(run):
    rows = ROWS.replace("west,2", "west,3").replace("west,0", "west,3").replace("east,1", "east,3")
    weighted, plain = run(rows, weights="w"), run(rows)
    assert weighted["unweighted"] == pytest.approx(plain["unweighted"])
    for one, other in zip(weighted["dimensions"], plain["dimensions"], strict=True):
        assert one.pop("states") == other.pop("states")
        assert one == pytest.approx(other)


def test_perceptions_alone_are_measured_without_columns_of_expectations(run):
    rows = "6,4,5\n4,,4\n,3,5\n6,6,3\n"
    document = run(rows, header="a_p,b_p,got\n", perception_only=True)
    look, speed = document["dimensions"]
    assert (look["perception"], speed["perception"]) == (pytest.approx(4.5), pytest.approx(17 / 4))
    empty = ("expectation", "gap", "t", "p", "p_adjusted", "states")
    assert all(look[key] is None for key in empty)
    interval = stats.ttest_1samp([5, 4, 5, 3], 0).confidence_interval(0.95)
    assert (speed["low"], speed["high"]) == (pytest.approx(interval.low), pytest.approx(interval.high))
    assert document["unweighted"]["estimate"] == pytest.approx((4.5 + 4.25) / 2)
    assert document["weighted"]["estimate"] == pytest.approx(0.4 * 4.5 + 0.6 * 4.25)
    assert document["excluded"] == 0 and document["settings"]["measure"] == "perception"


def test_perceptions_of_the_example_are_the_same_with_and_without_expectations_where_all_are_paired(run):
    rows = "5,6,7,6,4,5,east,1\n4,4,6,4,2,4,east,1\n"
    both, alone = run(rows), run(rows, perception_only=True)
    for one, other in zip(
        both["dimensions"] + both["items"], alone["dimensions"] + alone["items"], strict=True
    ):
        assert one["perception"] == pytest.approx(other["perception"])
    assert {key for row in both["dimensions"] for key in row} == {
        key for row in alone["dimensions"] for key in row
    }


# Groups


def test_every_level_has_its_own_gaps_and_every_pair_its_differences(run):
    groups = run(group="town")["groups"]
    assert groups["column"] == "town" and [g["level"] for g in groups["levels"]] == ["east", "west"]
    east, west = groups["levels"]
    assert (east["n"], west["n"]) == (2, 2)
    assert (east["dimensions"][0]["gap"], west["dimensions"][0]["gap"]) == (-0.25, -1)
    (pair,) = groups["comparisons"]
    assert (pair["a"], pair["b"]) == ("east", "west")
    assert pair["dimensions"][0]["difference"] == pytest.approx(-0.25 + 1)
    welch = stats.ttest_ind([-0.5, 0], [-2, 0], equal_var=False)
    assert pair["dimensions"][0]["p"] == pytest.approx(welch.pvalue)
    interval = welch.confidence_interval(0.95)
    assert pair["dimensions"][0]["low"] == pytest.approx(interval.low)
    assert pair["dimensions"][0]["high"] == pytest.approx(interval.high)


def test_all_pairs_and_dimensions_are_one_family_for_the_correction():
    pairs = example(group="district")["groups"]["comparisons"]
    rows = [row for pair in pairs for row in pair["dimensions"]]
    assert len(rows) == 6 * 5
    least = min(rows, key=lambda row: row["p"])
    assert least["p_adjusted"] == pytest.approx(30 * least["p"])
    assert all(row["p_adjusted"] >= row["p"] for row in rows)


def test_differences_of_groups_do_not_depend_on_the_base_of_perceptions():
    groups = example(group="district", perception_only=True)["groups"]
    means = {g["level"]: g["dimensions"][0]["perception"] for g in groups["levels"]}
    for pair in groups["comparisons"]:
        row = pair["dimensions"][0]
        assert row["difference"] == pytest.approx(means[pair["a"]] - means[pair["b"]])
        assert row["low"] < row["difference"] < row["high"]
    assert [test["code"] for test in groups["any_difference"]][-1] == "unweighted"


def test_rows_without_a_group_count_in_the_whole_only(run):
    document = run(ROWS + "5,5,5,5,5,5,,1\n", group="town")
    assert document["n"] == 5 and sum(g["n"] for g in document["groups"]["levels"]) == 4


@pytest.mark.parametrize(("column", "count"), [("w", 31), ("town", 1)])
def test_a_column_that_makes_no_groups_is_refused(run, column, count):
    rows = "".join(f"5,6,7,6,4,5,east,{number}\n" for number in range(31))
    error = refusal(run, rows, group=column)
    assert error.code == "group_levels" and error.details == {"column": column, "count": count, "most": 30}


def test_a_group_without_answers_in_a_dimension_has_no_figure_there_and_breaks_nothing(run):
    rows = "5,6,7,6,4,5,east,1\n4,4,6,4,2,4,east,1\n5,5,,5,5,,west,1\n6,6,5,6,6,5,north,1\n"
    groups = run(rows, group="town")["groups"]
    west = groups["levels"][2]
    assert west["level"] == "west" and west["unweighted"] is None
    assert west["dimensions"][1]["gap"] is None and west["dimensions"][1]["n"] == 0
    pairs = {(pair["a"], pair["b"]): pair["dimensions"][1] for pair in groups["comparisons"]}
    assert pairs["east", "west"] == dict.fromkeys(("difference", "low", "high", "p", "p_adjusted")) | {
        "code": "speed"
    }
    assert pairs["east", "north"]["difference"] == -2 and pairs["east", "north"]["low"] is None


# What the data do wrong


def test_an_answer_off_the_scale_is_refused_with_its_place(run):
    error = refusal(run, ROWS.replace("4,4,6,4,,4", "4,4,6,4,,8"))
    assert (
        error.code == "off_scale"
        and "data.csv, row 3, column “got”: 8 is off the scale from 1 to 7" in str(error)
    )


def test_an_answer_off_the_scale_is_missing_where_the_instrument_says_so(run):
    document = run(ROWS.replace("4,4,6,4,,4", "4,4,6,4,,8"), SMALL + "off_scale: missing\n")
    assert document["dimensions"][1]["n"] == 3 and document["settings"]["off_scale_values"] == 1


def test_missing_columns_are_named_and_the_nearest_suggested(run):
    error = refusal(run, header=HEADER.replace("got", "gott"))
    assert error.code == "unknown_column" and error.details["suggestions"] == {"got": "gott"}


def test_data_without_any_expectations_are_told_of_the_option(run):
    error = refusal(run, "6,4,5\n", header="a_p,b_p,got\n")
    assert error.code == "no_expectations" and "--perception-only" in error.remedy


def test_words_in_a_column_of_answers_are_refused_with_their_place(run):
    error = refusal(run, ROWS.replace("7,5,5,", "7,good,5,"))
    assert "row 4" in str(error) and "b_e" in str(error)


def test_rows_without_one_whole_pair_are_refused(run):
    assert refusal(run, "5,5,5,,,,east,1\n").code == "no_pairs"


def test_all_rows_without_weight_are_refused(run):
    assert refusal(run, "5,6,7,6,4,5,east,0\n", weights="w").code == "no_pairs"


def test_negative_weights_are_refused(run):
    assert refusal(run, ROWS.replace("west,2", "west,-2"), weights="w").code == "weight_value"


def test_a_rule_of_quality_can_leave_rows_out_or_be_switched_off(run):
    rows = ROWS + ",,,,5,,west,1\n"
    assert run(rows, rules={})["rows"]["doubtful"] == 1
    document = run(rows, rules={"few_answers": "off"})
    assert document["rows"]["doubtful"] == 0 and document["rows"]["unpaired"] == 1
    error = refusal(run, rows, rules={"few_answers": "refuse"})
    assert error.code == "few_answers" and error.details["rows"] == [5]


def test_answers_given_too_fast_are_reported(run):
    finding = {f["rule"]: f for f in run(seconds="w")["quality"]["findings"]}["speeding"]
    assert finding["count"] == 4 and finding["rows"] == [1, 2, 3, 4]


def test_a_second_answer_of_one_respondent_is_left_out(run):
    document = run(identifier="town")
    assert document["n"] == 2 and document["quality"]["kept"] == 2


def test_a_confidence_that_is_no_share_is_refused_before_anything_is_read():
    assert refusal(servqual, GapChoices("nowhere.csv", "servqual", confidence=95)).code == "confidence"


def test_more_values_than_memory_holds_are_refused_with_a_remedy_of_this_command(run, monkeypatch):
    monkeypatch.setattr("frontstage.assess.gathering.CELLS_IN_MEMORY", 5)
    error = refusal(run)
    assert error.code == "gaps_too_large" and "engine" not in error.remedy


# Instrument files


def test_what_is_left_out_has_its_usual_value():
    instrument = parse_instrument(
        "scale: {min: 0, max: 4}\ndimensions: {on: {items: [yes, 1]}}\n", name="mine"
    )
    assert (instrument.name, instrument.minimum, instrument.maximum) == ("mine", 0, 4)
    assert [(i.name, i.expectation, i.perception) for i in instrument.items] == [
        ("yes", "yes_e", "yes_p"),
        ("1", "1_e", "1_p"),
    ]
    assert instrument.points is None and instrument.off_scale == "refuse" and instrument.missing_codes == ()


def test_patterns_name_the_columns_and_an_item_may_name_its_own():
    instrument = parse_instrument(SMALL + 'columns: {expectation: "E {item}", perception: "{item}"}\n')
    assert [i.expectation for i in instrument.items] == ["E a", "E b", "wanted"]
    assert [i.perception for i in instrument.items] == ["a", "b", "got"]


@pytest.mark.parametrize(("look", "total"), [(39, 99), (41, 101), (40.5, 100.5)])
def test_points_that_do_not_total_100_are_refused_with_their_line(look, total):
    text = SMALL.replace("look: 40", f"look: {look}")
    assert problems(text) == [(6, "points_total")]
    assert f"they total {total:g}" in str(refusal(parse_instrument, text))


def test_all_mistakes_are_told_at_once_in_the_order_of_their_lines():
    text = """\
scale: {min: 7, max: 1}
colums: {}
columns: {expectation: same}
dimensions:
  look: {items: [a, {name: b, reversed: perhaps}]}
  speed: {items: [a, {name: d, perception: a_p}], lable: {}}
points: {look: 50, sped: 50}
off_scale: keep
missing: {codes: [none]}
"""
    assert problems(text) == [
        (1, "scale_limits"),
        (2, "key_unknown"),
        (3, "pattern_without_item"),
        (5, "wrong_shape"),
        (6, "item_twice"),
        (6, "column_twice"),
        (6, "key_unknown"),
        (7, "no_points"),
        (7, "unknown_dimension"),
        (8, "value_unknown"),
        (9, "wrong_shape"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("scale: {min: 1, max: 7}\n", "", (1, "key_missing")),
        ("max: 7", "max: 6.5", (2, "wrong_shape")),
        ("items: [a, b]", "items: []", (4, "too_few")),
        ("speed: 60", "speed: -60", (6, "wrong_shape")),
        ("speed: 60", "speed: many", (6, "wrong_shape")),
        ("codes: [-99]", "codes: [7]", (7, "code_on_scale")),
        ("look: {label", "speed: {label", (5, "key_twice")),
        ("name: small", "name: [", (3, "not_yaml")),
        ("points: {speed: 60, look: 40}", "points: {}", (6, "no_points")),
    ],
)
def test_a_mistake_is_told_with_its_line(old, new, found):
    assert found in problems(SMALL.replace(old, new, 1))


def test_an_unknown_instrument_is_refused_with_the_nearest_name(tmp_path):
    error = refusal(load_instrument, "servqal")
    assert error.code == "instrument_missing" and "servqual" in error.remedy
    assert (
        error.details["shipped"] == ["servqual", "six-criteria"] and error.details["instrument"] == "servqal"
    )
    (tmp_path / "x.yaml").write_bytes("name: 服务".encode("gb18030"))
    assert refusal(load_instrument, str(tmp_path / "x.yaml")).code == "instrument_encoding"


# What is shipped


def test_shipped_instruments_are_those_of_the_science():
    assert shipped_instruments() == ("servqual", "six-criteria")
    for name, science in (("servqual", servqual_instrument()), ("six-criteria", six_criteria_instrument())):
        assert load_instrument(name).gap_instrument() == science


@pytest.mark.parametrize("name", shipped_instruments())
def test_shipped_instruments_are_bilingual_and_follow_their_schema(name):
    instrument = load_instrument(name)
    labels = [instrument.label, *(part.label for part in (*instrument.dimensions, *instrument.items))]
    assert all(set(label) == {"en", "zh"} and all(label.values()) for label in labels)
    data = yaml.safe_load((SHIPPED / f"{name}.yaml").read_text(encoding="utf-8"))
    schema = json.loads(INSTRUMENT.schema.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema)


def test_the_example_data_run_and_show_what_they_were_made_to_show():
    document = example(group="district", weights="weight")
    assert document["n"] == 200 and document["excluded"] > 0
    gaps = {row["code"]: row["gap"] for row in document["dimensions"]}
    assert min(gaps, key=gaps.get) in ("reliability", "responsiveness") and gaps["tangibles"] > 0
    assert [g["level"] for g in document["groups"]["levels"]] == [
        "Hillside",
        "Old Town",
        "Riverside",
        "Station",
    ]


def test_the_example_data_are_those_that_their_script_makes(tmp_path):
    script = tmp_path / "make_servqual.py"
    script.write_bytes((EXAMPLES / "make_servqual.py").read_bytes())
    subprocess.run([sys.executable, script], check=True)
    assert (tmp_path / "servqual.csv").read_bytes() == (EXAMPLES / "servqual.csv").read_bytes()


def test_the_gap_of_the_example_is_the_mean_over_respondents_of_their_mean_gaps():
    with (EXAMPLES / "servqual.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = [f"q{number:02d}" for number in range(5, 10)]
    gaps = np.array([[float(row[f"{n}_p"]) - float(row[f"{n}_e"]) for n in names] for row in rows])
    known = np.array([["-99" not in (row[f"{n}_p"], row[f"{n}_e"]) for n in names] for row in rows])
    expected = np.nanmean(np.where(known, gaps, np.nan), axis=1).mean()
    assert example()["dimensions"][1]["gap"] == pytest.approx(expected, abs=1e-12)


# The document


def test_the_keys_of_the_document_are_those_that_the_reports_expect(run):
    document, expected = run(group="town"), documents.servqual()
    assert set(expected) <= set(document)
    for key in ("dimensions", "items"):
        assert set(expected[key][0]) <= set(document[key][0])
    for key in ("instrument", "unweighted", "weighted", "quality"):
        assert set(expected[key]) <= set(document[key])
    assert set(document["groups"]["levels"][0]) >= {"level", "n", "dimensions", "unweighted"}
    assert set(document) == {
        "program", "n", "rows", "instrument", "dimensions", "items", "unweighted", "weighted", "points",
        "excluded", "groups", "settings", "quality",
    }  # fmt: skip


def test_the_document_is_plain_json_and_the_same_each_time():
    first, second = (json.dumps(example(group="district"), allow_nan=False) for _ in range(2))
    assert first == second


def test_settings_hold_every_choice_and_what_was_read(run, tmp_path):
    document = run(confidence=0.9, group="town", weights="w", command="frontstage servqual data.csv")
    settings = document["settings"]
    assert document["program"]["command"] == "frontstage servqual data.csv"
    assert (settings["confidence"], settings["group"], settings["weights"]) == (0.9, "town", "w")
    assert settings["missing_codes"] == [-99.0] and settings["points"] == {"look": 40.0, "speed": 60.0}
    for key, name in (("data", "data.csv"), ("instrument", "small.yaml")):
        assert settings[key]["sha256"] == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
    assert set(settings["versions"]) == {"frontstage", "numpy", "scipy", "python"}


def test_reading_is_reported():
    heard: list[tuple[str, int, int]] = []
    servqual(GapChoices(str(EXAMPLES / "servqual.csv"), "servqual"), lambda *told: heard.append(told))
    assert heard[-1] == ("rows", 200, 200)
