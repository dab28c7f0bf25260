"""One figure against its published threshold."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

State = Literal["good", "caution", "bad"]

NUNNALLY = "Nunnally & Bernstein 1994"
HAIR_2011 = "Hair, Ringle & Sarstedt 2011"
HAIR = "Hair et al. 2019"
FORNELL = "Fornell & Larcker 1981"
HENSELER = "Henseler, Ringle & Sarstedt 2015"
KOCK = "Kock & Hadaya 2018"


@dataclass(frozen=True)
class Verdict:
    """``subject``: a construct, an item, "a – b" (pair), "a → b" (path) or the model. ``threshold``: the one
    that decided. ``code``: the criterion and the finding, such as ``alpha_low``; stable.
    """

    criterion: str
    subject: str
    value: float | str
    threshold: float | None
    state: State
    code: str
    source: str

    def as_dict(self) -> dict[str, Any]:
        """Its fields by name."""
        return asdict(self)


def reliability_verdict(criterion: str, subject: str, value: float, source: str) -> Verdict:
    """.7 or more is wanted, .6 does for exploring; over .95 the items say one thing again and again."""
    if value > 0.95:
        return Verdict(criterion, subject, value, 0.95, "caution", f"{criterion}_redundant", HAIR)
    state: State = "good" if value >= 0.7 else "caution" if value >= 0.6 else "bad"
    code = f"{criterion}_good" if state == "good" else f"{criterion}_low"
    return Verdict(criterion, subject, value, 0.7, state, code, source)


def inflation_verdict(criterion: str, subject: str, value: float) -> Verdict:
    """Below 3.3 causes can be separated; from 5 on they cannot."""
    if value < 3.3:
        source = "Diamantopoulos & Siguaw 2006"
        return Verdict(criterion, subject, value, 3.3, "good", f"{criterion}_good", source)
    state: State = "caution" if value < 5 else "bad"
    return Verdict(criterion, subject, value, 5.0, state, f"{criterion}_high", HAIR_2011)


def heterotrait_verdict(subject: str, value: float) -> Verdict:
    """Below .85 two constructs differ; below .90 where they are close in meaning."""
    return most("htmt", subject, value, ((0.85, "good"), (0.9, "caution")), HENSELER)


def fit_verdict(subject: str, value: float) -> Verdict:
    """An SRMR of .08 or less is good; up to .10 is let pass with caution."""
    state: State = "good" if value <= 0.08 else "caution" if value <= 0.1 else "bad"
    code = "srmr_good" if state == "good" else "srmr_high"
    return Verdict("srmr", subject, value, 0.08, state, code, "Hu & Bentler 1999")


def least(
    criterion: str, subject: str, value: float, steps: tuple[float, ...], states: tuple[State, ...],
    otherwise: State, source: str, words: tuple[str, ...] = (),
) -> Verdict:  # fmt: skip
    """The first of the falling ``steps`` that ``value`` reaches decides; below all of them the last."""
    for index, (step, state) in enumerate(zip(steps, states, strict=True)):
        if value >= step:
            word = words[index] if words else ("good" if state == "good" else "low")
            # Where a state below good is reached, the step that was missed is the one to show.
            shown = step if state == "good" else steps[index - 1]
            return Verdict(criterion, subject, value, shown, state, f"{criterion}_{word}", source)
    word = words[-1] if words else "low"
    return Verdict(criterion, subject, value, steps[-1], otherwise, f"{criterion}_{word}", source)


def most(
    criterion: str, subject: str, value: float, steps: tuple[tuple[float, State], ...], source: str
) -> Verdict:
    """The first of the rising ``steps`` that ``value`` stays below decides; at or over all of them it is bad."""
    for step, state in steps:
        if value < step:
            word = "good" if state == "good" else "high"
            return Verdict(criterion, subject, value, step, state, f"{criterion}_{word}", source)
    return Verdict(criterion, subject, value, steps[-1][0], "bad", f"{criterion}_high", source)
