"""The choices behind the figures, named for a reader."""

from __future__ import annotations

from typing import Any

from frontstage.assess.report.names import Names
from frontstage.assess.words import Words, _

ACTIONS = {
    "leave_out": _("left out"),
    "warn": _("reported"),
    "refuse": _("refused"),
    "off": _("switched off"),
}
RULES = {
    "straight_lining": _("One and the same answer throughout"),
    "speeding": _("Answered too fast"),
    "duplicates": _("Rows that repeat"),
    "duplicate_ids": _("Respondents that repeat"),
    "impossible_values": _("Impossible values"),
    "little_variance": _("Too little variance"),
    "few_answers": _("Too few answers"),
    "too_few_answers": _("Too few answers for the model"),
}
# key of the JSON, its groups joined by points -> its name
LABELS = {
    "bootstrap": _("Bootstrap"),
    "bootstrap.interval": _("Bootstrap: kind of interval"),
    "bootstrap.method": _("Bootstrap: how samples are drawn"),
    "bootstrap.replicates": _("Bootstrap: replicates"),
    "bootstrap.seed": _("Bootstrap: seed"),
    "bootstrap.tolerance": _("Bootstrap: tolerance of the weights"),
    "bootstrap.usable": _("Bootstrap: usable replicates"),
    "confidence": _("Confidence level"),
    "correction": _("Correction for several tests"),
    "data.bytes": _("Data: bytes"),
    "data.encoding": _("Data: encoding"),
    "data.files": _("Data: files"),
    "data.sha256": _("Data: SHA-256"),
    "data.source": _("Data"),
    "divisor": _("Divisor of variances"),
    "encoding": _("Encoding asked for"),
    "engine": _("Engine"),
    "folds": _("Folds of the cross-validation"),
    "group": _("Column of groups"),
    "identifier": _("Column of respondents"),
    "instrument.sha256": _("Instrument: SHA-256"),
    "instrument.source": _("Instrument"),
    "instrument_sha256": _("Instrument: SHA-256"),
    "interval": _("Kind of interval"),
    "max_iterations": _("Rounds allowed for the weights"),
    "maximum": _("Scale to"),
    "measure": _("What is measured"),
    "minimum": _("Scale from"),
    "missing": _("Missing answers"),
    "missing_codes": _("Codes of missing answers"),
    "model.sha256": _("Model: SHA-256"),
    "model.source": _("Model"),
    "model_sha256": _("Model: SHA-256"),
    "off_scale": _("Answers off the scale"),
    "off_scale_values": _("Answers off the scale, how many"),
    "permutations": _("Permutations for comparing groups"),
    "points": _("Points"),
    "reverse": _("Items turned round"),
    "reversed": _("Items turned round"),
    "rounds": _("Rounds that the weights took"),
    "scheme": _("Weighting scheme"),
    "seconds": _("Column of times"),
    "seed": _("Seed of everything random"),
    "sign_rule": _("Sign of the factors"),
    "smallest_path": _("Smallest path that must be seen"),
    "target": _("Target of importance"),
    "tolerance": _("Tolerance of the computation"),
    "weights": _("Column of weights"),
}
VALUES: dict[str, dict[str, str]] = {
    "bootstrap.interval": {"percentile": _("percentile"), "bias-corrected": _("bias-corrected"), "bca": _("accelerated (BCa)")},
    "bootstrap.method": {
        "multiplicities": _("respondents drawn with replacement"),
        "moments": _("moments drawn from their large-sample distribution"),
    },
    "engine": {"local": _("local, rows in memory")},
    "interval": {"Student": _("Student’s t")},
    "measure": {"gap": _("perception minus expectation"), "perception": _("perception alone")},
    "missing": {
        "mean": _("filled with the item’s mean"),
        "pairwise": _("used pair by pair"),
        "listwise": _("the whole row left out"),
    },
    "off_scale": {"refuse": _("the file is refused"), "missing": _("taken as missing"), "keep": _("left as they are")},
    "scheme": {"path": _("path weighting"), "factorial": _("factor weighting"), "centroid": _("centroid")},
    "sign_rule": {
        "a construct that correlates negatively with the sum of its items is turned round; replicates "
        "face the way of the estimate":
            _("a factor that correlates negatively with the sum of its items is turned round; replicates face the way "
              "of the estimate"),
    },
}  # fmt: skip
MODES = {"A": _("A, its items reflect it"), "B": _("B, its items form it")}


def setting_label(key: str, words: Words, names: Names) -> str:
    """The name of a key; one that has none stays as it is."""
    t, (head, _point, rest) = words.text, key.partition(".")
    if key in LABELS:
        return t(LABELS[key])
    if head == "modes":
        return t(_("Mode of %(factor)s"), factor=names.factor(rest))
    if head == "points":
        return t(_("Points of %(factor)s"), factor=names.factor(rest))
    if head == "rules":
        return t(_("Rule: %(rule)s"), rule=t(RULES.get(rest, rest)))
    if head == "versions":
        return t(_("Version of %(program)s"), program=rest)
    return key


def setting_value(key: str, value: Any, words: Words, names: Names) -> Any:
    """A word in the reader's language; figures stay figures."""
    t, head = words.text, key.partition(".")[0]
    if value is None or value == []:
        return t(_("none"))
    if isinstance(value, list | tuple):
        return words.listing([f"{one:g}" if isinstance(one, float) else str(one) for one in value])
    if key == "target":
        return names.factor(value)
    known = {"modes": MODES, "rules": ACTIONS}.get(head, VALUES.get(key, {}))
    # A seed is a name made of digits: it has no thousands.
    return (
        t(known.get(value, value))
        if isinstance(value, str)
        else str(value)
        if key.endswith("seed")
        else value
    )
