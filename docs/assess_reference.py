"""Writes the tables of reference/assess.md from the two schemas: python docs/assess_reference.py.

The documentation's strict build fails while they differ (see site_hooks.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent
ASSESS = DOCS.parent / "src" / "frontstage" / "assess"
PAGE = DOCS / "reference" / "assess.md"
SCHEMAS = {
    "model": ASSESS / "model.schema.json",
    "instrument": ASSESS / "servqual" / "instrument.schema.json",
}
# What a definition is called in a table's title and in the type of a key.
TITLES = {"construct": "A construct", "dimension": "A dimension", "item": "An item", "path": "A path",
          "scale": "A scale", "label": "A label"}  # fmt: skip
WORDS = {"string": "text", "boolean": "yes or no", "array": "list", "object": "group"}


def _type(node: dict[str, Any]) -> str:
    if "$ref" in node:
        return str(node["$ref"].rsplit("/", 1)[1])
    if "enum" in node:
        return " \\| ".join(f"`{value}`" for value in node["enum"])
    kind = node.get("type", "object")
    if isinstance(kind, list):
        return " or ".join(WORDS.get(each, each) for each in kind)
    if kind == "array":
        return f"list of {_type(node['items'])}"
    if kind == "object" and isinstance(node.get("additionalProperties"), dict):
        return f"{_type(node['additionalProperties'])} by name"
    return WORDS.get(kind, kind)


def _said(node: dict[str, Any], definitions: dict[str, Any]) -> str:
    if "$ref" in node:
        node = definitions[_type(node)]
    return str(node.get("description", "")).replace("|", "\\|")


def _table(title: str, node: dict[str, Any], definitions: dict[str, Any]) -> Iterator[str]:
    required = set(node.get("required", []))
    yield f"\n#### {title}\n"
    yield "| Key | | What it is | |\n|---|---|---|---|"
    for name, part in node["properties"].items():
        must = "required" if name in required else ""
        yield f"| `{name}` | {_type(part)} | {_said(part, definitions)} | {must} |"
    for name, part in node["properties"].items():
        if "properties" in part:
            yield from _table(f"{title}: {name}", part, definitions)


def tables(name: str) -> str:
    """The tables of one schema as Markdown, one for every group of keys."""
    schema = json.loads(SCHEMAS[name].read_text(encoding="utf-8"))
    lines = list(_table(f"Keys of the {name} file", schema, schema["$defs"]))
    for definition, node in schema["$defs"].items():
        lines += _table(f"{TITLES[definition]} of the {name} file", node, schema["$defs"])
    return "\n".join(lines).strip()


def is_up_to_date() -> bool:
    page = PAGE.read_text(encoding="utf-8")
    return all(tables(name) in page for name in SCHEMAS)


def _marks(name: str) -> tuple[str, str]:
    return f"<!-- {name}: begin -->", f"<!-- {name}: end -->"


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    for each in SCHEMAS:
        begin, end = _marks(each)
        head, rest = text.split(begin)
        text = f"{head}{begin}\n{tables(each)}\n{end}{rest.split(end)[1]}"
    PAGE.write_text(text, encoding="utf-8")
