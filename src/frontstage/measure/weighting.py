"""When some groups answer more readily than others: response rates, post-stratification, raking.

Sources: Holt & Smith (1979), Journal of the Royal Statistical Society A 142, for post-stratification; Deming
& Stephan (1940), Annals of Mathematical Statistics 11, for raking; Kish (1965), Survey Sampling, for the
design effect of weights.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from frontstage.measure.arrays import Values, as_numbers
from frontstage.measure.errors import MeasureError
from frontstage.measure.intervals import Interval, proportion_interval


@dataclass(frozen=True)
class Weights:
    """(n,) weights with mean 1, their design effect 1 + cv², and n divided by it; rounds of raking.

    ``off`` is how far the worst group's share is from its margin: 0 but for rounding, unless trimmed.
    """

    values: Values
    design_effect: float
    effective_n: float
    rounds: int = 0
    off: float = 0.0


def response_rate(
    answered: int, invited: int, not_eligible: int = 0, confidence: float = 0.95
) -> Interval | None:
    """Answered / (invited − known not to belong), Wilson's interval; None when nobody was invited.

    With complete answers only this is response rate 1 (RR1) of AAPOR's Standard Definitions: whose belonging
    is unknown stays in the denominator.
    """
    if not_eligible < 0 or not 0 <= answered <= invited - not_eligible:
        raise MeasureError(
            "response_counts",
            f"{answered} answers of {invited - not_eligible} invitations.",
            "Correct the counts.",
        )
    return proportion_interval(answered, invited - not_eligible, confidence)


def non_response_weights(
    invited: Mapping[Hashable, int], answered: Mapping[Hashable, int]
) -> dict[Any, float]:
    """Weight of an answer in each class: invited / answered, scaled to mean 1 over the answers.

    Raises MeasureError for a class that was invited and did not answer, and for more answers than invitations.
    """
    wrong = [c for c in {*invited, *answered} if not 0 <= answered.get(c, 0) <= invited.get(c, 0)]
    if wrong or not any(invited.values()):
        raise MeasureError(
            "response_counts",
            f"More answers than invitations, or no invitations: {', '.join(map(str, wrong[:5])) or 'all'}.",
            "Correct the counts.",
        )
    empty = [c for c, n in invited.items() if n > 0 and answered.get(c, 0) <= 0]
    if empty:
        _refuse_empty(empty)
    raw = {c: n / answered[c] for c, n in invited.items() if n > 0}
    scale = sum(answered[c] for c in raw) / sum(n for n in invited.values() if n > 0)
    return {c: w * scale for c, w in raw.items()}


def post_stratify(
    strata: Sequence[Hashable], population: Mapping[Any, float], start: ArrayLike | None = None
) -> Weights:
    """Weights that give each stratum its share of the population: (N_h/N)/(n_h/n).

    ``strata`` (n,) names each respondent's; ``population`` gives sizes or shares.
    """
    return rake({"stratum": strata}, {"stratum": population}, start)


def rake(
    groups: Mapping[str, Sequence[Hashable]],
    margins: Mapping[str, Mapping[Any, float]],
    start: ArrayLike | None = None,
    *,
    tolerance: float = 1e-10,
    rounds: int = 1000,
    smallest: float | None = None,
    largest: float | None = None,
) -> Weights:
    """Weights whose totals agree with every margin at once, by iterative proportional fitting.

    ``groups``: variable → (n,) group of each respondent; ``margins``: variable → group → size or share.
    ``start``: (n,) weights to begin with (1/chance of being drawn; 1 each when not given), so that the design
    is kept. ``smallest`` and ``largest`` trim the weights (in units of their mean) in each round; the margins are
    then met only as far as the limits allow (``off`` says how far), and the last round stands.
    Raises MeasureError for a group without respondents or without a margin, and when nothing settles.
    """
    if set(groups) != set(margins) or not margins or len({len(v) for v in groups.values()}) != 1:
        raise MeasureError(
            "no_margins",
            "Each variable needs its margin and one group for every respondent.",
            "Give at least one, and as many groups as respondents.",
        )
    coded = {name: _coded(name, groups[name], margins[name]) for name in margins}
    n = len(next(iter(coded.values()))[0])
    w = _start(start, n)
    trimmed = smallest is not None or largest is not None
    if (smallest or 0.0) >= 1 or (largest is not None and largest <= 1):
        raise MeasureError(
            "trimming", "The limits of the weights must lie round their mean, 1.", "Widen them."
        )
    for turn in range(1, rounds + 1):
        before = w.copy()
        off = 0.0
        for codes, target in coded.values():
            totals = np.bincount(codes, w, minlength=target.size)
            factor = np.divide(n * target, totals, out=np.ones_like(target), where=totals > 0)
            off = max(off, float(np.abs(totals / n - target).max()))
            w = w * factor[codes]
        if trimmed:
            w = _trim(w, smallest, largest)
        if off <= tolerance or (trimmed and np.abs(w - before).max() <= tolerance):
            return _weights(w, turn, coded)
    if trimmed:
        return _weights(w, rounds, coded)
    raise MeasureError(
        "raking_does_not_settle",
        f"After {rounds} rounds a margin is still {off:.2g} away.",
        "The margins contradict each other in these data: merge rare groups or drop a margin.",
        rounds=rounds,
        off=off,
    )


def _start(start: ArrayLike | None, n: int) -> Values:
    w = np.ones(n) if start is None else as_numbers(start, "The weights to start with", 1, holes=False)
    if w.shape != (n,) or (w < 0).any() or not w.sum() > 0:
        raise MeasureError(
            "respondent_weights", f"{n} weights of 0 or more are needed.", "Give one a respondent."
        )
    return w * (n / w.sum())


def _trim(w: Values, smallest: float | None, largest: float | None) -> Values:
    """Weights within the limits; what is cut off is spread over those that are not at a limit."""
    low, high = smallest or 0.0, np.inf if largest is None else largest
    for _ in range(50):
        w = np.clip(w, low, high)
        free = (w > low) & (w < high)
        owed = w.size - w[~free].sum()
        if not free.any() or owed <= 0 or abs(w[free].sum() - owed) < 1e-12 * w.size:
            break
        w[free] *= owed / w[free].sum()
    return np.clip(w, low, high)


def _coded(
    name: str, values: Sequence[Hashable], margin: Mapping[Any, float]
) -> tuple[NDArray[np.intp], Values]:
    place = {group: i for i, group in enumerate(margin)}
    unknown = sorted({str(v) for v in values if v not in place})
    if unknown:
        raise MeasureError(
            "unknown_group",
            f"{name} has no margin for {', '.join(unknown[:5])}.",
            "Give the population's size of every group that answered.",
            variable=name,
            groups=unknown,
        )
    codes = np.array([place[v] for v in values], np.intp)
    sizes = as_numbers(list(margin.values()), f"The sizes of {name}", 1, holes=False)
    if (sizes < 0).any() or not sizes.sum() > 0:
        raise MeasureError(
            "margin", f"The sizes of {name} must be 0 or more, and not all 0.", "Correct them."
        )
    counts = np.bincount(codes, minlength=sizes.size)
    empty = [group for group, i in place.items() if sizes[i] > 0 and counts[i] == 0]
    if empty:
        _refuse_empty(empty)
    return codes, sizes / sizes.sum()


def _refuse_empty(groups: Sequence[Any]) -> None:
    raise MeasureError(
        "empty_group",
        f"Nobody answered in {', '.join(str(g) for g in groups[:5])}; no weight can stand in for them.",
        "Merge the group with a similar one, or ask again.",
        groups=[str(g) for g in groups],
    )


def _weights(w: Values, turn: int, coded: Mapping[str, tuple[NDArray[np.intp], Values]]) -> Weights:
    effect = float(w.size * np.square(w).sum() / w.sum() ** 2)
    shares = [(np.bincount(codes, w, minlength=t.size) / w.sum(), t) for codes, t in coded.values()]
    off = max(float(np.abs(share - target).max()) for share, target in shares)
    return Weights(w, effect, w.size / effect, turn, off)
