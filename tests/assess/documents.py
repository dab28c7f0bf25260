"""Two result documents as the engine writes them, for tests of everything that shows results.

The figures are made up but hang together: an index of a gas company's 300 customers in the six-factor
structure, and a SERVQUAL of 180 visitors. Nothing here is computed by the program.
"""

from __future__ import annotations

import random
from typing import Any

LABELS = {
    "EXPE": ("Expectation", "期望", 3, 71.2),
    "QUAL": ("Perceived quality", "感知质量", 4, 60.8),
    "VALU": ("Perceived value", "感知价值", 2, 61.5),
    "SATI": ("Satisfaction", "满意度", 3, 64.3),
    "COMP": ("Complaints", "抱怨处理", 1, 58.9),
    "LOYA": ("Loyalty", "忠诚度", 3, 69.4),
}
PATHS = {
    ("EXPE", "QUAL"): 0.557,
    ("EXPE", "VALU"): 0.048,
    ("EXPE", "SATI"): 0.121,
    ("QUAL", "VALU"): 0.553,
    ("QUAL", "SATI"): 0.512,
    ("VALU", "SATI"): 0.214,
    ("SATI", "COMP"): 0.528,
    ("SATI", "LOYA"): 0.485,
    ("COMP", "LOYA"): -0.067,
}
R2 = {"QUAL": 0.31, "VALU": 0.34, "SATI": 0.66, "COMP": 0.279, "LOYA": 0.241}
ITEM_LABELS = [
    "Expected quality overall", "Expected fit to my needs", "Expected reliability of supply",
    "Quality of service overall", "Staff explain the bill", "Visits happen when announced", "Repairs hold",
    "Price for this quality", "Quality for this price",
    "Satisfied overall", "Compared with what I expected", "Compared with the ideal",
    "How well my complaint was handled",
    "I would stay", "I would recommend", "I would accept a small rise in price",
]  # fmt: skip


def items_of(name: str) -> list[str]:
    return [f"{name.lower()}_{number}" for number in range(1, LABELS[name][2] + 1)]


def assessment() -> dict[str, Any]:
    """Six constructs, 16 items, 300 respondents, 5,000 replicates, two groups, one of everything doubtful."""
    chance = random.Random(7)
    names = list(LABELS)
    items = [item for name in names for item in items_of(name)]
    loadings = {
        name: {
            i: 1.0 if LABELS[name][2] == 1 else round(chance.uniform(0.68, 0.9), 4) for i in items_of(name)
        }
        for name in names
    }
    weights = {
        name: {i: round(value / sum(own.values()) ** 0.9, 4) for i, value in own.items()}
        for name, own in loadings.items()
    }
    return {
        "program": {
            "name": "frontstage",
            "version": "0.1.0",
            "command": "frontstage assess answers.csv --model six-factor --group region --bootstrap 5000 --seed 1",
        },
        "n": 300,
        "rows": {"read": 306, "used": 300, "left_out": 6, "weight": 300.0, "effective_n": 300.0},
        "model": _model(names, items, chance),
        "index": {name: LABELS[name][3] for name in names},
        "index_interval": {
            n: {"low": LABELS[n][3] - 2.3, "high": LABELS[n][3] + 2.2, "se": 1.15} for n in names
        },
        "index_refused": {},
        **_effects(),
        "loadings": loadings,
        "weights": weights,
        "loading_intervals": _around(loadings, 0.04),
        "weight_intervals": _around(weights, 0.03),
        "r2": R2,
        "r2_adjusted": {name: value - 0.004 for name, value in R2.items()},
        "f2": [{"from": a, "to": b, "value": round(abs(v) ** 1.5 / 1.4, 4)} for (a, b), v in PATHS.items()],
        "vif": {
            "paths": [{"from": a, "to": b, "value": round(1 + chance.random(), 3)} for a, b in PATHS],
            "items": {n: {i: round(1.2 + chance.random(), 3) for i in items_of(n)} for n in names},
        },
        **_measurement(names, loadings, chance),
        "q2": {name: round(value * 0.6, 4) for name, value in R2.items()},
        "predict": _prediction(chance),
        "srmr": {"saturated": 0.0612, "estimated": 0.0874},
        "consistent": {
            "paths": [{"from": a, "to": b, "estimate": round(v * 1.18, 4)} for (a, b), v in PATHS.items()],
            "loadings": loadings,
            "r2": {name: round(value * 1.2, 4) for name, value in R2.items()},
            "refused": None,
        },
        "importance_performance": _importance(names, chance),
        "groups": _groups(names),
        "verdicts": _verdicts(),
        "quality": _quality(),
        "settings": _settings(),
    }


