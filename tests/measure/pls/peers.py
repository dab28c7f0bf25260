"""Runs of the independent programs that the tests hold estimates against. They are GPL: run, never copied."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from frontstage.measure.pls import PathModel

Values = NDArray[np.float64]


def seminr_model(model: PathModel, rows: Values, *, factors: bool = False) -> Any:
    """seminr's estimate of ``rows`` (n, p), columns in the order of ``model.items``, run to 1e-12."""
    seminr, pandas = pytest.importorskip("seminr"), pytest.importorskip("pandas")
    kind = {"A": seminr.mode_A, "B": seminr.mode_B}
    measured = [
        seminr.reflective(c.name, list(c.items))
        if factors and len(c.items) > 1
        else seminr.composite(c.name, list(c.items), weights=kind[c.mode])
        for c in model.constructs
    ]
    return seminr.estimate_pls(
        pandas.DataFrame(rows, columns=list(model.items)),
        seminr.constructs(*measured),
        seminr.relationships(*[seminr.paths(from_=a, to=b) for a, b in model.paths]),
        inner_weights={"path": seminr.path_weighting, "factorial": seminr.path_factorial}[model.scheme],
        stop_criterion=12,
    )


def plspm_model(model: PathModel, rows: Values) -> Any:
    """plspm's estimate. Its own scaling divides by one pooled deviation, so the rows are standardised first."""
    pytest.importorskip("plspm")
    import pandas
    from plspm import config
    from plspm.mode import Mode
    from plspm.plspm import Plspm
    from plspm.scheme import Scheme

    structure = config.Structure()
    for start, end in model.paths:
        structure.add_path([start], [end])
    wanted = config.Config(structure.path(), scaled=False)
    for construct in model.constructs:
        wanted.add_lv(construct.name, Mode[construct.mode], *map(config.MV, construct.items))
    z = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    scheme = Scheme[{"path": "PATH", "factorial": "FACTORIAL", "centroid": "CENTROID"}[model.scheme]]
    return Plspm(pandas.DataFrame(z, columns=list(model.items)), wanted, scheme, 300, 1e-12)


def matrix(named: Any, rows: tuple[str, ...], columns: tuple[str, ...]) -> Values:
    """A named matrix of seminr as an array in our order; 0 for a name that it leaves out."""
    out = np.zeros((len(rows), len(columns)))
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            if row in named.rows and column in named.cols:
                out[i, j] = named.values[named.rows.index(row), named.cols.index(column)]
    return out
