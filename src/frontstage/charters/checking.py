"""Every mistake of a charter at once, each with its line and its remedy."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

from frontstage.charters.index_tree import index_problems
from frontstage.charters.lifecycles import lifecycle_problems
from frontstage.charters.meaning import meaning_problems
from frontstage.foundation.placed_yaml import Problem, Reading, read


@cache
def _validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(Path(__file__).with_name("schema.json").read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(schema)


def check(text: str, *, file: str = "") -> list[Problem]:
    """All mistakes in the text, by line; none: it can be applied. ``file`` is for the caller's messages only."""
    reading = read(text)
    problems = list(reading.problems)
    if reading.data is not None:
        shape = list(_shape_problems(reading))
        problems += shape
        # What the parts mean is judged part by part: a part whose shape is wrong is passed over.
        judges: tuple[Callable[[Reading], Iterator[Problem]], ...] = (
            meaning_problems,
            lifecycle_problems,
            index_problems,
        )
        for judge in judges:
            problems += _patiently(judge, reading, has_shape=not shape)
    return sorted(set(problems), key=lambda problem: (problem.line, problem.column, problem.message))


def _patiently(
    judge: Callable[[Reading], Iterator[Problem]], reading: Reading, *, has_shape: bool
) -> Iterator[Problem]:
    """The judge's findings; where the shape is wrong already, up to where it makes judging impossible."""
    findings = judge(reading)
    while True:
        try:
            yield next(findings)
        except StopIteration:
            return
        except (KeyError, TypeError, AttributeError, ValueError, IndexError):
            if has_shape:
                raise
            return


def _shape_problems(reading: Reading) -> Iterator[Problem]:
    for error in _validator().iter_errors(reading.data):
        path = tuple(error.absolute_path)
        yield reading.problem(path, *_said(error))


def _said(error: jsonschema.ValidationError) -> tuple[str, str]:
    """A schema error in plain words, with its remedy."""
    schema: dict[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    value: Any = error.validator_value
    instance: Any = error.instance
    description = str(schema.get("description", ""))
    if error.validator == "required":
        missing = [name for name in value if name not in instance]
        return f"{', '.join(missing)} is missing.", f"Add it. {description}".strip()
    if error.validator == "additionalProperties":
        known = ", ".join(schema.get("properties", {}))
        unknown = [name for name in instance if name not in schema.get("properties", {})]
        return f"{', '.join(map(str, unknown))} is not known here.", f"Remove it, or use one of: {known}."
    if error.validator == "enum":
        return f"“{instance}” cannot stand here.", f"Use one of: {', '.join(map(str, value))}."
    if error.validator == "pattern":
        return f"“{instance}” is not written as it should be.", description or f"It must match {value}."
    if error.validator == "type":
        return f"This should be {value}, not {type(instance).__name__}.", description or "Write it so."
    return f"{error.message}.", description or "See the schema."
