"""Every mistake is found at once, at its line, with a remedy; the shipped charters have none."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from frontstage.cases.rules import Lifecycle
from frontstage.charters.public import check

LIBRARY = Path(__file__).resolve().parents[2] / "src/frontstage/charters/library"
SHIPPED = sorted(LIBRARY.glob("*.yaml"))
GAS = (LIBRARY / "gas_supply.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_shipped_charter_has_no_mistake(file: Path) -> None:
    assert check(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("right", "wrong", "message", "remedy"),
    [
        ("organisation:", "organization:", "organisation is missing", "Add it"),
        ("points: 40", "points: 41", "total 101", "exactly 100"),
        ("within: PT6H", "within: 6 hours", "no length of time", "PT6H"),
        ("within: PT6H", "within: PT0S", "no length of time", "PT6H"),
        ("calendar: office", "calendar: offise", "no calendar “offise”", "always, office"),
        ("team_code: desk_complaints", "team_code: desk", "no team “desk”", "desk_complaints"),
        ('met_on: ["state:repaired"]', 'met_on: ["state:mended"]', "no state “mended”", "repaired"),
        ("starts_on: case.opened", "starts_on: case.open", "ever happens", "case.opened"),
        ("pauses_in: [waiting]", "pauses_in: [sleeping]", "no state “sleeping”", "waiting"),
        ("kinds: [complaint]", "kinds: [complain]", "no kind of case", "complaint"),
        ("severities: [major]", "severities: [huge]", "no severity", "major"),
        ("Asia/Shanghai", "Asia/Chengdoo", "not a time zone", "IANA"),
        ('mon: [["08:30", "12:00"], ["13:30"', 'mon: [["08:30", "14:00"], ["13:30"', "overlaps", "Part them"),
        ('mon: [["08:30", "12:00"]', 'mon: [["12:30", "12:00"]', "runs backwards", "after it begins"),
        ("effective_from: 2025-01-01", "effective_from: 2025-13-01", "not a date", "2026-01-31"),
        (
            "effective_from: 2025-01-01",
            "effective_from: 2025-01-01\neffective_to: 2024-01-01",
            "ends before",
            "later",
        ),
        ("code: northgate", "code: lakeside", "used twice", "another code"),
        ("zh: 滨江燃气", "cn: 滨江燃气", "cn is not known", "en, zh"),
        ("initial: reported", "initial: rported", "no state “rported”", "reported"),
        ("by: [customer]", "by: [costumer]", "cannot stand here", "customer"),
        ("upon: [visit.arrived]", "upon: [visit.arived]", "ever happens", "visit.arrived"),
        ("version: 1\neffective", "version: one\neffective", "should be integer", "Raised"),
        ("dimension: empathy", "dimension: sympathy", "no dimension “sympathy”", "empathy"),
        ("months: 24", "months: 0", "less than the minimum", ""),
        (
            "questions: [exp_depend]",
            "questions: [exp_dependd]",
            "no rating question “exp_dependd”",
            "exp_depend",
        ),
        ("questions: [exp_depend]", "questions: []", "should be non-empty", ""),
        (
            "questions: [exp_depend]",
            "questions: [exp_depend, exp_needs]",
            "measures two indicators",
            "with one",
        ),
        ("code: loyalty", "code: loyality", "cannot stand here", "loyalty"),
        (
            "kinds: [inquiry, service_request, suggestion, praise]",
            "kinds: [inquiry, complaint]",
            "Two studies ask",
            "after_service",
        ),
        (
            "kinds: [inquiry, service_request, suggestion, praise]",
            "kinds: [enquiry]",
            "no kind of case",
            "inquiry",
        ),
        ("code: service_index", "code: after_service", "used twice", "another code"),
        ("maximum: 10", "maximum: 1", "runs backwards", "exceed"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_its_remedy(
    right: str, wrong: str, message: str, remedy: str
) -> None:
    assert right in GAS
    problems = check(GAS.replace(right, wrong, 1))
    found = [p for p in problems if message in p.message and remedy in p.remedy]
    assert found, problems
    line = GAS[: GAS.index(right)].count("\n") + 1
    assert any(abs(p.line - line) <= 12 for p in found)


def test_a_question_without_a_leaf_is_named_at_its_own_line() -> None:
    problems = check(GAS.replace("questions: [exp_overall, exp_needs]", "questions: [exp_needs]"))
    (found,) = problems
    assert "No indicator is measured by “exp_overall”" in found.message
    assert "or remove it" in found.remedy
    assert "code: exp_overall" in GAS.splitlines()[found.line - 1]


def test_an_index_has_all_six_factors() -> None:
    said = [p.message for p in check(GAS.replace("code: loyalty", "code: complaints"))]
    assert any("lacks loyalty" in message for message in said)
    assert any("used twice" in message for message in said)


def test_a_charter_without_an_index_is_whole() -> None:
    begin = GAS.index("  # In the structure of GB/T 19038")
    assert check(GAS[:begin]) == []


def test_all_mistakes_are_found_in_one_go() -> None:
    broken = GAS.replace("points: 40", "points: 41").replace("calendar: office", "calendar: offise")
    broken = broken.replace("initial: received", "initial: recieved", 1)
    assert len({p.message for p in check(broken)}) >= 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a: [",
        "- 1\n- 2",
        "just words",
        "charter: x\ncharter: y",
        "\tx: 1",
        "a: &b [*b]",
        "!!python/object:os.system {}",
    ],
)
def test_what_is_no_charter_is_explained_and_never_raises(text: str) -> None:
    assert check(text)


def test_a_state_without_a_way_out_and_one_without_a_way_in_are_found() -> None:
    data = yaml.safe_load(GAS.replace("effective_from: 2025-01-01", 'effective_from: "2025-01-01"'))
    states = data["lifecycles"]["simple"]["states"]
    states["limbo"] = {"name": {"en": "Limbo", "zh": "悬空"}}
    states["island"] = {"name": {"en": "Island", "zh": "孤岛"}}
    data["lifecycles"]["simple"]["transitions"]["sink"] = {
        "from": ["received"], "to": "limbo", "name": {"en": "Sink", "zh": "沉"}, "by": ["agent"],
    }  # fmt: skip
    said = " ".join(p.message for p in check(yaml.safe_dump(data, allow_unicode=True)))
    assert "“limbo” can never end" in said
    assert "No road leads to “island”" in said


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_whatever_part_is_torn_out_the_checker_answers(data: st.DataObject) -> None:
    lines = GAS.splitlines()
    first = data.draw(st.integers(0, len(lines) - 1))
    last = data.draw(st.integers(first, min(first + 40, len(lines))))
    for problem in check("\n".join(lines[:first] + lines[last:])):
        assert problem.line >= 1
        assert problem.message


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_every_step_of_a_shipped_lifecycle_can_be_made_by_somebody_and_every_state_ends(file: Path) -> None:
    """The same properties as the checker's, walked over the engine's own reading of the lifecycle."""
    for declared in yaml.safe_load(file.read_text(encoding="utf-8"))["lifecycles"].values():
        lifecycle = Lifecycle(declared)
        people = ["agent", "team_lead", "customer"]
        for state in lifecycle.states:
            seen, ahead = set(), [state]
            while ahead:
                at = ahead.pop()
                seen.add(at)
                ahead += [s.target for s in lifecycle.steps_from(at, people) if s.target not in seen]
            assert any(not lifecycle.is_open(s) for s in seen), state
