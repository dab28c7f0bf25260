"""Which figures may be shown, and the two files from which a run is made again."""

from __future__ import annotations

import copy

import pytest

from frontstage.assess.model_file import parse_model
from frontstage.satisfaction.rules import (
    FACTORS,
    command,
    csv_text,
    figures_of,
    group_of,
    may_be_shown,
    model_text,
    own_index,
    questions_of,
    sums_by,
)

TREE = [
    {
        "code": code,
        "name": {"en": code.title(), "zh": code},
        "indicators": [{"code": f"{code}_all", "questions": [f"{code}_1", f"{code}_2"]}],
    }
    for code in FACTORS
]
TEXTS = {question: {"en": f"{question}: yes?", "zh": question} for question in questions_of(TREE)}
DOCUMENT = {
    "model": {
        "constructs": [{"name": "quality"}, {"name": "satisfaction"}],
        "items": [
            {"name": "s1", "minimum": 1, "maximum": 10, "mean": 6.0, "sd": 2.0},
            {"name": "s2", "minimum": 1, "maximum": 10, "mean": 7.0, "sd": 1.0},
        ],
    },
    "weights": {"satisfaction": {"s1": 0.5, "s2": 0.75}},
    "index": {"quality": 60.0, "satisfaction": 70.0},
    "index_interval": {"quality": {"low": 58.0, "high": 62.0}, "satisfaction": {"low": 68.0, "high": 72.0}},
    "reliability": {"quality": {"rho_c": 0.85}, "satisfaction": {"rho_c": 0.9}},
    "r2": {"quality": None, "satisfaction": 0.5},
    "groups": {"levels": [{"level": "north", "index": {"quality": 55.0, "satisfaction": 66.0}}]},
    "importance_performance": {
        "constructs": [{"name": "quality"}],
        "items": [{"name": "q1", "construct": "quality"}],
        "priorities": [{"name": "q1", "construct": "quality", "gain": 1.0}],
    },
}


def test_the_model_file_is_one_that_the_command_reads() -> None:
    model = parse_model(model_text(TREE, TEXTS, minimum=1, maximum=10))
    assert tuple(c.name for c in model.constructs) == FACTORS
    assert model.items == tuple(questions_of(TREE))
    assert model.target == "satisfaction"
    assert model.item_labels["value_1"] == {"en": "value_1: yes?", "zh": "value_1"}
    assert set(model.scales.values()) == {(1.0, 10.0)}


def test_an_answer_that_is_missing_is_an_empty_cell() -> None:
    text = csv_text([[7, "2026-11-01T08:00:00", "north", "inquiry", "en", 9, None]], ["a", "b"])
    assert text.splitlines() == [
        "answer,answered_at,district,kind,language,a,b", "7,2026-11-01T08:00:00,north,inquiry,en,9,",
    ]  # fmt: skip


def test_a_factor_whose_questions_do_not_hang_together_has_no_index_anywhere() -> None:
    document = copy.deepcopy(DOCUMENT)
    document["reliability"]["quality"]["rho_c"] = 0.59
    before = copy.deepcopy(document)
    shown = may_be_shown(document)
    quality, satisfaction = figures_of(shown)
    assert (quality.value, quality.low, quality.refused) == (None, None, "unreliable")
    assert (satisfaction.value, satisfaction.low) == (70.0, 68.0)
    assert shown["groups"]["levels"][0]["index"] == {"quality": None, "satisfaction": 66.0}
    assert shown["importance_performance"]["priorities"] == []
    assert document == before  # what is stored stays what the command wrote


def test_a_refused_target_takes_the_map_and_the_priorities_with_it() -> None:
    document = {**copy.deepcopy(DOCUMENT), "index_refused": {"satisfaction": "negative_weight"}}
    shown = may_be_shown(document)
    assert figures_of(shown)[1].refused == "negative_weight"
    assert shown["importance_performance"]["constructs"] == []
    assert shown["importance_performance"]["priorities"] == []


def test_a_respondents_own_index_runs_from_0_to_100() -> None:
    worth = own_index(DOCUMENT, "satisfaction")
    assert sum(points * (10 - 1) for points, _mean in worth.values()) == pytest.approx(100)
    assert worth["s2"][0] / worth["s1"][0] == pytest.approx(3)  # .75/1 against .5/2


@pytest.mark.parametrize(
    ("found", "wanted", "group"),
    [
        (["a", "b"], "", "district"),
        (["a", "b"], "a", None),
        (["a", "a", ""], "", None),
        ([str(i) for i in range(9)], "", None),
    ],
)
def test_districts_are_compared_where_there_are_two_to_eight(
    found: list[str], wanted: str, group: str | None
) -> None:
    assert group_of(found, wanted=wanted) == group
    assert ("--group district" in command(group)) == (group is not None)


def test_months_add_up_to_quarters() -> None:
    months = [
        {"start": "2026-01-01", "n": 2, "total": 140.0, "squares": 9850.0},
        {"start": "2026-03-01", "n": 1, "total": 60.0, "squares": 3600.0},
        {"start": "2026-04-01", "n": 1, "total": 80.0, "squares": 6400.0},
    ]
    assert list(sums_by(months, quarter=False)) == ["2026-01-01", "2026-03-01", "2026-04-01"]
    by_quarter = sums_by(months, quarter=True)
    assert {start: (own.n, own.total) for start, own in by_quarter.items()} == {
        "2026-01-01": (3, 200.0), "2026-04-01": (1, 80.0),
    }  # fmt: skip
