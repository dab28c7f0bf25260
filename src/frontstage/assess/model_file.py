"""A model as a YAML file: read, judged as a whole, and turned into a path model."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from frontstage.assess.model_checking import Mistake, check, read_as_text
from frontstage.measure.errors import MeasureError
from frontstage.measure.pls.model import Construct, Mode, PathModel, Scheme

SHIPPED = Path(__file__).with_name("models")

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
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.yaml")))


def load_model(name_or_path: str) -> ModelFile:
    """A shipped model by its name, or a YAML file.

    Raises ``MeasureError``: ``model_missing``, ``model_encoding``, or ``model_file`` with every mistake at
    once; its details' ``problems`` have line, column, path, code, message, remedy and values.
    """
    shipped = name_or_path in shipped_names()
    path = SHIPPED / f"{name_or_path}.yaml" if shipped else Path(name_or_path)
    if not path.is_file():
        raise _model_missing(name_or_path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MeasureError(
            "model_encoding",
            f"{path.name} is not UTF-8 text.",
            "Save the model file as UTF-8.",
            file=path.name,
        ) from None
    return parse_model(text, source=path.name, name=path.stem)


def parse_model(text: str, *, source: str = "model.yaml", name: str = "") -> ModelFile:
    """The model in a YAML text; ``source`` is what messages call it."""
    mistakes = check(text)
    if mistakes:
        raise _model_mistakes(source, mistakes)
    return _built(read_as_text(text).data, text, source, name)


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


def _model_missing(asked: str) -> MeasureError:
    near = difflib.get_close_matches(asked.lower(), shipped_names(), n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    return MeasureError(
        "model_missing",
        f"“{asked}” is neither a model that is shipped nor a file.",
        f"{hint}Shipped models: {', '.join(shipped_names())}.",
        model=asked,
        suggestion=near[0] if near else None,
        shipped=list(shipped_names()),
    )


def _model_mistakes(source: str, mistakes: list[Mistake]) -> MeasureError:
    lines = [f"{source}:{m.line}:{m.column}: {m.message} {m.remedy}" for m in mistakes]
    return MeasureError(
        "model_file",
        "\n".join(lines),
        "Correct the model file, then run the command again.",
        file=source,
        count=len(mistakes),
        problems=[asdict(mistake) for mistake in mistakes],
    )
