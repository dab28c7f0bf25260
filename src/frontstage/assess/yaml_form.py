"""A YAML file of a known form: a schema for its shape, a function for its meaning.

Every mistake is told at once, each with its line, its column and its remedy.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from frontstage.assess.yaml_dangers import dangers_of
from frontstage.foundation.placed_yaml import Problem, Reading, read
from frontstage.measure.errors import MeasureError

Place = tuple[str | int, ...]
# A model of 50 constructs with labels in both languages has 40 kB.
MOST_BYTES = 256_000
# More mistakes than anyone reads at once.
MOST_SHOWN = 30


@dataclass(frozen=True)
class Finding:
    """A mistake at a part of the file, with the values that its message names."""

    path: Place
    code: str
    message: str
    remedy: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Form:
    """What files of one kind must be.

    ``kind`` stands in messages and codes (“model”: ``model_file``, ``model_missing``, ``model_encoding``);
    ``schema`` judges the shape, ``meaning`` finds what the shape does not show, ``value`` turns the text at a
    place into the number that it is, ``shipped`` is the folder of files that come with the program.
    """

    kind: str
    schema: Path
    meaning: Callable[[dict[str, Any]], Iterator[Finding]]
    value: Callable[[Place, str], Any]
    shipped: Path

    @property
    def shipped_names(self) -> tuple[str, ...]:
        """The files that come with the program, by name."""
        return tuple(sorted(path.stem for path in self.shipped.glob("*.yaml")))


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


def load_text(form: Form, name_or_path: str) -> tuple[Path, str]:
    """The path and the text of a shipped file by its name, or of any file."""
    shipped = name_or_path in form.shipped_names
    path = form.shipped / f"{name_or_path}.yaml" if shipped else Path(name_or_path)
    if not _is_file(path):
        raise _missing(form, name_or_path)
    if path.stat().st_size > MOST_BYTES:
        raise MeasureError(
            f"{form.kind}_too_large",
            f"{path.name} has more than {MOST_BYTES // 1000} kB, too many for {a_kind(form)}.",
            f"Check that this is the {form.kind} file.",
            file=path.name,
            most=MOST_BYTES,
        )
    try:
        return path, path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MeasureError(
            f"{form.kind}_encoding",
            f"{path.name} is not UTF-8 text.",
            f"Save the {form.kind} file as UTF-8.",
            file=path.name,
        ) from None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # A name that is too long for the system.
        return False


def checked(form: Form, text: str, source: str) -> dict[str, Any]:
    """The data of the text; raises ``MeasureError`` with every mistake of the text at once.

    The details' ``problems`` have line, column, path, code, message, remedy and values.
    """
    mistakes = check(form, text)
    if not mistakes:
        data: dict[str, Any] = read_as_text(form, text).data
        return data
    shown = mistakes[:MOST_SHOWN]
    lines = [f"{source}:{m.line}:{m.column}: {m.message} {m.remedy}" for m in shown]
    if len(mistakes) > len(shown):
        lines.append(f"… and {len(mistakes) - len(shown)} more.")
    raise MeasureError(
        f"{form.kind}_file",
        "\n".join(lines),
        f"Correct the {form.kind} file, then run the command again.",
        file=source,
        count=len(mistakes),
        problems=[asdict(mistake) for mistake in shown],
    )


def check(form: Form, text: str) -> list[Mistake]:
    """All mistakes in the text, by line; none: it is a file of this form."""
    dangers = [Mistake(d.line, d.column, "", d.code, d.message, d.remedy, d.values) for d in dangers_of(text)]
    if dangers:
        return dangers
    reading = read_as_text(form, text)
    if reading.problems and reading.data is None:
        return [_unread(problem) for problem in reading.problems]
    mistakes = [
        Mistake(p.line, p.column, p.path, "key_twice", p.message, p.remedy, {"key": _quoted(p.message)})
        for p in reading.problems
    ]
    mistakes += [_placed(reading, finding) for finding in _shape_findings(form, reading.data)]
    if isinstance(reading.data, dict):
        mistakes += [_placed(reading, finding) for finding in form.meaning(reading.data)]
    unique = {(m.line, m.column, m.message): m for m in mistakes}
    return sorted(unique.values(), key=lambda m: (m.line, m.column, m.message))


def _unread(problem: Problem) -> Mistake:
    """Not YAML; what its reader says of it stands in the values."""
    said = problem.message.partition(": ")[2].rstrip(".")
    values = {"reason": said} if said else {}
    return Mistake(
        problem.line, problem.column, problem.path, "not_yaml", problem.message, problem.remedy, values
    )


def _quoted(message: str) -> str:
    """The name that a message has in quotation marks."""
    return message.partition("“")[2].rpartition("”")[0]


def read_as_text(form: Form, text: str) -> Reading:
    """The file with every name as it is written: ``on``, ``yes`` and ``1`` are names, not truth values.

    Only what the form's ``value`` says becomes a number.
    """
    reading = read(text)
    if reading.data is not None:
        reading.data = _valued(yaml.load(text, Loader=yaml.BaseLoader), (), form)  # noqa: S506  # text alone
    return reading


def _valued(node: Any, place: Place, form: Form) -> Any:
    if isinstance(node, dict):
        return {
            name: _valued(value, (*place, name), form)
            for name, value in node.items()
            if isinstance(name, str)
        }
    if isinstance(node, list):
        return [_valued(value, (*place, index), form) for index, value in enumerate(node)]
    return form.value(place, node)


def is_number_at(place: Place) -> bool:
    """Whether a limit of a scale or a missing code stands here."""
    names = [part for part in place if isinstance(part, str)]
    return bool(names) and names[-1] in ("min", "max", "codes")


def as_number(text: str) -> float | str:
    """The number in the text; the text itself where there is none."""
    try:
        number = float(text)
    except ValueError:
        return text
    # nan and inf are no limits, and no codes.
    return number if abs(number) < float("inf") else text


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A suggestion with a space after it, or nothing."""
    folded = {each.casefold(): each for each in known}
    near = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.5)
    return f"Did you mean “{folded[near[0]]}”? " if near else ""


