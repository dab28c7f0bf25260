"""Can constructs be told apart, and do items repeat each other: Fornell-Larcker, HTMT, HTMT2, item VIF.

Cross-loadings are ``Estimate.cross``. Sources: Fornell & Larcker (1981); Henseler, Ringle & Sarstedt (2015) for
HTMT; Roemer, Schuberth & Henseler (2021) for HTMT2.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from frontstage.measure.pls.assessment.reliability import is_judged
from frontstage.measure.pls.estimation import Estimate
from frontstage.measure.pls.model import PathModel

Values = NDArray[np.float64]
Kind = Literal["absolute", "signed", "geometric"]


def heterotrait(model: PathModel, correlation: Values, kind: Kind = "absolute") -> Values:
    """(J, J, B) heterotrait-monotrait ratios of correlations (s, s, B) of slots; symmetric, 1 on the diagonal.

    The mean correlation of items of two constructs over the root of the product of their mean correlations
    within; a single item's is 1. ``absolute`` takes |r| (seminr), ``signed`` r itself (Henseler et al.'s
    formula, cSEM): they differ only where an item correlates negatively. ``geometric`` is HTMT2: geometric
    means of |r|. nan for a construct that items form (mode B), which has no monotrait correlations, for two
    constructs that share items, and where signed means are not positive.
    """
    r = correlation if kind == "signed" else np.abs(correlation)
    if kind == "geometric":
        with np.errstate(divide="ignore"):
            r = np.log(r)
    count = len(model.names)
    within = np.stack([_within(model, r, j, kind) for j in range(count)])
    out = np.full((count, count, correlation.shape[-1]), np.nan)
    for j in range(count):
        out[j, j] = 1.0
        for k in range(j):
            if not shares_items(model, j, k):
                between = r[model.blocks[j], model.blocks[k]].mean(axis=(0, 1))
                out[j, k] = out[k, j] = _ratio(between, within[j], within[k], kind)
    return out


def shares_items(model: PathModel, j: int, k: int) -> bool:
    """Whether an item shows both constructs, as with a second-order construct and one of its parts."""
    a, b = (model.items_of(model.constructs[i]) for i in (j, k))
    return not set(a).isdisjoint(b)


def _within(model: PathModel, r: Values, j: int, kind: Kind) -> Values:
    block = model.blocks[j]
    if block.stop - block.start == 1:
        return np.full(r.shape[-1], 0.0 if kind == "geometric" else 1.0)
    if not is_judged(model, j):
        return np.full(r.shape[-1], np.nan)
    above = np.triu_indices(block.stop - block.start, 1)
    return np.asarray(r[block, block][above].mean(axis=0))


def _ratio(between: Values, a: Values, b: Values, kind: Kind) -> Values:
    with np.errstate(invalid="ignore", divide="ignore"):
        if kind == "geometric":
            return np.asarray(np.exp(between - (a + b) / 2))
        # Two negative means would make a positive product, and a ratio without a meaning.
        return np.where((a > 0) & (b > 0), between / np.sqrt(a * b), np.nan)


def htmt(estimate: Estimate, kind: Kind = "absolute") -> Values:
    """(J, J) ``heterotrait`` of one estimate."""
    return heterotrait(estimate.model, estimate.correlation[..., None], kind)[..., 0]


def fornell_larcker(estimate: Estimate) -> Values:
    """(J, J) correlations of constructs with √AVE on the diagonal; nan there for mode B and single items."""
    out = np.array(estimate.correlations)
    for j, block in enumerate(estimate.model.blocks):
        known = is_judged(estimate.model, j)
        out[j, j] = np.sqrt((estimate.loadings[block] ** 2).mean()) if known else np.nan
    return out


def inflation(correlation: Values) -> Values:
    """(k,) variance inflation factors 1/(1 − R²) of each variable on the others, from correlations (k, k).

    inf for all where the variables determine each other.
    """
    if len(correlation) and np.linalg.eigvalsh(correlation)[0] < 1e-12:
        return np.full(len(correlation), np.inf)
    return np.asarray(np.diag(np.linalg.inv(correlation)))


def item_vifs(estimate: Estimate) -> Values:
    """(s,) VIF of each slot among those of its construct; 1 for a single item."""
    return np.concatenate([inflation(estimate.correlation[b, b]) for b in estimate.model.blocks])
