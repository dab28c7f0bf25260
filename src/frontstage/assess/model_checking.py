"""Every mistake of a model file at once, each with its line, its column and its remedy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from frontstage.assess.model_meaning import Finding, did_you_mean, findings
from frontstage.foundation.placed_yaml import Reading, read


@dataclass(frozen=True)
class Mistake:
    """One mistake; ``code`` and ``values`` are what a translation of its message needs."""

    line: int
    column: int
    path: str
    code: str
    message: str
    remedy: str
    values: dict[str, Any] = field(default_factory=dict)


def check(text: str) -> list[Mistake]:
    """All mistakes in the text, by line; none: a model can be made of it."""
    reading = read_as_text(text)
    if reading.problems and reading.data is None:
        return [Mistake(p.line, p.column, p.path, "not_yaml", p.message, p.remedy) for p in reading.problems]
    mistakes = [Mistake(p.line, p.column, p.path, "key_twice", p.message, p.remedy) for p in reading.problems]
    mistakes += [_placed(reading, finding) for finding in _shape_findings(reading.data)]
    if isinstance(reading.data, dict):
        mistakes += [_placed(reading, finding) for finding in findings(reading.data)]
    unique = {(m.line, m.column, m.message): m for m in mistakes}
    return sorted(unique.values(), key=lambda m: (m.line, m.column, m.message))


def read_as_text(text: str) -> Reading:
    """The file with every name as it is written: ``on``, ``yes`` and ``1`` are names, not truth values.

    Only limits of scales and missing codes become numbers.
    """
    reading = read(text)
    if reading.data is not None:
        reading.data = _numbered(yaml.load(text, Loader=yaml.BaseLoader), "")  # noqa: S506  # text alone
    return reading


def _numbered(node: Any, key: str) -> Any:
    if isinstance(node, dict):
        return {name: _numbered(value, name) for name, value in node.items() if isinstance(name, str)}
    if isinstance(node, list):
        return [_numbered(value, key) for value in node]
    if key in ("min", "max", "codes"):
        return _number(node)
    return node


def _number(text: str) -> float | str:
    try:
        number = float(text)
    except ValueError:
        return text
    # nan and inf are no limits, and no codes.
    return number if abs(number) < float("inf") else text


def _placed(reading: Reading, finding: Finding) -> Mistake:
    line, column = reading.place(finding.path)
    where = ".".join(str(part) for part in finding.path)
    return Mistake(line, column, where, finding.code, finding.message, finding.remedy, finding.values)


@cache
def _validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(Path(__file__).with_name("model.schema.json").read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(schema)


def _shape_findings(data: Any) -> Iterator[Finding]:
    for error in _validator().iter_errors(data):
        yield from _said(error, tuple(error.absolute_path))


def _said(error: jsonschema.ValidationError, path: tuple[Any, ...]) -> Iterator[Finding]:
    """A schema error in plain words, with its remedy."""
    schema: dict[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    value: Any = error.validator_value
    told = str(schema.get("description", "See the model's schema."))
    if error.validator == "required":
        for name in (name for name in value if name not in error.instance):
            message = f"“{name}” is missing."
            yield Finding(path, "key_missing", message, f"Add it. {told}", {"key": name})
    elif error.validator == "additionalProperties":
        known = list(schema["properties"])
        for name in (name for name in error.instance if name not in known):
            remedy = f"{did_you_mean(name, known)}Known here: {', '.join(known)}."
            yield Finding((*path, name), "key_unknown", f"“{name}” is not known here.", remedy, {"key": name})
    elif error.validator == "enum":
        remedy = f"{did_you_mean(str(error.instance), value)}Use one of: {', '.join(value)}."
        values = {"value": error.instance, "known": value}
        yield Finding(path, "value_unknown", f"“{error.instance}” cannot stand here.", remedy, values)
    elif error.validator in ("minItems", "minLength", "minProperties"):
        yield Finding(path, "too_few", "There is too little here.", told, {"least": value})
    else:
        shown = "a list" if isinstance(error.instance, list) else f"“{error.instance}”"
        shown = "a group of keys" if isinstance(error.instance, dict) else shown
        yield Finding(path, "wrong_shape", f"{shown} cannot stand here.".capitalize(), told, {"value": shown})
