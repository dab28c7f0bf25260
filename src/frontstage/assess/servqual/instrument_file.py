"""An instrument as a YAML file: read, judged as a whole, and turned into pairs of columns by dimension."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from frontstage.assess.servqual.instrument_meaning import column_of, findings, patterns_of
from frontstage.assess.yaml_form import Form, Place, as_number, checked, is_number_at, load_text
from frontstage.measure.gaps import GapInstrument

SHIPPED = Path(__file__).parent.with_name("instruments")
FLAGS = {"true": True, "false": False}

Label = Mapping[str, str]


def _value(place: Place, text: str) -> Any:
    if place and place[-1] == "reversed":
        return FLAGS.get(text.lower(), text)
    return as_number(text) if place[:1] == ("points",) or is_number_at(place) else text


INSTRUMENT = Form("instrument", Path(__file__).with_name("instrument.schema.json"), findings, _value, SHIPPED)


@dataclass(frozen=True)
class FileItem:
    """One pair: the columns of what was expected and of what was perceived."""

    name: str
    expectation: str
    perception: str
    label: Label
    reversed: bool


@dataclass(frozen=True)
class FileDimension:
    """A dimension as the file has it; ``label`` by language, ``en`` and ``zh``."""

    code: str
    label: Label
    items: tuple[FileItem, ...]


@dataclass(frozen=True)
class InstrumentFile:
    """Everything that an instrument file says. ``points`` total 100; ``sha256`` is of the file's text."""

    name: str
    source: str
    sha256: str
    dimensions: tuple[FileDimension, ...]
    minimum: int
    maximum: int
    off_scale: Literal["refuse", "missing"]
    missing_codes: tuple[float, ...]
    points: Mapping[str, float] | None = None
    label: Label = field(default_factory=dict)

    @property
    def items(self) -> tuple[FileItem, ...]:
        """Every item once, in the order of the file."""
        return tuple(item for dimension in self.dimensions for item in dimension.items)

    def gap_instrument(self) -> GapInstrument:
        """The instrument as the science knows it."""
        return GapInstrument(
            {d.code: [item.name for item in d.items] for d in self.dimensions},
            self.minimum,
            self.maximum,
            frozenset(item.name for item in self.items if item.reversed),
        )


def shipped_instruments() -> tuple[str, ...]:
    """The instruments that come with the program."""
    return INSTRUMENT.shipped_names


def load_instrument(name_or_path: str) -> InstrumentFile:
    """A shipped instrument by its name, or a YAML file.

    Raises ``MeasureError``: ``instrument_missing``, ``instrument_encoding``, or ``instrument_file`` with every
    mistake at once; its details' ``problems`` have line, column, path, code, message, remedy and values.
    """
    path, text = load_text(INSTRUMENT, name_or_path)
    return parse_instrument(text, source=path.name, name=path.stem)


def parse_instrument(text: str, *, source: str = "instrument.yaml", name: str = "") -> InstrumentFile:
    """The instrument in a YAML text; ``source`` is what messages call it."""
    data = checked(INSTRUMENT, text, source)
    points = data.get("points")
    return InstrumentFile(
        name=data.get("name", name),
        source=source,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        dimensions=_dimensions(data),
        minimum=int(data["scale"]["min"]),
        maximum=int(data["scale"]["max"]),
        off_scale=data.get("off_scale", "refuse"),
        missing_codes=tuple(data.get("missing", {}).get("codes", ())),
        # In the dimensions' order, whatever the file's.
        points={code: points[code] for code in data["dimensions"]} if points else None,
        label=data.get("label", {}),
    )


def _dimensions(data: dict[str, Any]) -> tuple[FileDimension, ...]:
    patterns = patterns_of(data)
    return tuple(
        FileDimension(code, each.get("label", {}), tuple(_item(item, patterns) for item in each["items"]))
        for code, each in data["dimensions"].items()
    )


def _item(given: str | dict[str, Any], patterns: Mapping[str, str]) -> FileItem:
    own: dict[str, Any] = {"name": given} if isinstance(given, str) else given
    name = own["name"]
    return FileItem(
        name,
        own.get("expectation", column_of(patterns["expectation"], name)),
        own.get("perception", column_of(patterns["perception"], name)),
        own.get("label", {}),
        own.get("reversed", False),
    )
