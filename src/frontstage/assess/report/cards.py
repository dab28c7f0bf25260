"""Verdicts as cards: one for each criterion, with its worst case in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from frontstage.assess.report.names import Names
from frontstage.assess.verdict_words import (
    RANK,
    verdict_sentence,
    verdict_source,
    verdict_state,
    verdict_title,
)
from frontstage.assess.words import Document, Words, _, between_sentences, number, probability


@dataclass(frozen=True)
class Card:
    """``state`` is good, caution or bad, ``state_word`` the same for people."""

    state: str
    state_word: str
    title: str
    sentence: str
    source: str
    more: str = ""

    def said(self, words: Words) -> str:
        """Its sentences as one paragraph."""
        return between_sentences(words).join(filter(None, (self.sentence, self.more)))


def assessment_cards(document: Document, words: Words) -> list[Card]:
    """Worst first; within one state in the order of the document."""
    names = Names(document, words)
    by_criterion: dict[str, list[Any]] = {}
    for verdict in document.get("verdicts") or []:
        by_criterion.setdefault(verdict["criterion"], []).append(verdict)
    cards = [_card(criterion, found, words, names) for criterion, found in by_criterion.items()]
    return sorted(cards, key=lambda card: RANK.get(card.state, 1))


def _card(criterion: str, found: list[Any], words: Words, names: Names) -> Card:
    worst = min(found, key=lambda verdict: RANK.get(verdict["state"], 1))
    same = [verdict for verdict in found if verdict["state"] != "good" and verdict is not worst]
    others = [names.verdict(verdict) for verdict in same]
    more = ""
    if others:
        shown = words.listing(others[:3])
        rest = len(others) - 3
        more = words.text(_("Also %(others)s."), others=shown)
        if rest > 0:
            more = words.text(_("Also %(others)s and %(count)s more."), others=shown, count=rest)
    elif len(found) > 1 and worst["state"] == "good":
        more = words.text(_("All %(count)s checks of this kind are good."), count=len(found))
    sentence = verdict_sentence(worst, names.verdict(worst), words)
    title, source = verdict_title(criterion, words), verdict_source(worst, words)
    return Card(worst["state"], verdict_state(worst["state"], words), title, sentence, source, more)


def _counts(cards: list[Card]) -> dict[str, int]:
    return {state: sum(card.state == state for card in cards) for state in RANK}


def headline(cards: list[Card], words: Words) -> str:
    message = _("Kinds of check: %(good)s good, %(caution)s to take care with, %(bad)s not good enough.")
    return words.text(message, **_counts(cards))


def gap_cards(document: Document, words: Words) -> list[Card]:
    """One for each dimension: short of expectation, not proven, or above it."""
    names = Names(document, words)
    cards = [_gap_card(row, words, names) for row in document["dimensions"] if row.get("gap") is not None]
    return sorted(cards, key=lambda card: RANK[card.state])


def gap_headline(cards: list[Card], words: Words) -> str:
    message = _("Dimensions: %(bad)s fall short, %(caution)s not proven, %(good)s above expectation.")
    return words.text(message, **_counts(cards))


def gap_state(row: Any) -> str:
    """Good or bad where the interval leaves zero out, else caution."""
    low, high = row.get("low"), row.get("high")
    if low is None or high is None or low <= 0 <= high:
        return "caution"
    return "bad" if row["gap"] < 0 else "good"


def _gap_card(row: Any, words: Words, names: Names) -> Card:
    t, state = words.text, gap_state(row)
    sentence = {
        "bad": _("Service falls short here: gap %(gap)s (%(low)s to %(high)s)."),
        "caution": _("No proven difference from expectation: gap %(gap)s (%(low)s to %(high)s)."),
        "good": _("Service is above expectation: gap %(gap)s (%(low)s to %(high)s)."),
    }[state]
    figures = {key: number(row.get(key), 2) for key in ("gap", "low", "high")}
    p = row["p_adjusted"] if row.get("p_adjusted") is not None else row.get("p")
    source = t(_("Paired t test against 0, corrected p %(p)s"), p=probability(p))
    return Card(state, GAP_STATES[state](words), names.factor(row["code"]), t(sentence, **figures), source)


GAP_STATES = {
    "bad": lambda words: words.text(_("Falls short")),
    "caution": lambda words: words.text(_("Not proven")),
    "good": lambda words: words.text(_("Above expectation")),
}
