"""A model as a YAML file: read, judged as a whole, and turned into a path model."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from frontstage.assess import model_meaning
from frontstage.assess.yaml_form import Form, Place, as_number, checked, is_number_at, load_text
from frontstage.measure.pls.model import Construct, Mode, PathModel, Scheme

SHIPPED = Path(__file__).with_name("models")


def _value(place: Place, text: str) -> float | str:
    return as_number(text) if is_number_at(place) else text


MODEL = Form("model", Path(__file__).with_name("model.schema.json"), model_meaning.findings, _value, SHIPPED)

Label = Mapping[str, str]


@dataclass(frozen=True)
class FileConstruct:
    """A construct as the file has it. ``label`` and ``item_labels`` by language, ``en`` and ``zh``."""

    name: str
    items: tuple[str, ...]
    mode: Mode
    of: tuple[str, ...]
    label: Label
    item_labels: Mapping[str, Label]


@dataclass(frozen=True)
class ModelFile:
    """Everything that a model file says.

    ``scales``: the limits of each item, its own, else its construct's, else the file's. ``minimum`` and
    ``maximum`` are the file's, None where every item has its own. ``sha256`` is of the file's text.
    """

    name: str
    source: str
    sha256: str
    constructs: tuple[FileConstruct, ...]
    paths: tuple[tuple[str, str], ...]
    scheme: Scheme
    minimum: float | None
    maximum: float | None
    scales: Mapping[str, tuple[float, float]]
    off_scale: Literal["refuse", "missing", "keep"]
    missing_codes: tuple[float, ...]
    missing_treat: Literal["mean", "listwise", "pairwise"]
    reverse: tuple[str, ...] = ()
    target: str | None = None
    label: Label = field(default_factory=dict)

    @property
    def items(self) -> tuple[str, ...]:
        """Every item once, in the order of the file: the columns that the data must have."""
        return tuple(item for construct in self.constructs for item in construct.items)

    @property
    def item_labels(self) -> dict[str, Label]:
        """The labels of the items that have one."""
        return {item: label for c in self.constructs for item, label in c.item_labels.items()}

    def path_model(self) -> PathModel:
        """The model as the science knows it."""
        return PathModel(
            tuple(Construct(c.name, c.items, c.mode, c.of) for c in self.constructs),
            self.paths,
            self.scheme,
            dict(self.scales),
            self.name,
        )


def shipped_names() -> tuple[str, ...]:
    """The models that come with the program."""
    return MODEL.shipped_names


def load_model(name_or_path: str) -> ModelFile:
    """A shipped model by its name, or a YAML file.

    Raises ``MeasureError``: ``model_missing``, ``model_encoding``, or ``model_file`` with every mistake at
    once; its details' ``problems`` have line, column, path, code, message, remedy and values.
    """
    path, text = load_text(MODEL, name_or_path)
    return parse_model(text, source=path.name, name=path.stem)


def parse_model(text: str, *, source: str = "model.yaml", name: str = "") -> ModelFile:
    """The model in a YAML text; ``source`` is what messages call it."""
    return _built(checked(MODEL, text, source), text, source, name)


def _built(data: dict[str, Any], text: str, source: str, name: str) -> ModelFile:
    overall = data.get("scale", {})
    missing = data.get("missing", {})
    return ModelFile(
        name=data.get("name", name),
        source=source,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        constructs=tuple(_construct(name, each) for name, each in data["constructs"].items()),
        paths=tuple((path["from"], end) for path in data["paths"] for end in ends(path)),
        scheme=data.get("scheme", "path"),
        minimum=overall.get("min"),
        maximum=overall.get("max"),
        scales=_scales(data),
        off_scale=data.get("off_scale", "refuse"),
        missing_codes=tuple(float(code) for code in missing.get("codes", ())),
        missing_treat=missing.get("treat", "mean"),
        reverse=tuple(data.get("reverse", ())),
        target=data.get("target"),
        label=data.get("label", {}),
    )


def _construct(name: str, data: dict[str, Any]) -> FileConstruct:
    items = [item if isinstance(item, dict) else {"name": item} for item in data.get("items", ())]
    return FileConstruct(
        name=name,
        items=tuple(item["name"] for item in items),
        mode=data.get("mode", "A"),
        of=tuple(data.get("of", ())),
        label=data.get("label", {}),
        item_labels={item["name"]: item["label"] for item in items if "label" in item},
    )


def _scales(data: dict[str, Any]) -> dict[str, tuple[float, float]]:
    out = {}
    for construct in data["constructs"].values():
        for item in construct.get("items", ()):
            own = item if isinstance(item, dict) else {}
            scale = own.get("scale") or construct.get("scale") or data["scale"]
            out[own.get("name", item)] = (float(scale["min"]), float(scale["max"]))
    return out


def ends(path: dict[str, Any]) -> list[str]:
    """Where a path of the file leads: one construct or a list of them."""
    return [path["to"]] if isinstance(path["to"], str) else path["to"]
