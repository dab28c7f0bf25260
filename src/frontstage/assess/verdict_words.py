"""Each verdict of the document as one plain sentence for a service manager."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from frontstage.assess.words import Words, _, plain

STATES = {"good": _("Good"), "caution": _("Take care"), "bad": _("Not good enough")}
# Criteria whose figures are whole numbers.
COUNTED = {"sample_size", "convergence"}
RANK = {"bad": 0, "caution": 1, "good": 2}

# criterion -> the question that it answers
TITLES = {
    "alpha": _("Cronbach’s α: do the items of a factor agree?"),
    "rho_a": _("ρ_A: is a factor’s score dependable?"),
    "rho_c": _("ρ_C: are a factor’s items reliable together?"),
    "ave": _("AVE: do the items share enough of their factor?"),
    "fornell_larcker": _("Fornell-Larcker: is each factor its own?"),
    "htmt": _("HTMT: can two factors be told apart?"),
    "htmt_interval": _("HTMT’s interval: is the difference proven?"),
    "loading": _("Loadings: does each item belong to its factor?"),
    "vif_items": _("VIF of items: do items repeat each other?"),
    "vif_paths": _("VIF of causes: do causes repeat each other?"),
    "r2": _("R²: how much is explained?"),
    "f2": _("f²: how much does one cause add?"),
    "q2": _("Q²: does the model foretell?"),
    "predict": _("PLSpredict: is it better than plain regression?"),
    "srmr": _("SRMR: does the model fit the data?"),
    "sample_size": _("Sample size: are there enough answers?"),
    "convergence": _("Convergence: did the computation settle?"),
    "negative_weight": _("Signs: do all items point the same way?"),
}

# criterion -> (good, caution, bad)
SENTENCES: dict[str, tuple[str, str, str]] = {
    "alpha": (
        _("The items of %(subject)s agree: α is %(value)s, %(threshold)s or more is wanted."),
        _("The items of %(subject)s agree only in part: α is %(value)s, below %(threshold)s."),
        _(
            "The items of %(subject)s do not agree: α is %(value)s, below %(threshold)s. Look at its questions."
        ),
    ),
    "rho_a": (
        _("The score of %(subject)s is dependable: ρ_A is %(value)s, %(threshold)s or more is wanted."),
        _("The score of %(subject)s is a little shaky: ρ_A is %(value)s, below %(threshold)s."),
        _("The score of %(subject)s is not dependable: ρ_A is %(value)s, below %(threshold)s."),
    ),
    "rho_c": (
        _(
            "The items of %(subject)s are reliable together: ρ_C is %(value)s, %(threshold)s or more is wanted."
        ),
        _("The items of %(subject)s are barely reliable together: ρ_C is %(value)s against %(threshold)s."),
        _("The items of %(subject)s are not reliable together: ρ_C is %(value)s against %(threshold)s."),
    ),
    "ave": (
        _("%(subject)s explains enough of its items: AVE is %(value)s, %(threshold)s or more is wanted."),
        _("%(subject)s explains barely enough of its items: AVE is %(value)s against %(threshold)s."),
        _("%(subject)s explains too little of its items: AVE is %(value)s, below %(threshold)s."),
    ),
    "fornell_larcker": (
        _(
            "%(subject)s is closer to its own items than to any other factor: %(value)s against %(threshold)s."
        ),
        _("%(subject)s is hardly closer to its own items than to another: %(value)s against %(threshold)s."),
        _("%(subject)s is closer to another factor than to its own items: %(value)s against %(threshold)s."),
    ),
    "htmt": (
        _("%(subject)s: customers tell them apart. HTMT is %(value)s, below %(threshold)s."),
        _(
            "%(subject)s: customers tell them apart with difficulty. HTMT is %(value)s, the limit %(threshold)s."
        ),
        _("%(subject)s: customers do not tell them apart. HTMT is %(value)s, above %(threshold)s."),
    ),
    "htmt_interval": (
        _("%(subject)s: that they differ is proven. HTMT is at most %(value)s, below %(threshold)s."),
        _("%(subject)s: that they differ is hardly proven. HTMT may be %(value)s, the limit %(threshold)s."),
        _("%(subject)s: that they differ is not proven. HTMT may be %(value)s, not below %(threshold)s."),
    ),
    "loading": (
        _("%(subject)s belongs to its factor: its loading is %(value)s, %(threshold)s or more is wanted."),
        _("%(subject)s belongs to its factor only loosely: its loading is %(value)s, below %(threshold)s."),
        _("%(subject)s hardly belongs to its factor: its loading is %(value)s, below %(threshold)s."),
    ),
    "vif_items": (
        _("%(subject)s does not repeat other items: VIF is %(value)s, below %(threshold)s."),
        _("%(subject)s partly repeats other items: VIF is %(value)s, the limit %(threshold)s."),
        _("%(subject)s repeats other items: VIF is %(value)s, above %(threshold)s."),
    ),
    "vif_paths": (
        _("%(subject)s: the causes can be separated. VIF is %(value)s, below %(threshold)s."),
        _("%(subject)s: the causes overlap. VIF is %(value)s, the limit %(threshold)s."),
        _("%(subject)s: the causes cannot be separated. VIF is %(value)s, above %(threshold)s."),
    ),
    "r2": (
        _("The model explains %(subject)s well: R² is %(value)s, %(threshold)s or more is wanted."),
        _("The model explains %(subject)s in part: R² is %(value)s against %(threshold)s."),
        _("The model explains little of %(subject)s: R² is %(value)s, below %(threshold)s."),
    ),
    "f2": (
        _("%(subject)s: this cause adds to the explanation. f² is %(value)s, %(threshold)s or more counts."),
        _("%(subject)s: this cause adds little. f² is %(value)s against %(threshold)s."),
        _("%(subject)s: this cause adds nothing that counts. f² is %(value)s, below %(threshold)s."),
    ),
    "q2": (
        _("The model foretells %(subject)s: Q² is %(value)s, above %(threshold)s."),
        _("The model foretells %(subject)s weakly: Q² is %(value)s against %(threshold)s."),
        _("The model does not foretell %(subject)s: Q² is %(value)s, not above %(threshold)s."),
    ),
    "predict": (
        _("For answers it has not seen, the model beats plain regression. Its power to predict: %(value)s."),
        _(
            "For answers it has not seen, the model beats plain regression in part. Power to predict: %(value)s."
        ),
        _("For answers it has not seen, plain regression does better. Power to predict: %(value)s."),
    ),
    "srmr": (
        _("The model fits the data: SRMR is %(value)s, at most %(threshold)s is wanted."),
        _("The model fits the data roughly: SRMR is %(value)s, at most %(threshold)s is wanted."),
        _("The model does not fit the data: SRMR is %(value)s, above %(threshold)s."),
    ),
    "sample_size": (
        _("There are enough answers: %(value)s, at least %(threshold)s are needed."),
        _("There are barely enough answers: %(value)s, and %(threshold)s are wanted."),
        _("There are too few answers: %(value)s, and %(threshold)s are needed."),
    ),
    "convergence": (
        _("The computation settled after %(value)s steps, of %(threshold)s allowed."),
        _("The computation settled late: after %(value)s steps, of %(threshold)s allowed."),
        _("The computation did not settle in %(threshold)s steps: do not use the figures."),
    ),
    "negative_weight": (
        _("All items of %(subject)s count in the same direction."),
        _("An item of %(subject)s counts against the others (weight %(value)s): check its coding."),
        _("An item of %(subject)s counts against the others (weight %(value)s), so it has no index."),
    ),
}
# code -> sentence, where a finding needs its own
BY_CODE = {
    "alpha_redundant": _(
        "The items of %(subject)s say one thing again and again: α is %(value)s, over %(threshold)s."
    ),
    "rho_a_redundant": _(
        "The items of %(subject)s say one thing again and again: ρ_A is %(value)s, over %(threshold)s."
    ),
    "rho_c_redundant": _(
        "The items of %(subject)s say one thing again and again: ρ_C is %(value)s, over %(threshold)s."
    ),
    "sample_size_smallest_path_unseen": _(
        "%(value)s answers show the larger paths; to prove the smallest one, %(threshold)s are needed."
    ),
}
OTHER = _("%(subject)s: %(value)s, threshold %(threshold)s.")
POWERS = {"high": _("high"), "medium": _("medium"), "low": _("low"), "none": _("none")}


def verdict_title(criterion: str, words: Words) -> str:
    return words.text(TITLES[criterion]) if criterion in TITLES else criterion


def verdict_state(state: str, words: Words) -> str:
    return words.text(STATES.get(state, state))


def verdict_sentence(verdict: Mapping[str, Any], subject: str, words: Words) -> str:
    """One sentence with value and threshold; ``subject`` is the name that a reader knows.

    A criterion that has no sentence of its own is still said, with its figures.
    """
    criterion = str(verdict.get("criterion", ""))
    choices = SENTENCES.get(criterion)
    message = choices[2 - RANK.get(str(verdict.get("state")), 1)] if choices else OTHER
    message = BY_CODE.get(str(verdict.get("code")), message)
    value, threshold = (_shown(verdict_figure(verdict, key), words) for key in ("value", "threshold"))
    return words.text(message, subject=subject, value=value, threshold=threshold)


def verdict_figure(verdict: Mapping[str, Any], key: str) -> Any:
    """The value or the threshold; of answers and steps only whole ones count: 38.4 needed are 39."""
    figure = verdict.get(key)
    if verdict.get("criterion") not in COUNTED or not isinstance(figure, float):
        return figure
    return (math.ceil if key == "threshold" else math.floor)(figure) if math.isfinite(figure) else figure


def verdict_source(verdict: Mapping[str, Any], words: Words) -> str:
    return (
        words.text(_("Threshold from %(source)s"), source=verdict["source"]) if verdict.get("source") else ""
    )


def _shown(value: Any, words: Words) -> str:
    if isinstance(value, str):
        return words.text(POWERS.get(value, value))
    if isinstance(value, list | tuple):
        return words.listing([_shown(one, words) for one in value])
    return plain(value)
