"""What the science says of the pairs, the same whether or not expectations were asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frontstage.assess.gathering import level_names, levels
from frontstage.assess.servqual.choices import GapChoices
from frontstage.assess.servqual.gathering import Pairs, Values
from frontstage.assess.servqual.instrument_file import InstrumentFile
from frontstage.measure.errors import MeasureError
from frontstage.measure.gaps import (
    GapInstrument,
    GapResult,
    classify,
    count_states,
    measure_gaps,
    measure_performance,
)

# More levels make more pairs than anyone reads, and corrections that nothing passes.
MOST_LEVELS = 30


@dataclass(frozen=True)
class GapsMeasured:
    """``result`` of all rows and of each level of the group column.

    Where only perceptions were asked, the results' gaps lie above the scale's minimum ``base``, which is to be
    added to each of them; a difference of two is right as it is.
    """

    instrument: GapInstrument
    result: GapResult
    base: float | None
    states: Mapping[str, Mapping[str, int]]
    groups: Mapping[str, GapResult]


def measure_pairs(pairs: Pairs, file: InstrumentFile, choices: GapChoices) -> GapsMeasured:
    """Raises ``MeasureError`` where no respondent has an answer that counts, or the groups are no groups."""
    instrument = file.gap_instrument()
    everyone = np.ones(len(pairs.perceptions), bool)
    result = _measured(pairs, everyone, instrument, file, choices)
    if not result.respondents:
        raise MeasureError(
            "no_pairs",
            f"None of the {pairs.read} rows has an answer that counts.",
            "A pair needs both its expectation and its perception. Look at the missing values and codes, and at "
            "the rules of data quality.",
            read=pairs.read,
        )
    base = float(file.minimum) if choices.perception_only else None
    members = _members(pairs, choices)
    return GapsMeasured(
        instrument,
        result,
        base,
        count_pairs(pairs, instrument),
        {level: _measured(pairs, inside, instrument, file, choices) for level, inside in members.items()},
    )


def _measured(
    pairs: Pairs,
    inside: NDArray[np.bool_],
    instrument: GapInstrument,
    file: InstrumentFile,
    choices: GapChoices,
) -> GapResult:
    e, p, w = pairs.part(inside)
    if e is None:
        return measure_performance(instrument, p, file.points, choices.confidence, w).above_minimum
    return measure_gaps(instrument, e, p, file.points, choices.confidence, w)


def _members(pairs: Pairs, choices: GapChoices) -> Mapping[str, NDArray[np.bool_]]:
    if pairs.groups is None:
        return {}
    count = len(level_names(pairs.groups))
    if not 2 <= count <= MOST_LEVELS:
        raise MeasureError(
            "group_levels",
            f"Column {choices.group} has {count} different values; 2 to {MOST_LEVELS} can be compared.",
            "Name a column with a few groups.",
            column=choices.group,
            count=count,
            most=MOST_LEVELS,
        )
    return levels(pairs.groups)


def count_pairs(pairs: Pairs, instrument: GapInstrument) -> dict[str, dict[str, int]]:
    """Of each dimension's answered pairs, how many delight, satisfy and disappoint; empty without expectations."""
    if pairs.expectations is None:
        return {}
    turned = instrument.reversed_mask
    e, p = (_turned(side, turned, instrument) for side in (pairs.expectations, pairs.perceptions))
    states = classify(p, e)
    place = {item: at for at, item in enumerate(instrument.items)}
    return {
        code: count_states(states[:, [place[item] for item in items]])
        for code, items in instrument.dimensions.items()
    }


def _turned(answers: Values, reversed_items: NDArray[np.bool_], instrument: GapInstrument) -> Values:
    return np.where(reversed_items, instrument.minimum + instrument.maximum - answers, answers)
