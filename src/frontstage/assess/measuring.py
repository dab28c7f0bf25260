"""Everything that the science says of the data at hand, as the science's own objects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from frontstage.assess.choices import ROWS_DRAWN, Choices
from frontstage.assess.gathering import Gathered, level_names, levels, require_answers
from frontstage.assess.model_file import ModelFile
from frontstage.measure.data_quality import QualityReport
from frontstage.measure.errors import MeasureError
from frontstage.measure.moments import Moments
from frontstage.measure.pls import Estimate, PathModel, estimate
from frontstage.measure.pls.assessment import Prediction, predict, q_squared
from frontstage.measure.pls.groups import Comparison, compare
from frontstage.measure.pls.inference import Bootstrap, Wanted, bootstrap
from frontstage.measure.pls.replicates import (
    DrawnMoments,
    Jackknife,
    MeanRows,
    Multiplicities,
    PairwiseRows,
    Replicates,
    Rows,
)

Values = NDArray[np.float64]
Report = Callable[[str, int, int], None]
T = TypeVar("T")
MOST_LEVELS = 8
LEAST_IN_GROUP = 10


@dataclass(frozen=True)
class Group:
    """One level of the group column with its own estimate; ``refused`` holds why it has none."""

    level: str
    n: int
    estimate: Estimate | None
    refused: MeasureError | None = None


@dataclass(frozen=True)
class Compared:
    """Two levels; ``refused`` holds why they could not be compared."""

    first: str
    second: str
    comparison: Comparison | None
    refused: MeasureError | None = None


@dataclass(frozen=True, eq=False)
class Measured:
    """Results before they become a document. What needs rows is empty where only moments were read."""

    model: PathModel
    target: str
    moments: Moments
    estimate: Estimate
    read: int
    left_out: dict[str, int]
    bootstrap: Bootstrap | None = None
    q2: dict[str, float] = field(default_factory=dict)
    prediction: Prediction | None = None
    groups: tuple[Group, ...] = ()
    compared: tuple[Compared, ...] = ()
    quality: QualityReport | None = None


def measure_rows(gathered: Gathered, file: ModelFile, choices: Choices, report: Report) -> Measured:
    """From rows in memory."""
    model = file.path_model()
    values = gathered.values
    rows = _rows(values, gathered.weights, file, model)
    drawn = choices.bootstrap > 0 and len(values) >= ROWS_DRAWN and type(rows) is Rows
    drawn = drawn and choices.interval != "bca"
    moments = Moments.of(values, model.items, weights=gathered.weights, products=drawn)
    require_answers(int(moments.effective_n), choices)
    found = estimate(model, moments, missing=file.missing_treat)
    resampled = None
    if choices.bootstrap:
        replicates: Replicates = (
            DrawnMoments(moments, choices.bootstrap, choices.seed)
            if drawn
            else Multiplicities(rows, choices.bootstrap, choices.seed)
        )
        left = Jackknife(rows) if choices.interval == "bca" else None
        resampled = _resampled(found, replicates, left, file, choices, report)
    groups, compared = _groups(found, rows, gathered, file, choices, report)
    return Measured(
        model, target(file, model), moments, found, gathered.read,
        {
            "doubtful": gathered.quality.left_out, "weight_zero": gathered.unweighted,
            "incomplete": gathered.incomplete,
        },
        resampled,
        _where_possible(lambda: q_squared(model, gathered.values, weights=gathered.weights)) or {},
        _where_possible(
            lambda: predict(
                model, gathered.values, folds=choices.folds, seed=choices.seed, weights=gathered.weights
            )
        ),
        groups, compared, gathered.quality,
    )  # fmt: skip


def measure_moments(
    moments: Moments, read: int, left_out: dict[str, int], file: ModelFile, choices: Choices, report: Report
) -> Measured:
    """From moments alone, as the engines for large data give them."""
    model = file.path_model()
    require_answers(int(moments.effective_n), choices)
    found = estimate(model, moments, missing=file.missing_treat)
    resampled = None
    if choices.bootstrap:
        replicates = DrawnMoments(moments, choices.bootstrap, choices.seed)
        resampled = _resampled(found, replicates, None, file, choices, report)
    return Measured(model, target(file, model), moments, found, read, left_out, resampled)


def target(file: ModelFile, model: PathModel) -> str:
    """What importance is about: the file's target, else the construct with the most paths to it."""
    most = max(range(len(model.names)), key=lambda j: len(model.predecessors[j]))
    return file.target or model.names[most]


