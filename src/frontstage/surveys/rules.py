"""Pure decisions about answers: which questions an instrument asks, and what counts as an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

LONGEST_TEXT = 4000
# A paired item is two questions; its columns keep these names in every export.
EXPECTATION, PERCEPTION = "_E", "_P"


@dataclass(frozen=True)
class Asked:
    """One item as the rules need it."""

    code: str
    kind: str  # paired, rating, text
    required: bool


def question_names(item: Asked) -> list[str]:
    """What the item's answers are called."""
    if item.kind == "paired":
        return [item.code + EXPECTATION, item.code + PERCEPTION]
    return [item.code]


def read_answers(
    items: Sequence[Asked], said: Mapping[str, Any], *, minimum: int, maximum: int
) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """Item code -> the columns of its answer row, and question name -> what is wrong with it.

    Everything is judged again here, whatever the browser did: unknown questions, numbers off the scale, answers
    that are required and missing.
    """
    known = {name for item in items for name in question_names(item)}
    errors = {name: _("unknown question %(name)s") % {"name": name} for name in said if name not in known}
    rows: dict[str, dict[str, Any]] = {}
    for item in items:
        if item.kind == "text":
            text = str(said.get(item.code) or "").strip()
            if len(text) > LONGEST_TEXT:
                errors[item.code] = _("at most %(limit)d characters") % {"limit": LONGEST_TEXT}
            elif text:
                rows[item.code] = {"text": text}
            elif item.required:
                errors[item.code] = _("an answer is missing")
            continue
        values = {}
        for name in question_names(item):
            value = _number(said.get(name))
            if value is None and said.get(name) in (None, ""):
                if item.required:
                    errors[name] = _("an answer is missing")
            elif value is None or not minimum <= value <= maximum:
                errors[name] = _("a number from %(low)d to %(high)d") % {"low": minimum, "high": maximum}
            else:
                values[_column(item, name)] = value
        if values:
            rows[item.code] = values
    return rows, errors


def _column(item: Asked, name: str) -> str:
    if item.kind == "rating":
        return "value"
    return "expectation" if name.endswith(EXPECTATION) else "perception"


def _number(value: Any) -> int | None:
    """A whole number as a browser sends it; None for anything else, true and false included."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and value.strip().lstrip("-").isdigit() and len(value) < 6:
        return int(value)
    return None