def _model(names: list[str], items: list[str], chance: random.Random) -> dict[str, Any]:
    return {
        "name": "six-factor",
        "scheme": "path",
        "constructs": [
            {
                "name": name,
                "label": {"en": LABELS[name][0], "zh": LABELS[name][1]},
                "mode": "A",
                "items": items_of(name),
                "of": [],
            }
            for name in names
        ],
        "items": [
            {
                "name": item,
                "label": label,
                "minimum": 1,
                "maximum": 10,
                "mean": round(chance.uniform(6.1, 8.2), 3),
                "sd": round(chance.uniform(1.4, 2.3), 3),
            }
            for item, label in zip(items, ITEM_LABELS, strict=True)
        ],
        "paths": [{"from": a, "to": b} for a, b in PATHS],
    }


def _effect(origin: str, target: str, value: float) -> dict[str, Any]:
    se = 0.052
    p = 0.0 if abs(value) > 4 * se else round(min(1.0, 2 ** (1 - abs(value) / se * 2)), 4)
    row = {"from": origin, "to": target, "estimate": round(value, 4), "se": se}
    return {**row, "low": round(value - 1.96 * se, 4), "high": round(value + 1.96 * se, 4), "p": p}


def _effects() -> dict[str, Any]:
    totals: dict[tuple[str, str], float] = {}
    order = list(LABELS)
    for origin in order:
        reached = {origin: 1.0}
        for target in order:
            add = sum(reached.get(a, 0.0) * v for (a, b), v in PATHS.items() if b == target)
            if add:
                reached[target] = add
                totals[origin, target] = add
    indirect = {pair: v - PATHS.get(pair, 0.0) for pair, v in totals.items()}
    return {
        "paths": [_effect(a, b, v) for (a, b), v in PATHS.items()],
        "indirect_effects": [_effect(a, b, v) for (a, b), v in indirect.items() if abs(v) > 1e-12],
        "total_effects": [_effect(a, b, v) for (a, b), v in totals.items()],
    }


def _around(values: dict[str, dict[str, float]], se: float) -> dict[str, Any]:
    return {
        name: {i: {"low": v - 1.96 * se, "high": v + 1.96 * se, "se": se} for i, v in own.items()}
        for name, own in values.items()
    }


