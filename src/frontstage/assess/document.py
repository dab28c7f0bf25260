"""The result document: what `--json` writes and every report is made of. Its keys are stable.

Plain numbers, texts, lists and dictionaries; None where a figure does not apply or does not exist.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frontstage import __version__
from frontstage.assess.choices import Choices
from frontstage.assess.measuring import Compared, Group, Measured
from frontstage.assess.model_file import ModelFile
from frontstage.assess.settings import ESTIMATES, settings
from frontstage.measure.errors import MeasureError
from frontstage.measure.pls.assessment import (
    f_squared,
    fornell_larcker,
    htmt,
    item_vifs,
    judge,
    path_vifs,
    r2_adjusted,
    reliability,
    srmr,
)
from frontstage.measure.pls.inference import Bootstrap

Values = NDArray[np.float64]


def assessment(measured: Measured, file: ModelFile, choices: Choices, data: dict[str, Any]) -> dict[str, Any]:
    """``data``: where the rows came from, as the settings keep it."""
    found, model = measured.estimate, measured.model
    limits = _Limits(measured.bootstrap, choices)
    return plain(
        {
            "program": {"name": "frontstage", "version": __version__, "command": choices.command},
            "n": found.n,
            "rows": {
                "read": measured.read, "used": found.n, "left_out": measured.read - found.n,
                **measured.left_out,
                "weight": measured.moments.weight, "effective_n": measured.moments.effective_n,
            },
            "model": _model(measured, file),
            **_indices(measured, limits),
            "paths": _effects(measured, "paths", model.matrix, limits),
            "indirect_effects": _effects(measured, "indirect", found.indirect != 0, limits),
            "total_effects": _effects(measured, "total", found.total != 0, limits),
            "loadings": _by_slot(measured, found.loadings),
            "weights": _by_slot(measured, found.weights),
            "loading_intervals": _slot_limits(measured, "loadings", limits),
            "weight_intervals": _slot_limits(measured, "weights", limits),
            "r2": _endogenous(measured, found.r2),
            "r2_adjusted": _endogenous(measured, r2_adjusted(found, measured.moments.effective_n)),
            "f2": _edges(measured, f_squared(found)),
            "vif": {
                "paths": _edges(measured, path_vifs(found)),
                "items": _by_slot(measured, item_vifs(found), several=True),
            },
            "reliability": {name: vars(value) for name, value in reliability(found).items()},
            "htmt": _heterotrait(measured, limits),
            "fornell_larcker": _square(measured, fornell_larcker(found)),
            "cross_loadings": _cross_loadings(measured),
            "q2": measured.q2,
            "predict": _prediction(measured),
            "srmr": vars(srmr(found)),
            "consistent": _consistent(measured, limits),
            "importance_performance": _importance(measured, limits),
            "groups": _groups(measured, choices),
            "verdicts": [verdict.as_dict() for verdict in _verdicts(measured, limits)],
            "quality": None if measured.quality is None else measured.quality.as_dict(),
            "settings": settings(measured, file, choices, data),
        }
    )  # fmt: skip


class _Limits:
    """Standard errors and limits of figures, by name; nothing without a bootstrap."""

    def __init__(self, bootstrap: Bootstrap | None, choices: Choices) -> None:
        self.bootstrap, self.choices = bootstrap, choices
        self._known: dict[str, tuple[Values, Values, Values, Values]] = {}

    def of(self, name: str) -> tuple[Values, Values, Values, Values] | None:
        """(se, low, high, p), each of the figure's shape."""
        if self.bootstrap is None or name not in self.bootstrap.replicates:
            return None
        if name not in self._known:
            low, high = self.bootstrap.interval(name, self.choices.interval, self.choices.confidence)
            self._known[name] = (self.bootstrap.standard_error(name), low, high, self.bootstrap.p(name))
        return self._known[name]

    def at(self, name: str, *place: int, p: bool = False) -> dict[str, float | None]:
        """Of one figure; None each without a bootstrap."""
        known = self.of(name)
        keys = ("se", "low", "high", "p") if p else ("se", "low", "high")
        if known is None:
            return dict.fromkeys(keys)
        return {key: float(values[place]) for key, values in zip(keys, known, strict=False)}


def _model(measured: Measured, file: ModelFile) -> dict[str, Any]:
    model, found = measured.model, measured.estimate
    labels = file.item_labels
    first = {item: int(np.flatnonzero(model.slots == k)[0]) for k, item in enumerate(model.items)}
    return {
        "name": file.name, "label": dict(file.label), "scheme": model.scheme,
        "constructs": [
            {"name": c.name, "label": dict(c.label), "mode": c.mode, "items": list(model.items_of(known)),
             "of": list(c.of)}
            for c, known in zip(file.constructs, model.constructs, strict=True)
        ],
        "items": [
            {"name": item, "label": dict(labels.get(item, {})), "minimum": model.scale(item)[0],
             "maximum": model.scale(item)[1], "mean": found.mean[first[item]], "sd": found.sd[first[item]]}
            for item in model.items
        ],
        "paths": [{"from": start, "to": end} for start, end in model.paths],
    }  # fmt: skip