def _rows(values: Values, weights: Values | None, file: ModelFile, model: PathModel) -> Rows:
    """What is resampled; refused for an item that nobody answered."""
    missing = np.isnan(values)
    if not missing.any():
        return Rows(values, weights)
    if empty := [item for k, item in enumerate(model.items) if missing[:, k].all()]:
        raise MeasureError(
            "empty_item", f"Nobody answered {', '.join(empty)}.", "Leave it out of the model.", names=empty
        )
    return (PairwiseRows if file.missing_treat == "pairwise" else MeanRows)(values, weights)


def _resampled(
    found: Estimate,
    replicates: Replicates,
    left: Jackknife | None,
    file: ModelFile,
    choices: Choices,
    report: Report,
) -> Bootstrap:
    wanted = Wanted(target=target(file, found.model), heterotrait=True, consistent=True)
    return bootstrap(
        found, replicates, wanted=wanted, jackknife=left, threads=choices.threads,
        report=lambda done, asked: report("bootstrap", done, asked),
    )  # fmt: skip


def _where_possible(act: Callable[[], T]) -> T | None:
    """What the data do not allow (a fold without variance) is left out of the document, not refused whole."""
    try:
        return act()
    except MeasureError:
        return None


def _groups(
    found: Estimate, rows: Rows, gathered: Gathered, file: ModelFile, choices: Choices, report: Report
) -> tuple[tuple[Group, ...], tuple[Compared, ...]]:
    if gathered.groups is None:
        return (), ()
    count = len(level_names(gathered.groups))
    if not 2 <= count <= MOST_LEVELS:
        raise MeasureError(
            "group_levels",
            f"Column {choices.group} has {count} different values; 2 to {MOST_LEVELS} can be compared.",
            "Name a column with a few groups.",
            column=choices.group, count=count, most=MOST_LEVELS,
        )  # fmt: skip
    members = levels(gathered.groups)
    groups = tuple(_group(level, inside, found, gathered, file) for level, inside in members.items())
    known = [group.level for group in groups if group.estimate is not None]
    pairs = list(combinations(known, 2))
    compared = []
    for done, (first, second) in enumerate(pairs):
        report("groups", done, len(pairs))
        both = members[first] | members[second]
        compared.append(_compare(first, second, found, rows, gathered, members[first], both, file, choices))
    if pairs:
        report("groups", len(pairs), len(pairs))
    return groups, tuple(compared)


def _group(
    level: str, inside: NDArray[np.bool_], found: Estimate, gathered: Gathered, file: ModelFile
) -> Group:
    n = int(inside.sum())
    weights = None if gathered.weights is None else gathered.weights[inside]
    try:
        if n < LEAST_IN_GROUP:
            raise MeasureError(
                "small_group",
                f"A group of {n} is too small.",
                "Use groups of ten or more.",
                first=n,
                second=n,
            )
        moments = Moments.of(gathered.values[inside], found.model.items, weights=weights)
        return Group(level, n, estimate(found.model, moments, missing=file.missing_treat))
    except MeasureError as refused:
        return Group(level, n, None, refused)


def _compare(
    first: str,
    second: str,
    found: Estimate,
    rows: Rows,
    gathered: Gathered,
    members: NDArray[np.bool_],
    both: NDArray[np.bool_],
    file: ModelFile,
    choices: Choices,
) -> Compared:
    values = rows.values[both] + rows.origin
    weights = None if gathered.weights is None else gathered.weights[both]
    try:
        pooled = estimate(
            found.model, Moments.of(values, found.model.items, weights=weights), missing=file.missing_treat
        )
        result = compare(
            pooled, type(rows)(values, weights), members[both],
            permutations=choices.permutations, seed=choices.seed, confidence=choices.confidence,
            threads=choices.threads,
        )  # fmt: skip
        return Compared(first, second, result)
    except MeasureError as refused:
        return Compared(first, second, None, refused)
