"""Pure decisions about the index: its model, its table of answers, and which figures may be shown."""

from __future__ import annotations

import copy
import csv
import io
import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from frontstage.measure.intervals import Summary

FACTORS = ("expectation", "quality", "value", "satisfaction", "complaints", "loyalty")
TARGET = "satisfaction"
# In the structure of GB/T 19038: what moves what.
PATHS = (
    ("expectation", ("quality", "value", "satisfaction")),
    ("quality", ("value", "satisfaction")),
    ("value", ("satisfaction",)),
    ("satisfaction", ("complaints", "loyalty")),
    ("complaints", ("loyalty",)),
)
# A rising index of these is bad news.
LOWER_IS_BETTER = frozenset({"complaints"})
BOOTSTRAP, SEED = 1000, 1
MOST_GROUPS = 8
COLUMNS = ("answer", "answered_at", "district", "kind", "language")
# Below .60 a factor's questions do not measure one thing: its index would be a number without a meaning.
LEAST_RELIABILITY = 0.6

Document = dict[str, Any]


def model_text(
    factors: Sequence[Mapping[str, Any]],
    texts: Mapping[str, Mapping[str, str]],
    *,
    minimum: int,
    maximum: int,
) -> str:
    """model.yaml of the tree; ``texts`` gives each question's wording by language."""
    questions = {f["code"]: [q for i in f["indicators"] for q in i["questions"]] for f in factors}
    model = {
        "name": "satisfaction-index",
        "label": {"en": "Satisfaction index", "zh": "满意度指数"},
        "constructs": {
            factor["code"]: {
                "mode": "A",
                "label": dict(factor["name"]),
                "items": [{"name": q, "label": dict(texts[q])} for q in questions[factor["code"]]],
            }
            for factor in factors
        },
        "paths": [{"from": start, "to": list(ends)} for start, ends in PATHS],
        "scheme": "path",
        "scale": {"min": minimum, "max": maximum},
        "off_scale": "refuse",
        "missing": {"treat": "mean"},
        "target": TARGET,
    }
    return yaml.safe_dump(model, allow_unicode=True, sort_keys=False, width=110)


def questions_of(factors: Iterable[Mapping[str, Any]]) -> list[str]:
    """Every question of the tree in its order."""
    return [q for factor in factors for indicator in factor["indicators"] for q in indicator["questions"]]


def csv_text(rows: Iterable[Sequence[Any]], questions: Sequence[str]) -> str:
    """answers.csv: a respondent a row, in the order of ``COLUMNS`` and the questions; an empty cell is no answer."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*COLUMNS, *questions])
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return out.getvalue()


def group_of(districts: Iterable[str], *, wanted: str) -> str | None:
    """The column whose groups are compared; None where one district was asked for or there are too many."""
    return "district" if not wanted and 2 <= len(set(filter(None, districts))) <= MOST_GROUPS else None


def command(group: str | None) -> str:
    """What makes every figure of a run again, from its answers.csv and model.yaml."""
    parts = ["frontstage", "assess", "answers.csv", "--model", "model.yaml"]
    parts += ["--bootstrap", str(BOOTSTRAP), "--seed", str(SEED)]
    return shlex.join([*parts, "--group", group] if group else parts)


def may_be_shown(document: Document) -> Document:
    """The document without the indices that must not be read: those whose questions do not hang together.

    What the science refused (a negative weight) is missing already. Where the target itself is refused, what
    rests on it is too: the map and the priorities.
    """
    shown = copy.deepcopy(document)
    refused = shown.setdefault("index_refused", {})
    for name, value in (shown.get("reliability") or {}).items():
        rho = value.get("rho_c")
        if name not in refused and rho is not None and rho < LEAST_RELIABILITY:
            refused[name] = "unreliable"
    for name in refused:
        shown["index"][name] = None
        shown.get("index_interval", {}).pop(name, None)
        for level in (shown.get("groups") or {}).get("levels", []):
            level["index"][name] = None
    map_ = shown.get("importance_performance")
    if map_:
        gone = shown["model"]["constructs"] if TARGET in refused else []
        names = {construct["name"] for construct in gone} | set(refused)
        map_["constructs"] = [row for row in map_["constructs"] if row["name"] not in names]
        map_["items"] = [row for row in map_["items"] if row["construct"] not in names]
        map_["priorities"] = [row for row in map_["priorities"] if row["construct"] not in names]
    return shown


@dataclass(frozen=True)
class Figure:
    """An index with its interval, or the code of the reason why there is none."""

    code: str
    value: float | None
    low: float | None
    high: float | None
    refused: str
    r2: float | None


def figures_of(shown: Document) -> list[Figure]:
    """The factors of a shown document, in the model's order."""
    found = []
    for construct in shown["model"]["constructs"]:
        name = construct["name"]
        around = (shown.get("index_interval") or {}).get(name) or {}
        refused = (shown.get("index_refused") or {}).get(name, "")
        found.append(
            Figure(
                name, shown["index"].get(name), around.get("low"), around.get("high"), refused,
                (shown.get("r2") or {}).get(name),
            )
        )  # fmt: skip
    return found


def indicator_figures(shown: Document, questions: Sequence[str]) -> tuple[float | None, float | None]:
    """Importance (index points that a rise of all its questions by one point brings) and performance (0 to 100)."""
    rows = [row for row in shown["importance_performance"]["items"] if row["name"] in questions]
    gains = {row["name"]: row["gain"] for row in shown["importance_performance"]["priorities"]}
    if not rows:
        return None, None
    known = [gains[row["name"]] for row in rows if row["name"] in gains]
    return (sum(known) if known else None), sum(row["performance"] for row in rows) / len(rows)


def own_index(document: Document, factor: str) -> dict[str, tuple[float, float]]:
    """Question -> (points of the index a point of its scale is worth, its mean): the weights of a run.

    A respondent's own index is Σ points · (answer − minimum); a missing answer counts as the mean.
    """
    items = {item["name"]: item for item in document["model"]["items"]}
    raw = {name: weight / items[name]["sd"] for name, weight in document["weights"][factor].items()}
    span = sum(w * (items[n]["maximum"] - items[n]["minimum"]) for n, w in raw.items())
    return {name: (100 * w / span, items[name]["mean"]) for name, w in raw.items()}


def quarter_of(start: str) -> str:
    """The first month of the quarter in which a month lies: "2026-05-01" -> "2026-04-01"."""
    year, month = int(start[:4]), int(start[5:7])
    return f"{year}-{3 * ((month - 1) // 3) + 1:02d}-01"


def sums_by(months: Sequence[Mapping[str, Any]], *, quarter: bool) -> dict[str, Summary]:
    """First day -> the sums of that month or quarter, oldest first."""
    found: dict[str, Summary] = {}
    for month in months:
        key = quarter_of(month["start"]) if quarter else month["start"]
        own = Summary(month["n"], month["total"], month["squares"])
        found[key] = found[key] + own if key in found else own
    return found