def _indices(measured: Measured, limits: _Limits) -> dict[str, Any]:
    found = measured.estimate.indices
    names = measured.model.names
    known = [name for j, name in enumerate(names) if not found.negative[j, 0]]
    intervals = {name: limits.at("index", names.index(name)) for name in known}
    return {
        "index": {name: found.values[j, 0] if name in known else None for j, name in enumerate(names)},
        "index_interval": intervals if limits.bootstrap is not None else {},
        "index_refused": {name: "negative_weight" for name in names if name not in known},
    }


def _effects(
    measured: Measured, name: str, there: NDArray[np.bool_], limits: _Limits
) -> list[dict[str, Any]]:
    names = measured.model.names
    values: Values = getattr(measured.estimate, name)
    places = (
        [(names.index(a), names.index(b)) for a, b in measured.model.paths]
        if name == "paths"
        else [(int(i), int(j)) for i, j in np.argwhere(there & (np.abs(values) > 1e-12))]
    )
    return [
        {"from": names[i], "to": names[j], "estimate": values[i, j], **limits.at(name, i, j, p=True)}
        for i, j in places
    ]


def _edges(measured: Measured, values: Values) -> list[dict[str, Any]]:
    names = measured.model.names
    return [
        {"from": a, "to": b, "value": values[names.index(a), names.index(b)]} for a, b in measured.model.paths
    ]


def _slots(measured: Measured) -> Iterable[tuple[str, list[tuple[int, str]]]]:
    model = measured.model
    for name, block in zip(model.names, model.blocks, strict=True):
        yield name, [(s, model.items[model.slots[s]]) for s in range(block.start, block.stop)]


def _by_slot(measured: Measured, values: Values, *, several: bool = False) -> dict[str, Any]:
    return {
        name: {item: values[s] for s, item in slots}
        for name, slots in _slots(measured)
        if len(slots) > 1 or not several
    }


def _slot_limits(measured: Measured, name: str, limits: _Limits) -> dict[str, Any]:
    if limits.bootstrap is None:
        return {}
    return {
        construct: {item: limits.at(name, s) for s, item in slots} for construct, slots in _slots(measured)
    }


def _endogenous(measured: Measured, values: Values) -> dict[str, Any]:
    model = measured.model
    return {name: values[j] for j, name in enumerate(model.names) if model.predecessors[j].size}


def _square(measured: Measured, values: Values) -> dict[str, Any]:
    names = measured.model.names
    return {a: {b: values[i, j] for j, b in enumerate(names)} for i, a in enumerate(names)}


def _cross_loadings(measured: Measured) -> dict[str, Any]:
    model, cross = measured.model, measured.estimate.cross
    first = {item: int(np.flatnonzero(model.slots == k)[0]) for k, item in enumerate(model.items)}
    return {item: {name: cross[s, j] for j, name in enumerate(model.names)} for item, s in first.items()}


def _heterotrait(measured: Measured, limits: _Limits) -> list[dict[str, Any]]:
    names = measured.model.names
    found = measured.estimate
    absolute, signed, second = htmt(found, "absolute"), htmt(found, "signed"), htmt(found, "geometric")
    return [
        {"a": names[i], "b": names[j], "value": absolute[i, j], "signed": signed[i, j], "htmt2": second[i, j],
         **limits.at("htmt", i, j),
         **{f"htmt2_{key}": value for key, value in limits.at("htmt2", i, j).items() if key != "se"}}
        for i in range(len(names))
        for j in range(i + 1, len(names))
        if np.isfinite(absolute[i, j])
    ]  # fmt: skip


def _prediction(measured: Measured) -> dict[str, Any] | None:
    found = measured.prediction
    if found is None:
        return None
    items = {item: vars(value) for item, value in found.items.items()}
    return {"items": items, "verdict": found.verdict, "folds": found.folds, "repetitions": found.repetitions}


def _consistent(measured: Measured, limits: _Limits) -> dict[str, Any]:
    """PLSc; refused with its reason where the corrected correlations are impossible."""
    found, names = measured.estimate.consistent, measured.model.names
    if not found.proper[0]:
        return {"refused": "improper", "paths": [], "loadings": {}, "r2": {}}
    places = [(names.index(a), names.index(b)) for a, b in measured.model.paths]
    return {
        "refused": None,
        "paths": [
            {"from": names[i], "to": names[j], "estimate": found.paths[i, j, 0],
             **limits.at("consistent_paths", i, j, p=True)}
            for i, j in places
        ],
        "loadings": _by_slot(measured, found.loadings[:, 0]),
        "r2": _endogenous(measured, found.r2[:, 0]),
    }  # fmt: skip


