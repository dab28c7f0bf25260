"""What the document holds no figures of: what is missing, why, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from frontstage.assess.report.cards import Card
from frontstage.assess.report.names import Names
from frontstage.assess.words import Document, Words, _, between_sentences, number

MOST_NAMED = 8
_MERGE = _("Merge the group with a similar one, or collect more answers.")
# code -> (why, what to do)
REASONS = {
    "negative_weight": (
        _("One of its items has a negative weight: a better answer would lower the index."),
        _("Check how the item is coded: list it under reverse in the model, or leave it out."),
    ),
    "scale": (
        _("Its items have no stated scale."),
        _("State the scale with its min and max in the model."),
    ),
    "improper": (
        _("Freed of measurement error, two factors would correlate by more than 1, or a factor’s ρ_A is not above 0."),
        _("Use the paths as they are. See in the table HTMT which factors cannot be told apart: merge them, or "
          "reword their questions."),
    ),
    "small_group": (_("A group of fewer than ten answers says too little."), _MERGE),
    "too_few_rows": (_("There are fewer answers than this model takes to compute."), _MERGE),
    "constant_item": (
        _("Within the group, every answer to one of the items is the same or missing."),
        _("Leave the item out of the model, or merge the group with a similar one."),
    ),
    "empty_item": (
        _("Within the group, nobody answered one of the items."),
        _("Leave the item out of the model, or merge the group with a similar one."),
    ),
    "not_converged": (
        _("The computation of the weights does not settle."),
        _("Look for items that say the same twice, or merge the group with a similar one."),
    ),
    "impossible_pairwise": (
        _("Too much is missing: taken pair by pair, the correlations contradict each other."),
        _("Set the treatment of missing values in the model to mean or listwise."),
    ),
    "inseparable_causes": (
        _("The causes of one factor determine each other: their paths cannot be told apart."),
        _("Leave one of the causes out of the model, or join those that say the same."),
    ),
    "inseparable_items": (
        _("Within the group, the items of one factor determine each other: mode B cannot tell them apart."),
        _("Leave one of the items out of the model, or use mode A."),
    ),
    "group_without_solution": (_("One of the two groups has no solution of its own: an item may not vary in it."), _MERGE),
    "replicates_fail": (_("When answers are dealt out again by chance, too few samples have a solution."), _MERGE),
}  # fmt: skip
OTHER = _("The computation was refused (%(code)s).")
TITLE = _("Not computed, and why")


UNREAD = _(
    "The rules of data quality that need rows (repeated answers, one and the same answer throughout, too few or too "
    "fast answers, values that the scale does not have) were not applied, because the engine %(engine)s keeps only "
    "moments: run again with --engine local to apply them."
)


def unread_note(document: Document, words: Words) -> str:
    """What the engines that read only moments leave undone; nothing where rows were read."""
    engine = (document.get("settings") or {}).get("engine")
    unread = "quality" in document and document["quality"] is None and engine
    return words.text(UNREAD, engine=engine) if unread else ""


def refusal_cards(document: Document, words: Words) -> list[Card]:
    """One for each reason, with everything that it concerns; none where everything has its figures."""
    names, t = Names(document, words), words.text
    cards = [
        _card(t(_("Factors without an index: %(names)s"), names=found), code, words)
        for code, found in _named(_indices(document, names), words)
    ]
    code = (document.get("consistent") or {}).get("refused")
    if code:
        cards.append(_card(t(_("Consistent PLS (PLSc): paths and loadings")), code, words))
    groups = document.get("groups")
    if not isinstance(groups, dict):
        return cards
    cards += [
        _card(
            t(_("Groups without a result: %(names)s"), names=found), code, words, _items(groups, code, names)
        )
        for code, found in _named(_levels(groups, words), words)
    ]
    cards += [
        _card(t(_("Groups not compared: %(names)s"), names=found), code, words)
        for code, found in _named(_pairs(groups), words)
    ]
    return cards


def _card(title: str, code: str, words: Words, items: Sequence[str] = ()) -> Card:
    why, remedy = REASONS.get(code, (OTHER, ""))
    said = words.text(why, code=code) if why is OTHER else words.text(why)
    if items:
        named = words.listing([*items[:MOST_NAMED], *(["…"] if len(items) > MOST_NAMED else [])])
        said = between_sentences(words).join([said, words.text(_("It concerns %(names)s."), names=named)])
    return Card("caution", words.text(_("Not computed")), title, said, "", words.text(remedy))


def _indices(document: Document, names: Names) -> Iterator[tuple[str, str]]:
    for name, code in (document.get("index_refused") or {}).items():
        yield code, names.factor(name)


def _items(groups: Any, code: str, names: Names) -> list[str]:
    """The items or factors that the refusals of one code name, each once."""
    found = [(level.get("refused_details") or {}).get("names") or [] for level in groups.get("levels") or []
             if level.get("refused") == code]  # fmt: skip
    return list(dict.fromkeys(names.one(str(name)) for own in found for name in own))


def _levels(groups: Any, words: Words) -> Iterator[tuple[str, str]]:
    for level in groups.get("levels") or []:
        if level.get("refused"):
            values = {"level": level["level"], "count": number(level.get("n"), 0)}
            yield level["refused"], words.text(_("%(level)s, %(count)s answers"), **values)


def _pairs(groups: Any) -> Iterator[tuple[str, str]]:
    for pair in groups.get("comparisons") or []:
        if pair.get("refused"):
            yield pair["refused"], f"{pair['a']} – {pair['b']}"


def _named(found: Iterable[tuple[str, str]], words: Words) -> Iterator[tuple[str, str]]:
    """Each code once, with the names of what it concerns."""
    by_code: dict[str, list[str]] = {}
    for code, name in found:
        by_code.setdefault(code, []).append(name)
    between = "；" if words.lang == "zh" else "; "
    for code, own in by_code.items():
        shown, rest = between.join(own[:MOST_NAMED]), len(own) - MOST_NAMED
        more = words.text(_("%(names)s and %(count)s more"), names=shown, count=rest) if rest > 0 else shown
        yield code, more
