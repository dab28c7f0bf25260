"""YAML files as data that knows where each of its parts stands in the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """One mistake: where it stands (1-based), what it is, and what to do about it."""

    line: int
    column: int
    path: str
    message: str
    remedy: str


@dataclass
class Reading:
    """The file's data with the line and column of every part; ``problems`` of the YAML itself."""

    data: Any = None
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: Path) -> tuple[int, int]:
        """Where the part stands, or the nearest part that holds it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def problem(self, path: Path, message: str, remedy: str) -> Problem:
        line, column = self.place(path)
        return Problem(line, column, ".".join(str(part) for part in path), message, remedy)


class _Loader(yaml.SafeLoader):
    """Dates stay text: such a file's data is JSON."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(text: str) -> Reading:
    """What the text says. Mistakes of the YAML itself are reported, never raised."""
    reading = Reading()
    try:
        node = yaml.compose(text, Loader=_Loader)
        if node is None:
            reading.problems.append(Problem(1, 1, "", "The file is empty.", "Write something in it."))
            return reading
        _walk(node, (), reading)
        reading.data = yaml.load(text, Loader=_Loader)  # noqa: S506  # a SafeLoader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        reading.problems.append(
            Problem(
                line,
                column,
                "",
                f"This is not YAML: {error.problem}.",
                "Mend the indentation or the quotes here.",
            )
        )
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reading.problems.append(
            Problem(1, 1, "", f"This is not YAML: {error}.", "Save the file as UTF-8 text.")
        )
    return reading


def _walk(node: yaml.Node, path: Path, reading: Reading) -> None:
    reading.places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            _walk(child, (*path, index), reading)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                line, column = key.start_mark.line + 1, key.start_mark.column + 1
                where = ".".join(str(part) for part in (*path, name))
                reading.problems.append(
                    Problem(line, column, where, f"“{name}” stands here twice.", "Keep one of the two.")
                )
            seen.add(name)
            _walk(value, (*path, name), reading)