def _importance(measured: Measured, limits: _Limits) -> dict[str, Any]:
    """Constructs that act on the target, and their items: importance in index points for one index point."""
    model, found = measured.model, measured.estimate
    target = model.names.index(measured.target)
    importance, gains = found.importance(measured.target), found.gains(measured.target)
    acting = [j for j in range(len(model.names)) if abs(found.total[j, target]) > 1e-12]
    constructs = [
        {"name": model.names[j], "importance": importance[j], "performance": found.indices.values[j, 0],
         **limits.at("importance", j)}
        for j in acting
        if not found.indices.negative[j, 0]
    ]  # fmt: skip
    items: list[dict[str, Any]] = []
    priorities: list[dict[str, Any]] = []
    first_order = sorted(enumerate(model.owners), key=lambda slot: bool(model.constructs[slot[1]].of))
    for s, owner in first_order:
        item = model.items[model.slots[s]]
        # A second-order construct repeats its parts' items: they count once, for the part where that acts.
        if owner not in acting or found.indices.negative[owner, 0] or item in {row["name"] for row in items}:
            continue
        low, high = model.scale(item)
        span = (high - low) / 100
        around = {k: None if v is None else v * span for k, v in limits.at("gains", s).items()}
        named = {"name": item, "construct": model.names[owner]}
        performance = (found.mean[s] - low) / span
        items.append({**named, "importance": gains[s] * span, "performance": performance, **around})
        priorities.append({**named, "gain": gains[s], **limits.at("gains", s)})
    priorities.sort(key=lambda row: -float(row["gain"]))
    return {"target": measured.target, "constructs": constructs, "items": items, "priorities": priorities}


def _groups(measured: Measured, choices: Choices) -> dict[str, Any] | None:
    if not measured.groups:
        return None
    return {
        "column": choices.group,
        "levels": [_level(measured, group) for group in measured.groups],
        "comparisons": [_comparison(pair) for pair in measured.compared],
    }


def _level(measured: Measured, group: Group) -> dict[str, Any]:
    if group.estimate is None:
        return {"level": group.level, "n": group.n, "index": {}, "paths": [],
                "refused": group.refused.code if group.refused else None,
                "refused_details": _named(group.refused)}  # fmt: skip
    names, found = measured.model.names, group.estimate
    values = found.indices.values[:, 0]
    paths = [
        {"from": a, "to": b, "estimate": found.paths[names.index(a), names.index(b)]}
        for a, b in measured.model.paths
    ]
    index = dict(zip(names, values, strict=True))
    return {"level": group.level, "n": group.n, "index": index, "paths": paths, "refused": None}


def _named(refused: MeasureError | None) -> dict[str, Any]:
    """The items or constructs that a refusal names."""
    names = refused.details.get("names") if refused else None
    return {"names": list(names)} if isinstance(names, list | tuple) else {}


def _comparison(pair: Compared) -> dict[str, Any]:
    if pair.comparison is None:
        refused = pair.refused.code if pair.refused else None
        return {"a": pair.first, "b": pair.second, "micom": {}, "paths": [], "refused": refused}
    micom = {
        name: {
            "c": found.c.value, "c_low": found.c.low, "compositional": found.c.value >= found.c.low,
            "mean_difference": found.mean.value, "mean_low": found.mean.low, "mean_high": found.mean.high,
            "mean_p": found.mean.p, "equal_means": found.mean.within,
            "variance_ratio": found.variance.value, "variance_low": found.variance.low,
            "variance_high": found.variance.high, "variance_p": found.variance.p,
            "equal_variances": found.variance.within, "invariance": found.invariance,
        }
        for name, found in pair.comparison.constructs.items()
    }  # fmt: skip
    paths = [
        {
            "from": row.start,
            "to": row.end,
            "difference": row.difference,
            "p": row.p,
            "p_adjusted": row.p_adjusted,
        }
        for row in pair.comparison.paths
    ]
    usable = pair.comparison.usable
    return {"a": pair.first, "b": pair.second, "micom": micom, "paths": paths, "permutations": usable,
            "refused": None}  # fmt: skip


def _verdicts(measured: Measured, limits: _Limits) -> Iterable[Any]:
    known = limits.of("htmt")
    return judge(
        measured.estimate,
        q2={name: value for name, value in measured.q2.items() if math.isfinite(value)},
        prediction=measured.prediction,
        htmt_high=None if known is None else known[2],
        n=float(round(measured.moments.effective_n)),
        stopping=ESTIMATES,
    )


def plain(value: Any) -> Any:
    """JSON's own kinds: NumPy's numbers as Python's, nan and infinities as None, tuples as lists."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, np.bool_):
        return bool(value)
    if isinstance(value, np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        return float(value) if math.isfinite(value) else None
    return value
