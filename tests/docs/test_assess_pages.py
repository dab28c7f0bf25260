"""What the pages on `assess` say is what the program reads and writes."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from frontstage.assess.analysis import assess
from frontstage.assess.choices import Choices
from frontstage.assess.model_file import parse_model
from frontstage.assess.servqual import GapChoices, servqual
from frontstage.assess.servqual.instrument_file import parse_instrument

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "src" / "frontstage" / "assess" / "examples"
HOW_TO = (ROOT / "docs" / "how-to" / "assess-a-spreadsheet.md").read_text(encoding="utf-8")
REFERENCE = (ROOT / "docs" / "reference" / "assess.md").read_text(encoding="utf-8")
# Below these keys stand names of constructs, items, dimensions and rules, which are the reader's own.
NAMED = {
    "index", "index_interval", "index_refused", "loadings", "weights", "loading_intervals", "weight_intervals",
    "r2", "r2_adjusted", "reliability", "fornell_larcker", "cross_loadings", "q2", "modes", "micom", "values",
    "versions", "rules", "label", "points",
}  # fmt: skip


def _yaml(begin: str) -> str:
    """The YAML blocks of the how-to from the one that begins with ``begin`` until a command is shown."""
    after = HOW_TO[HOW_TO.index(f"```yaml\n{begin}") :]
    blocks = re.findall(r"```yaml\n(.*?)```", after.split("```console")[0], re.DOTALL)
    return "".join(blocks)


def _keys(value, inside: str = ""):
    """Every key that is the program's own."""
    if isinstance(value, list):
        for each in value[:1]:
            yield from _keys(each, inside)
    elif isinstance(value, dict):
        for key, each in value.items():
            if inside in NAMED:
                yield from _keys(each)
            else:
                yield key
                yield from _keys(each, "" if (inside, key) in {("vif", "paths")} else key)


@pytest.fixture(scope="module")
def assessment():
    return assess(
        Choices(
            str(EXAMPLES / "six-factor.csv"), "six-factor", bootstrap=50, group="district", permutations=100
        )
    )


def test_the_model_of_the_how_to_is_a_model():
    model = parse_model(_yaml("name: gas-service"))
    assert model.target == "LOYA"
    assert model.items[:2] == ("quality_1", "quality_2")


def test_the_instrument_of_the_how_to_is_an_instrument():
    text = HOW_TO[HOW_TO.index("name: branch-visit") :].split("```")[0]
    assert parse_instrument(text).points == {"speed": 40, "people": 60}


def test_every_key_of_an_assessment_is_in_the_reference(assessment):
    own = {key for key in _keys(assessment) if key not in assessment["predict"]["items"]}
    own -= set(assessment["index"]) | {item["name"] for item in assessment["model"]["items"]}
    assert not {key for key in own if f"`{key}`" not in REFERENCE}


def test_every_key_of_a_gap_document_is_in_the_reference():
    document = servqual(GapChoices(str(EXAMPLES / "servqual.csv"), "servqual", group="district"))
    del document["settings"], document["quality"]
    assert not {key for key in _keys(document) if f"`{key}`" not in REFERENCE}


def test_every_code_of_a_verdict_is_in_the_reference(assessment):
    for verdict in assessment["verdicts"]:
        finding = verdict["code"].removeprefix(verdict["criterion"])
        assert f"`{verdict['code']}`" in REFERENCE or f"`…{finding}`" in REFERENCE, verdict["code"]


def test_the_tables_of_the_files_are_those_of_the_schemas(monkeypatch):
    monkeypatch.setattr(sys, "path", [str(ROOT / "docs"), *sys.path])
    import assess_reference

    assert assess_reference.is_up_to_date()
