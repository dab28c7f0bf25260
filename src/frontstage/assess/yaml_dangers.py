"""What must not be read at all in a YAML text: aliases that grow without end, texts that no page can show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

# Aliases repeat what they name, aliases of aliases repeat that again: ten lines can stand for a billion parts.
MOST_PARTS = 100_000
# A name or a label of a table must fit a page.
MOST_CHARACTERS = 500
# Control characters but for tab and line ends; halves of a character.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Danger:
    """Where it stands (1-based), what it is, and what to do about it."""

    line: int
    column: int
    code: str
    message: str
    remedy: str
    values: dict[str, Any] = field(default_factory=dict)


def dangers_of(text: str) -> list[Danger]:
    """Those of the whole text. A text that is no YAML has none here: its reader says what is wrong."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        if root is None:
            return []
        if _parts(root, {}) > MOST_PARTS:
            return [Danger(1, 1, "aliases", "The aliases (*) repeat far too much.", "Write the parts out.")]
        return list(_texts(root, set()))
    except (yaml.YAMLError, ValueError):
        return []
    except RecursionError:
        remedy = "Nest the parts less deeply; an anchor (&) must not hold its own alias (*)."
        return [Danger(1, 1, "nesting", "The parts are nested without end.", remedy)]


def _children(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        yield from node.value
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key
            yield value


def _parts(node: yaml.Node, known: dict[int, int]) -> int:
    """How many parts there are once each alias is replaced by what it names."""
    if id(node) not in known:
        known[id(node)] = 1 + sum(_parts(child, known) for child in _children(node))
    return known[id(node)]


def _texts(node: yaml.Node, seen: set[int]) -> Iterator[Danger]:
    if id(node) in seen:
        return
    seen.add(id(node))
    for child in _children(node):
        yield from _texts(child, seen)
    if not isinstance(node, yaml.ScalarNode):
        return
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    if len(node.value) > MOST_CHARACTERS:
        message = f"This text has {len(node.value):,} characters; {MOST_CHARACTERS} are the most."
        values = {"count": len(node.value), "most": MOST_CHARACTERS}
        yield Danger(line, column, "text_too_long", message, "Shorten it.", values)
    elif _UNSHOWABLE.search(node.value):
        yield Danger(
            line, column, "unshowable", "This text has a character that cannot be shown.", "Remove it."
        )