def _measurement(names: list[str], loadings: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    reliability: dict[str, Any] = {}
    for name in names:
        if LABELS[name][2] == 1:
            reliability[name] = dict.fromkeys(("alpha", "alpha_covariance", "rho_a", "rho_c", "ave"))
            continue
        alpha = {"VALU": 0.64, "EXPE": 0.71}.get(name, round(chance.uniform(0.76, 0.88), 3))
        ave = sum(v * v for v in loadings[name].values()) / len(loadings[name])
        row = {
            "alpha": alpha,
            "alpha_covariance": alpha + 0.004,
            "rho_a": alpha + 0.02,
            "rho_c": alpha + 0.07,
        }
        reliability[name] = {**row, "ave": round(ave, 4)}
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    r = {pair: round(chance.uniform(0.2, 0.72), 4) for pair in pairs}
    htmt = []
    for a, b in pairs:
        if "COMP" not in (a, b):
            value = 0.912 if (a, b) == ("QUAL", "SATI") else round(min(0.84, r[a, b] * 1.2), 4)
            row = {"a": a, "b": b, "value": value, "signed": value, "htmt2": round(value - 0.01, 4)}
            row |= {"htmt2_low": round(value - 0.1, 4), "htmt2_high": round(value + 0.07, 4)}
            htmt.append({**row, "low": round(value - 0.09, 4), "high": round(value + 0.08, 4)})
    own = {n: 1.0 if reliability[n]["ave"] is None else round(reliability[n]["ave"] ** 0.5, 4) for n in names}
    fornell = {a: {b: own[a] if a == b else r.get((a, b), r.get((b, a))) for b in names} for a in names}
    cross = {
        item: {b: v if a == b else round(v * float(fornell[a][b] or 0), 4) for b in names}
        for a in names
        for item, v in loadings[a].items()
    }
    return {"reliability": reliability, "htmt": htmt, "fornell_larcker": fornell, "cross_loadings": cross}


def _prediction(chance: random.Random) -> dict[str, Any]:
    rows = {}
    for name in list(LABELS)[1:]:
        for item in items_of(name):
            rmse = round(chance.uniform(1.4, 1.9), 4)
            linear = round(rmse + chance.uniform(-0.02, 0.06), 4)
            mae = {"mae": round(rmse * 0.8, 4), "mae_linear": round(linear * 0.8, 4)}
            rows[item] = {
                "q2": round(chance.uniform(0.05, 0.3), 4),
                "rmse": rmse,
                "rmse_linear": linear,
                **mae,
            }
    return {"items": rows, "verdict": "medium", "folds": 10, "repetitions": 1}


def _importance(names: list[str], chance: random.Random) -> dict[str, Any]:
    importance = {"EXPE": 0.46, "QUAL": 0.63, "VALU": 0.21}
    constructs, items, priorities = [], [], []
    for name, value in importance.items():
        around = {"low": value - 0.1, "high": value + 0.1}
        row = {"name": name, "importance": value, "performance": LABELS[name][3]}
        constructs.append({**row, **around})
        for item in items_of(name):
            own = round(value * chance.uniform(0.2, 0.5), 4)
            performance = LABELS[name][3] + round(chance.uniform(-9, 9), 2)
            row = {"name": item, "construct": name, "importance": own, "performance": performance}
            items.append({**row, "low": own - 0.03, "high": own + 0.03})
            gain = round(own * 100 / 9, 3)
            priority = {"name": item, "construct": name, "gain": gain}
            priorities.append({**priority, "low": gain - 0.33, "high": gain + 0.33})
    priorities.sort(key=lambda row: -float(row["gain"]))  # type: ignore[arg-type]
    return {"target": "SATI", "constructs": constructs, "items": items, "priorities": priorities}


def _groups(names: list[str]) -> dict[str, Any]:
    def level(name: str, n: int, shift: float) -> dict[str, Any]:
        index = {c: round(LABELS[c][3] + shift, 2) for c in names}
        paths = [{"from": a, "to": b, "estimate": round(v + shift / 60, 4)} for (a, b), v in PATHS.items()]
        return {"level": name, "n": n, "index": index, "paths": paths}

    def micom(name: str) -> dict[str, Any]:
        kind = {"VALU": "none", "EXPE": "partial"}.get(name, "full")
        return {
            "c": 0.9961, "c_low": 0.9902, "compositional": kind != "none",
            "mean_difference": -0.2, "mean_low": -0.23, "mean_high": 0.24, "mean_p": 0.09,
            "equal_means": kind == "full",
            "variance_ratio": 0.05, "variance_low": -0.4, "variance_high": 0.41, "variance_p": 0.71,
            "equal_variances": True, "invariance": kind,
        }  # fmt: skip

    differences = [
        {
            "from": a,
            "to": b,
            "difference": round(0.02 + i * 0.021, 4),
            "p": 0.03 + i * 0.09,
            "p_adjusted": 0.27,
        }
        for i, (a, b) in enumerate(PATHS)
    ]
    comparison = {"a": "north", "b": "south", "micom": {n: micom(n) for n in names}, "paths": differences}
    levels = [level("north", 160, -2.9), level("south", 140, 3.1)]
    return {"column": "region", "levels": levels, "comparisons": [comparison]}


def _verdicts() -> list[dict[str, Any]]:
    nunnally, hair = "Nunnally & Bernstein 1994", "Hair et al. 2019"
    rows: list[tuple[str, str | None, Any, float | None, str, str]] = [
        ("convergence", "model", 6, 300, "good", "Wold 1982"),
        ("sample_size", "model", 300, 155, "good", "Kock & Hadaya 2018"),
        ("alpha", "EXPE", 0.71, 0.7, "good", nunnally),
        ("alpha", "VALU", 0.64, 0.7, "caution", nunnally),
        ("rho_a", "VALU", 0.66, 0.7, "caution", "Dijkstra & Henseler 2015"),
        ("rho_c", "VALU", 0.71, 0.7, "good", hair),
        ("ave", "QUAL", 0.61, 0.5, "good", "Fornell & Larcker 1981"),
        ("loading", "expe_2", 0.682, 0.708, "caution", hair),
        ("fornell_larcker", "QUAL", 0.78, 0.72, "good", "Fornell & Larcker 1981"),
        ("htmt", "QUAL – SATI", 0.912, 0.9, "bad", "Henseler, Ringle & Sarstedt 2015"),
        ("htmt", "EXPE – QUAL", 0.63, 0.85, "good", "Henseler, Ringle & Sarstedt 2015"),
        ("vif_items", "qual_2", 2.1, 3.3, "good", hair),
        ("vif_paths", "QUAL → SATI", 1.9, 3.3, "good", hair),
        ("r2", "SATI", 0.66, 0.5, "good", hair),
        ("r2", "LOYA", 0.241, 0.25, "caution", hair),
        ("f2", "EXPE → VALU", 0.008, 0.02, "caution", "Cohen 1988"),
        ("q2", "SATI", 0.4, 0.0, "good", "Geisser 1974; Stone 1974"),
        ("predict", "SATI", "medium", None, "caution", "Shmueli et al. 2019"),
        ("srmr", "estimated", 0.0874, 0.08, "caution", "Hu & Bentler 1999"),
    ]
    keys = ("criterion", "subject", "value", "threshold", "state", "source")
    return [{**dict(zip(keys, row, strict=True)), "code": f"{row[0]}_{row[4]}"} for row in rows]


def _quality() -> dict[str, Any]:
    finding = {
        "rule": "straight_lining",
        "action": "leave_out",
        "count": 6,
        "rows": [3, 40, 41, 99, 200, 305],
    }
    message = "6 respondents gave one and the same answer to 16 items."
    nothing = {"rule": "duplicates", "action": "warn", "count": 0, "rows": [], "items": [], "share": 0.0}
    findings = [
        {**finding, "items": [], "share": 0.0196, "message": message},
        {**nothing, "message": "No two rows are the same."},
    ]
    return {"respondents": 306, "kept": 300, "findings": findings}


def _settings() -> dict[str, Any]:
    return {
        "scheme": "path",
        "missing": "mean",
        "off_scale": "refuse",
        "tolerance": 1e-7,
        "max_iterations": 300,
        "sign_rule": "the sum of loadings of each construct is positive",
        "bootstrap": {
            "replicates": 5000,
            "usable": 4998,
            "seed": 1,
            "method": "multiplicities",
            "interval": "percentile",
        },
        "confidence": 0.95,
        "engine": "local",
        "weights": None,
        "group": "region",
        "divisor": "n-1",
        "versions": {"frontstage": "0.1.0", "numpy": "2.4.6", "scipy": "1.17.1", "python": "3.11.2"},
        "data": {"source": "answers.csv", "sha256": "9f2c" * 16},
        "model_sha256": "01ab" * 16,
    }


DIMENSIONS = {
    "tangibles": ("Tangibles", "有形性", 4, 5.9, 5.4),
    "reliability": ("Reliability", "可靠性", 5, 6.5, 4.9),
    "responsiveness": ("Responsiveness", "响应性", 4, 6.3, 5.0),
    "assurance": ("Assurance", "保证性", 4, 6.2, 5.8),
    "empathy": ("Empathy", "移情性", 5, 5.6, 5.7),
}


def servqual() -> dict[str, Any]:
    """22 items in five dimensions, 180 visitors, weighted by points, two groups."""
    chance = random.Random(11)
    dimensions, items, declared = [], [], []
    for code, (en, zh, count, expectation, perception) in DIMENSIONS.items():
        own = [f"{code[:3]}_{number}" for number in range(1, count + 1)]
        declared.append({"code": code, "label": {"en": en, "zh": zh}, "items": own})
        gap = round(perception - expectation, 4)
        row = {"code": code, "expectation": expectation, "perception": perception, "gap": gap}
        test = {"low": gap - 0.17, "high": gap + 0.17, "n": 178, "t": round(gap / 0.087, 3), "p": 0.0004}
        dimensions.append({**row, **test, "p_adjusted": 0.002 if abs(gap) > 0.2 else 0.21})
        for item in own:
            e, p = expectation + chance.uniform(-0.2, 0.2), perception + chance.uniform(-0.3, 0.3)
            row = {"item": item, "dimension": code, "expectation": e, "perception": p, "gap": p - e}
            items.append({**row, "low": p - e - 0.21, "high": p - e + 0.21, "n": 176})
    points = {"tangibles": 11, "reliability": 32, "responsiveness": 22, "assurance": 19, "empathy": 16}
    return {
        "program": {
            "name": "frontstage",
            "version": "0.1.0",
            "command": "frontstage servqual visits.xlsx --instrument servqual",
        },
        "n": 180,
        "instrument": {"name": "SERVQUAL", "dimensions": declared, "minimum": 1, "maximum": 7},
        "dimensions": dimensions,
        "items": items,
        "unweighted": {"estimate": -0.74, "low": -0.86, "high": -0.62, "n": 178},
        "weighted": {"estimate": -0.88, "low": -1.01, "high": -0.75, "n": 178},
        "points": points,
        "excluded": 12,
        "groups": [
            {"level": level, "n": n, "dimensions": [{**d, "gap": d["gap"] + s} for d in dimensions],
             "unweighted": {"estimate": -0.74 + s, "low": -0.9 + s, "high": -0.58 + s, "n": n}}
            for level, n, s in (("east", 90, -0.2), ("west", 90, 0.2))
        ],
        "settings": {"confidence": 0.95, "correction": "Holm", "data": {"source": "visits.xlsx"}},
        "quality": {"respondents": 181, "kept": 180, "findings": []},
    }  # fmt: skip
