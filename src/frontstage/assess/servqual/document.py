"""The document of gaps: what `--json` writes and every report is made of. Its keys are stable.

Where only perceptions were asked, ``expectation``, ``gap``, ``t``, ``p`` and ``states`` are None and the limits
are those of the perception.
"""

from __future__ import annotations

import platform
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import scipy

from frontstage import __version__
from frontstage.assess.document import plain
from frontstage.assess.servqual.choices import GapChoices
from frontstage.assess.servqual.gathering import Pairs
from frontstage.assess.servqual.instrument_file import InstrumentFile
from frontstage.assess.servqual.measuring import GapsMeasured
from frontstage.measure.corrections import adjust_holm
from frontstage.measure.gaps import (
    DimensionGap,
    GapDifference,
    GapResult,
    compare_groups,
    compare_groups_everywhere,
    groups_differ,
)
from frontstage.measure.intervals import Interval


def gap_document(
    measured: GapsMeasured, pairs: Pairs, file: InstrumentFile, choices: GapChoices, data: dict[str, Any]
) -> dict[str, Any]:
    """``data``: where the rows came from, as the settings keep it."""
    result, base = measured.result, measured.base
    document: dict[str, Any] = plain(
        {
            "program": {"name": "frontstage", "version": __version__, "command": choices.command},
            "n": result.respondents,
            "rows": _rows(pairs, result),
            "instrument": _instrument(file),
            "dimensions": _dimensions(result, base, measured.states),
            "items": _items(result, base, file),
            "unweighted": _interval(result.unweighted, base),
            "weighted": _interval(result.weighted, base),
            "points": None if file.points is None else dict(file.points),
            "excluded": result.excluded,
            "groups": _groups(measured, choices) if measured.groups else None,
            "settings": _settings(pairs, file, choices, data),
            "quality": pairs.quality.as_dict(),
        }
    )
    return document


def _rows(pairs: Pairs, result: GapResult) -> dict[str, Any]:
    weights = pairs.weights if pairs.weights is not None else np.ones(len(pairs.perceptions))
    answered = ~np.isnan(pairs.perceptions)
    if pairs.expectations is not None:
        answered &= ~np.isnan(pairs.expectations)
    used = weights[answered.any(axis=1)]
    return {
        "read": pairs.read,
        "used": result.respondents,
        "left_out": pairs.read - result.respondents,
        "doubtful": pairs.quality.left_out,
        "weight_zero": pairs.unweighted,
        "unpaired": len(weights) - result.respondents,
        "weight": used.sum(),
        "effective_n": used.sum() ** 2 / np.square(used).sum(),
    }


def _instrument(file: InstrumentFile) -> dict[str, Any]:
    dimensions = [
        {"code": d.code, "label": dict(d.label), "items": [item.name for item in d.items]}
        for d in file.dimensions
    ]
    items = [
        {
            "name": item.name,
            "label": dict(item.label),
            "expectation": item.expectation,
            "perception": item.perception,
            "reversed": item.reversed,
        }
        for item in file.items
    ]
    return {
        "name": file.name,
        "label": dict(file.label),
        "dimensions": dimensions,
        "items": items,
        "minimum": file.minimum,
        "maximum": file.maximum,
    }


def _interval(interval: Interval | None, base: float | None) -> dict[str, Any] | None:
    if interval is None:
        return None
    low, high = (_above(limit, base) for limit in (interval.low, interval.high))
    return {"estimate": _above(interval.estimate, base), "low": low, "high": high, "n": interval.n}


def _above(value: float | None, base: float | None) -> float | None:
    return value if value is None or base is None else value + base


def _measures(row: DimensionGap, base: float | None) -> dict[str, Any]:
    """Means, gap and limits of a dimension or an item."""
    found = _interval(row.gap, base) or {"estimate": None, "low": None, "high": None}
    paired = base is None
    return {
        "expectation": row.expectation if paired else None,
        "perception": row.perception if paired else found["estimate"],
        "gap": found["estimate"] if paired else None,
        "low": found["low"],
        "high": found["high"],
        "n": row.n,
    }


