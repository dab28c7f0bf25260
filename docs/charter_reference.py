"""Writes the tables of reference/charter.md from the schema: python docs/charter_reference.py.

The documentation's strict build fails while they differ (see site_hooks.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent
SCHEMA = DOCS.parent / "src" / "frontstage" / "charters" / "schema.json"
PAGE = DOCS / "reference" / "charter.md"
BEGIN, END = "<!-- tables: begin -->", "<!-- tables: end -->"
NAMES = {"#/$defs/bilingual": "two languages", "#/$defs/code": "code"}


def _type(node: dict[str, Any]) -> str:
    if "$ref" in node:
        return NAMES[node["$ref"]]
    if "enum" in node:
        return " \\| ".join(f"`{value}`" for value in node["enum"])
    kind = node.get("type", "object")
    if isinstance(kind, list):
        return "day"  # dates, written as text
    if kind == "array":
        inner = node["items"]
        return f"list of {_type(inner)}" if inner.get("type") != "object" else "list"
    if kind == "object" and isinstance(node.get("additionalProperties"), dict):
        return "map"
    return str(kind).replace("string", "text").replace("boolean", "yes or no")


def _inside(node: dict[str, Any]) -> dict[str, Any] | None:
    """The object within a list, a map or an object; None where there is none."""
    for candidate in (node, node.get("items"), node.get("additionalProperties")):
        if isinstance(candidate, dict) and "properties" in candidate:
            return candidate
    return None


def _tables(node: dict[str, Any], title: str) -> Iterator[str]:
    required = set(node.get("required", []))
    yield f"\n### {title}\n"
    yield "| Field | | What it is | |\n|---|---|---|---|"
    for name, part in node["properties"].items():
        said = part.get("description", "")
        yield f"| `{name}` | {_type(part)} | {said} | {'required' if name in required else ''} |"
    for name, part in node["properties"].items():
        inner = _inside(part)
        if inner is not None and name != "hours":
            yield from _tables(inner, f"{title}.{name}" if title != "The file" else name)


def tables() -> str:
    """The tables as Markdown, one for every object of the schema."""
    return "\n".join(_tables(json.loads(SCHEMA.read_text(encoding="utf-8")), "The file")).strip()


def is_up_to_date() -> bool:
    return tables() in PAGE.read_text(encoding="utf-8")


if __name__ == "__main__":
    head, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    PAGE.write_text(f"{head}{BEGIN}\n{tables()}\n{END}{rest.split(END)[1]}", encoding="utf-8")
