"""The ECSI mobile telephone model, its published moments, and what other programs make of them.

Data: Tenenhaus, Esposito Vinzi, Chatelin & Lauro (2005). Path models see data through their moments, so the tests
carry those (``ecsi_moments.json``, a divisor of n − 1) and the figures (``ecsi_figures.json``), not the answers.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frontstage.measure.moments import Moments
from frontstage.measure.pls import Construct, PathModel
from frontstage.measure.pls.model import Scheme

HERE = Path(__file__).parent
BLOCKS = {
    "Image": ("IMAG1", "IMAG2", "IMAG3", "IMAG4", "IMAG5"),
    "Expectation": ("CUEX1", "CUEX2", "CUEX3"),
    "Quality": ("PERQ1", "PERQ2", "PERQ3", "PERQ4", "PERQ5", "PERQ6", "PERQ7"),
    "Value": ("PERV1", "PERV2"),
    "Satisfaction": ("CUSA1", "CUSA2", "CUSA3"),
    "Complaints": ("CUSCO",),
    "Loyalty": ("CUSL1", "CUSL2", "CUSL3"),
}
PATHS = (
    ("Image", "Expectation"),
    ("Image", "Satisfaction"),
    ("Image", "Loyalty"),
    ("Expectation", "Quality"),
    ("Expectation", "Value"),
    ("Expectation", "Satisfaction"),
    ("Quality", "Value"),
    ("Quality", "Satisfaction"),
    ("Value", "Satisfaction"),
    ("Satisfaction", "Complaints"),
    ("Satisfaction", "Loyalty"),
    ("Complaints", "Loyalty"),
)


@cache
def facts() -> dict[str, Any]:
    """``ecsi_moments.json``."""
    return dict(json.loads((HERE / "ecsi_moments.json").read_text()))


@cache
def figures() -> dict[str, Any]:
    """``ecsi_figures.json``: by run of a program, its figures."""
    return dict(json.loads((HERE / "ecsi_figures.json").read_text()))


def ecsi_model(scheme: Scheme = "path") -> PathModel:
    """All constructs in mode A, items from 1 to 10."""
    scales = {item: (1.0, 10.0) for items in BLOCKS.values() for item in items}
    constructs = tuple(Construct(name, items) for name, items in BLOCKS.items())
    return PathModel(constructs, PATHS, scheme, scales, "ecsi")


def ecsi_moments() -> Moments:
    """Of the 250 answers, about their means; minimum and maximum are the scale's."""
    known = facts()
    p, n = len(known["names"]), known["n"]
    return Moments(
        names=tuple(known["names"]), origin=np.array(known["mean"]),
        rows=n, weight=float(n), weight_squares=float(n),
        pairs=np.full((p, p), float(n)), sums=np.zeros((p, p)),
        products=np.array(known["covariance"]) * (n - 1),
        minimum=np.full(p, 1.0), maximum=np.full(p, 10.0),
    )  # fmt: skip


def ecsi_like_rows(n: int = 250, seed: int = 0) -> NDArray[np.float64]:
    """(n, 24) made-up rows, columns in the order of the model's items, with exactly the published moments.

    n must be over 24. The values are continuous and leave the scale now and then.
    """
    known = facts()
    order = [known["names"].index(item) for item in ecsi_model().items]
    mean, covariance = np.array(known["mean"])[order], np.array(known["covariance"])[np.ix_(order, order)]
    z = np.random.default_rng(seed).standard_normal((n, len(order)))
    white = np.linalg.qr(z - z.mean(axis=0))[0] * np.sqrt(n - 1)
    return mean + white @ np.linalg.cholesky(covariance).T