def _dimensions(result: GapResult, base: float | None, states: Any = None) -> list[dict[str, Any]]:
    """The rows with Student's paired test of no gap, corrected for the number of dimensions."""
    ps = [None if base is not None else row.p for row in result.dimensions]
    adjusted = adjust_holm([np.nan if p is None else p for p in ps])
    rows = []
    for row, p, corrected in zip(result.dimensions, ps, adjusted, strict=True):
        test = {"t": row.t if base is None else None, "p": p, "p_adjusted": corrected}
        counted = {} if states is None else {"states": states.get(row.code)}
        rows.append({"code": row.code, **_measures(row, base), **test, **counted})
    return rows


def _items(result: GapResult, base: float | None, file: InstrumentFile) -> list[dict[str, Any]]:
    dimension = {item.name: d.code for d in file.dimensions for item in d.items}
    labels = {item.name: dict(item.label) for item in file.items}
    return [
        {
            "item": row.code,
            "label": labels[row.code],
            "dimension": dimension[row.code],
            **_measures(row, base),
        }
        for row in result.items
    ]


def _groups(measured: GapsMeasured, choices: GapChoices) -> dict[str, Any]:
    """Each level, whether any differs (Welch's F), and every pair: the first level minus the second."""
    groups, base = measured.groups, measured.base
    everywhere = compare_groups_everywhere(groups, choices.confidence)
    overall = compare_groups(groups, None, choices.confidence)
    codes = list(measured.instrument.dimensions)
    return {
        "column": choices.group,
        "levels": [
            {
                "level": level,
                "n": result.respondents,
                "dimensions": _dimensions(result, base),
                "unweighted": _interval(result.unweighted, base),
                "weighted": _interval(result.weighted, base),
            }
            for level, result in groups.items()
        ],
        "any_difference": _any_difference(measured, codes),
        "comparisons": [
            {
                "a": first,
                "b": second,
                "dimensions": [
                    {"code": code, **_difference(everywhere[code][first, second])} for code in codes
                ],
                "unweighted": _difference(overall[first, second]),
            }
            for first, second in combinations(groups, 2)
        ],
    }


def _any_difference(measured: GapsMeasured, codes: Sequence[str]) -> list[dict[str, Any]]:
    questions: Iterable[str | None] = (*codes, None)
    tests = [(code, groups_differ(measured.groups, code)) for code in questions]
    return [
        {"code": code or "unweighted", "f": t.f, "between": t.between, "within": t.within, "p": t.p}
        for code, t in tests
    ]


def _difference(row: GapDifference) -> dict[str, Any]:
    found = row.difference
    if found is None:
        return dict.fromkeys(("difference", "low", "high", "p", "p_adjusted"))
    # The science takes the later from the earlier; documents say a minus b throughout.
    low, high = (None if limit is None else -limit for limit in (found.high, found.low))
    return {"difference": -found.estimate, "low": low, "high": high, "p": found.p, "p_adjusted": row.p_holm}


def _settings(
    pairs: Pairs, file: InstrumentFile, choices: GapChoices, data: dict[str, Any]
) -> dict[str, Any]:
    return {
        "measure": "perception" if choices.perception_only else "gap",
        "confidence": choices.confidence,
        "interval": "Student",
        "correction": "Holm",
        "minimum": file.minimum,
        "maximum": file.maximum,
        "missing": "pairwise",
        "missing_codes": list(file.missing_codes),
        "off_scale": file.off_scale,
        "off_scale_values": pairs.off_scale,
        "reversed": [item.name for item in file.items if item.reversed],
        "points": None if file.points is None else dict(file.points),
        "tolerance": 0.0,
        "divisor": "n-1",
        "rules": dict(choices.rules),
        "weights": choices.weights,
        "group": choices.group,
        "identifier": choices.identifier,
        "seconds": choices.seconds,
        "encoding": choices.encoding,
        "versions": {
            "frontstage": __version__,
            "numpy": np.__version__,
            "scipy": scipy.__version__,
            "python": platform.python_version(),
        },
        "data": data,
        "instrument": {"source": file.source, "sha256": file.sha256},
        "instrument_sha256": file.sha256,
    }
