"""Every choice that affects the numbers, as the document keeps it: enough to get them again."""

from __future__ import annotations

import platform
from typing import Any

import numpy as np
import scipy

from frontstage import __version__
from frontstage.assess.choices import Choices
from frontstage.assess.measuring import Measured
from frontstage.assess.model_file import ModelFile
from frontstage.measure.pls import Stopping
from frontstage.measure.pls.inference import REPLICATES

# What an estimate is iterated to; its verdict on convergence needs the same limit.
ESTIMATES = Stopping(1e-12)


def settings(measured: Measured, file: ModelFile, choices: Choices, data: dict[str, Any]) -> dict[str, Any]:
    """``data``: where the rows came from, as the document keeps it."""
    resampled = measured.bootstrap
    return {
        "scheme": measured.model.scheme,
        "modes": {c.name: c.mode for c in measured.model.constructs},
        "target": measured.target,
        "missing": file.missing_treat,
        "missing_codes": list(file.missing_codes),
        "off_scale": file.off_scale,
        "reverse": list(file.reverse),
        "tolerance": ESTIMATES.tolerance,
        "max_iterations": ESTIMATES.rounds,
        "rounds": measured.estimate.rounds,
        "sign_rule": "a construct that correlates negatively with the sum of its items is turned round; replicates "
        "face the way of the estimate",
        "divisor": "n-1",
        "bootstrap": None
        if resampled is None
        else {
            "replicates": resampled.asked, "usable": resampled.usable, "seed": choices.seed,
            "method": resampled.method, "interval": choices.interval, "tolerance": REPLICATES.tolerance,
        },
        "confidence": choices.confidence,
        "permutations": choices.permutations if choices.group else None,
        "folds": choices.folds,
        "smallest_path": choices.smallest_path,
        "rules": dict(choices.rules),
        "engine": choices.engine,
        "weights": choices.weights,
        "group": choices.group,
        "seed": choices.seed,
        "versions": {
            "frontstage": __version__, "numpy": np.__version__, "scipy": scipy.__version__,
            "python": platform.python_version(),
        },
        "data": data,
        "model": {"source": file.source, "sha256": file.sha256},
        "model_sha256": file.sha256,
    }  # fmt: skip
