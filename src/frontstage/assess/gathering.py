"""The rows of a table as numbers that a model can use: codes, scales, reversed items, weights, doubtful rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from frontstage.assess.choices import CELLS_IN_MEMORY, Choices
from frontstage.assess.engines.cleaning import Cleaning, possible_weights
from frontstage.assess.model_file import ModelFile
from frontstage.assess.reading import Table
from frontstage.measure.data_quality import (
    QualityReport,
    QualityRules,
    answers_needed,
    check_quality,
    require_enough,
)
from frontstage.measure.data_quality.report import Action
from frontstage.measure.errors import MeasureError

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Gathered:
    """(n, p) ``values`` of the model's items, nan = missing, of the rows that are used; their ``weights`` and
    ``groups`` (n,) where asked. ``read`` counts the rows of the file, ``off_scale`` values made missing.
    """

    values: Values
    weights: Values | None
    groups: NDArray[np.object_] | None
    quality: QualityReport
    read: int
    unweighted: int
    incomplete: int
    off_scale: int


def gather(table: Table, model: ModelFile, choices: Choices) -> Gathered:
    """Read what the model needs. Refuses values off the scale (unless the model says otherwise) with their
    place, weights that are not numbers of 0 or more, and what a rule of quality refuses.
    """
    items = list(model.items)
    extra = [name for name in (choices.weights, choices.seconds) if name]
    text = [name for name in (choices.group, choices.identifier) if name]
    cleaning = cleaning_of(model)
    cells = read_cells(table, cleaning, extra, text)
    values, numbers, texts = cells.values, cells.numbers, cells.texts
    weights = numbers[choices.weights] if choices.weights else None
    # Whoever answered nothing is no respondent, whatever the rules say.
    used, unweighted = ~np.isnan(values).all(axis=1), 0
    if weights is not None:
        check_weights(weights, choices.weights or "")
        unweighted = int((used & (weights == 0)).sum())
        used &= weights > 0
    quality = check_quality(
        values, items,
        seconds=numbers[choices.seconds] if choices.seconds else None,
        ids=texts[choices.identifier] if choices.identifier else None,
        needed=answers_needed(choices.smallest_path), rules=quality_rules(choices.rules),
    )  # fmt: skip
    if quality.kept.any():  # No row at all is not a matter of collecting more answers.
        require_answers(int(quality.kept.sum()), choices)
    quality.require()
    used &= quality.kept
    incomplete = 0
    if model.missing_treat == "listwise":
        whole = ~np.isnan(values).any(axis=1)
        incomplete = int((used & ~whole).sum())
        used &= whole
    if not used.any():
        raise MeasureError(
            "no_usable_rows", f"None of the {len(values)} rows can be used.",
            "Look at the missing values and the rules of data quality.", read=len(values),
        )  # fmt: skip
    return Gathered(
        values[used],
        None if weights is None else weights[used],
        texts[choices.group][used] if choices.group else None,
        quality, len(values), unweighted, incomplete, cells.off_scale,
    )  # fmt: skip


def require_answers(n: int, choices: Choices) -> None:
    """Refuse ``n`` rows that are too few for the choices' smallest path, unless that rule is switched."""
    if choices.rules.get("too_few_answers", "refuse") == "refuse":
        require_enough(n, choices.smallest_path)


def quality_rules(changed: Mapping[str, Action | Literal["off"]]) -> QualityRules:
    """The default rules with those changed that a choice names."""
    rules = QualityRules()
    actions = {**rules.actions, **changed}
    return QualityRules(actions={rule: action for rule, action in actions.items() if action != "off"})


def cleaning_of(model: ModelFile, weights: str | None = None) -> Cleaning:
    """How the model turns cells into answers."""
    return Cleaning(
        model.items, weights, model.missing_codes, tuple(model.scales[item] for item in model.items),
        model.off_scale, model.missing_treat, frozenset(model.reverse),
    )  # fmt: skip


@dataclass(frozen=True)
class Cells:
    """Every row of a table: (n, k) ``values`` of the items as answers, other ``numbers`` and ``texts`` by column,
    and how many values were off their scale.
    """

    values: Values
    numbers: dict[str, Values]
    texts: dict[str, NDArray[np.object_]]
    off_scale: int


def read_cells(table: Table, cleaning: Cleaning, extra: list[str], text: list[str]) -> Cells:
    """All rows at once; ``extra`` columns are read as numbers, ``text`` as texts."""
    k = len(cleaning.columns)
    parts: list[Values] = []
    words: dict[str, list[str | None]] = {name: [] for name in text}
    cells = off_scale = 0
    for batch in table.batches([*cleaning.columns, *extra], text=text):
        off_scale += cleaning.to_answers(batch.values[:, :k], batch.locate)[0]
        parts.append(batch.values)
        cells += batch.values.size
        if cells > CELLS_IN_MEMORY:
            raise MeasureError(
                "too_large_for_memory",
                f"{table.source} has more than {CELLS_IN_MEMORY:,} values, too many to lie in memory at once.",
                "Use --engine duckdb, which reads any size once and keeps only moments.",
                file=table.source, most=CELLS_IN_MEMORY,
            )  # fmt: skip
        for name in text:
            words[name] += batch.text[name]
    whole = np.concatenate(parts)
    numbers = {name: whole[:, k + place] for place, name in enumerate(extra)}
    return Cells(whole[:, :k], numbers, {name: np.array(words[name], object) for name in text}, off_scale)


def check_weights(weights: Values, column: str) -> None:
    wrong = np.flatnonzero(~possible_weights(weights))
    if wrong.size:
        raise MeasureError(
            "weight_value",
            f"Column {column}: {wrong.size} of {len(weights)} weights are missing, negative or of no "
            f"reasonable size, the first is that "
            f"of respondent {wrong[0] + 1}.",
            "Give every row a weight of 0 or more.", column=column, count=int(wrong.size), row=int(wrong[0]) + 1,
        )  # fmt: skip


def level_names(groups: NDArray[np.object_]) -> list[str]:
    """The levels in their order; what is empty is none."""
    return sorted({str(group) for group in groups if group is not None and str(group).strip()})


def levels(groups: NDArray[np.object_]) -> Mapping[str, NDArray[np.bool_]]:
    """Level → its rows, in the order of the levels; rows without one belong to none. Count the names first: each
    level takes a byte for each row.
    """
    texts = np.array(["" if group is None else str(group) for group in groups], object)
    return {name: np.asarray(texts == name, bool) for name in level_names(groups)}