def group_of(data: dict[str, Any], key: str) -> dict[str, Any]:
    """The group of keys at a key; empty where there is none or something else."""
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def list_of(data: dict[str, Any], key: str) -> list[Any]:
    """The list at a key; empty where there is none or something else."""
    value = data.get(key)
    return value if isinstance(value, list) else []


def scale_findings(holder: dict[str, Any], place: Place) -> Iterator[Finding]:
    """A scale whose limits stand the wrong way round."""
    scale = group_of(holder, "scale")
    low, high = scale.get("min"), scale.get("max")
    if isinstance(low, float) and isinstance(high, float) and low >= high:
        message = f"The scale's min, {low:g}, is not below its max, {high:g}."
        where = (*place, "scale", "min")
        yield Finding(where, "scale_limits", message, "Put the lower one first.", {"min": low, "max": high})


def a_kind(form: Form) -> str:
    """The kind with its article."""
    return f"{'an' if form.kind[0] in 'aeiou' else 'a'} {form.kind}"


def _missing(form: Form, asked: str) -> MeasureError:
    near = difflib.get_close_matches(asked.lower(), form.shipped_names, n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    shown = asked if len(asked) <= 100 else asked[:100] + "…"
    return MeasureError(
        f"{form.kind}_missing",
        f"“{shown}” is neither {a_kind(form)} that is shipped nor a file.",
        f"{hint}Shipped {form.kind}s: {', '.join(form.shipped_names)}.",
        suggestion=near[0] if near else None,
        shipped=list(form.shipped_names),
        **{form.kind: shown},
    )


def _placed(reading: Reading, finding: Finding) -> Mistake:
    line, column = reading.place(finding.path)
    where = ".".join(str(part) for part in finding.path)
    return Mistake(line, column, where, finding.code, finding.message, finding.remedy, finding.values)


@cache
def _validator(path: Path) -> jsonschema.Draft202012Validator:
    schema = json.loads(path.read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(schema)


def _shape_findings(form: Form, data: Any) -> Iterator[Finding]:
    for error in _validator(form.schema).iter_errors(data):
        yield from _said(error, tuple(error.absolute_path))


def _said(error: jsonschema.ValidationError, path: tuple[Any, ...]) -> Iterator[Finding]:
    """A schema error in plain words, with its remedy."""
    schema: dict[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    value: Any = error.validator_value
    found: Any = error.instance
    told = str(schema.get("description", "See the file's schema."))
    if error.validator == "required":
        for name in (name for name in value if name not in found):
            message = f"“{name}” is missing."
            yield Finding(path, "key_missing", message, f"Add it. {told}", {"key": name})
    elif error.validator == "additionalProperties":
        known = list(schema["properties"])
        for name in (name for name in found if name not in known):
            remedy = f"{did_you_mean(name, known)}Known here: {', '.join(known)}."
            yield Finding((*path, name), "key_unknown", f"“{name}” is not known here.", remedy, {"key": name})
    elif error.validator == "enum":
        remedy = f"{did_you_mean(str(found), value)}Use one of: {', '.join(value)}."
        values = {"value": found, "known": value}
        yield Finding(path, "value_unknown", f"“{found}” cannot stand here.", remedy, values)
    elif error.validator in ("minItems", "minLength", "minProperties"):
        yield Finding(path, "too_few", "There is too little here.", told, {"least": value})
    else:
        shown = "A list" if isinstance(found, list) else f"“{found}”"
        shown = "A group of keys" if isinstance(found, dict) else shown
        yield Finding(path, "wrong_shape", f"{shown} cannot stand here.", told, {"value": shown})
