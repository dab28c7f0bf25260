"""From rows to the result document: the very road of `frontstage assess`, so that its command gives the same."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from frontstage.measure.errors import MeasureError
from frontstage.satisfaction.rules import (
    BOOTSTRAP,
    COLUMNS,
    SEED,
    TARGET,
    Document,
    command,
    own_index,
)


def measured(answers: str, model: str, group: str | None) -> Document:
    """The document of answers.csv and model.yaml. Raises MeasureError: why there can be no figures."""
    # Imported when asked for: SciPy takes a second that no other page should wait for.
    from frontstage.assess.analysis import assess
    from frontstage.assess.choices import Choices

    with tempfile.TemporaryDirectory(prefix="frontstage-index-") as folder:
        data, file = Path(folder) / "answers.csv", Path(folder) / "model.yaml"
        data.write_text(answers, encoding="utf-8")
        file.write_text(model, encoding="utf-8")
        choices = Choices(
            data=str(data), model=str(file), bootstrap=BOOTSTRAP, seed=SEED, group=group, command=command(group)
        )  # fmt: skip
        document = assess(choices)
    # Its own folder is nobody's business and is gone.
    document["settings"]["data"]["source"] = data.name
    return document


def refusal_of(error: MeasureError) -> dict[str, Any]:
    """A refusal as it is stored: its words are made anew in each reader's language."""
    details = {key: value for key, value in error.details.items() if _is_plain(value)}
    return {"code": error.code, "message": error.message, "remedy": error.remedy, "details": details}


def _is_plain(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return all(_is_plain(one) for one in value)
    return value is None or isinstance(value, str | int | float | bool)


def error_of(refusal: dict[str, Any]) -> MeasureError:
    return MeasureError(refusal["code"], refusal["message"], refusal["remedy"], **refusal["details"])


def months_of(
    document: Document, rows: Sequence[Sequence[Any]], questions: Sequence[str]
) -> list[dict[str, Any]]:
    """Number, sum and sum of squares of the respondents' own indices, month by month, oldest first."""
    worth = own_index(document, TARGET)
    lowest = {item["name"]: item["minimum"] for item in document["model"]["items"]}
    places = {question: len(COLUMNS) + place for place, question in enumerate(questions)}
    found: dict[str, list[float]] = {}
    for row in rows:
        own = 0.0
        for question, (points, mean) in worth.items():
            mark = row[places[question]]
            own += points * ((mean if mark is None else mark) - lowest[question])
        found.setdefault(f"{row[1][:7]}-01", []).append(own)
    return [
        {"start": start, "n": len(own), "total": sum(own), "squares": sum(x * x for x in own)}
        for start, own in sorted(found.items())
    ]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
