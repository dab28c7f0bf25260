"""What the page says of a run's document, row by row, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from frontstage.assess.error_words import explain
from frontstage.assess.report.cards import Card, assessment_cards
from frontstage.assess.report.names import Names
from frontstage.assess.verdict_words import RANK, verdict_sentence, verdict_state
from frontstage.assess.words import Words, words
from frontstage.customers.public import districts
from frontstage.foundation.bilingual import in_language, language_key
from frontstage.satisfaction.charts import interval_words
from frontstage.satisfaction.models import IndexRun, IndexTree
from frontstage.satisfaction.results import error_of
from frontstage.satisfaction.rules import LOWER_IS_BETTER, Document, figures_of, indicator_figures

TONES = {"good": "good", "caution": "warn", "bad": "bad"}
REASONS = {
    "negative_weight": _("no index: one of its questions points the other way (a negative weight)"),
    "unreliable": _("no index: its questions do not measure one thing (ρ_C below 0.60)"),
}
MOST_PRIORITIES = 10


def _words() -> Words:
    return words(language_key())


@dataclass(frozen=True)
class FactorRow:
    code: str
    name: str
    value: float | None
    interval: str
    refused: object
    r2: float | None
    tone: str
    verdict: str
    sentence: str
    lower_is_better: bool


def factor_rows(tree: IndexTree, shown: Document) -> list[FactorRow]:
    """The six factors with interval and the worst verdict that was given on each."""
    names = {factor["code"]: in_language(factor["name"]) for factor in tree.factors}
    return [
        FactorRow(
            figure.code, names.get(figure.code, figure.code), figure.value,
            interval_words(figure.low, figure.high), REASONS.get(figure.refused, figure.refused), figure.r2,
            *_verdict(shown, figure.code), figure.code in LOWER_IS_BETTER,
        )
        for figure in figures_of(shown)
    ]  # fmt: skip


def _verdict(shown: Document, factor: str) -> tuple[str, str, str]:
    """Tone, word and sentence of the worst verdict on a factor; nothing where none was given."""
    texts, names = _words(), Names(shown, _words())
    own = [verdict for verdict in shown["verdicts"] if verdict["subject"] == factor]
    if not own:
        return "neutral", "", ""
    worst = min(own, key=lambda verdict: RANK[verdict["state"]])
    sentence = verdict_sentence(worst, names.verdict(worst), texts)
    return TONES[worst["state"]], verdict_state(worst["state"], texts), sentence


@dataclass(frozen=True)
class PriorityRow:
    """One point more on this question lifts the index by ``gain``."""

    code: str
    text: str
    factor: str
    factor_name: str
    indicator: str
    owner: str
    controllable: bool
    gain: float
    interval: str
    performance: float | None


def priority_rows(tree: IndexTree, shown: Document) -> list[PriorityRow]:
    places = {
        question: (factor, indicator)
        for factor in tree.factors
        for indicator in factor["indicators"]
        for question in indicator["questions"]
    }
    items = {item["name"]: item for item in shown["model"]["items"]}
    performance = {row["name"]: row["performance"] for row in shown["importance_performance"]["items"]}
    # What the organisation can change comes first; within each the greatest gain, as the document has them.
    ranked = sorted(
        shown["importance_performance"]["priorities"],
        key=lambda row: not places[row["name"]][1]["controllable"],
    )
    found = []
    for row in ranked[:MOST_PRIORITIES]:
        factor, indicator = places[row["name"]]
        found.append(
            PriorityRow(
                row["name"], in_language(items[row["name"]]["label"]), factor["code"], in_language(factor["name"]),
                in_language(indicator["name"]), in_language(indicator["owner"]), indicator["controllable"],
                row["gain"], interval_words(row.get("low"), row.get("high"), 2), performance.get(row["name"]),
            )
        )  # fmt: skip
    return found


@dataclass(frozen=True)
class IndicatorRow:
    code: str
    name: str
    factor: str
    first: int  # how many rows the factor's cell spans; 0: not the first
    factor_name: str
    owner: str
    controllable: bool
    comparable: bool
    questions: int
    importance: float | None
    performance: float | None


def tree_rows(tree: IndexTree, shown: Document) -> list[IndicatorRow]:
    """The indicators of the tree with what they weigh and how they do."""
    return [
        IndicatorRow(
            indicator["code"], in_language(indicator["name"]), factor["code"],
            0 if place else len(factor["indicators"]), in_language(factor["name"]), in_language(indicator["owner"]),
            indicator["controllable"], indicator["comparable"], len(indicator["questions"]),
            *indicator_figures(shown, indicator["questions"]),
        )
        for factor in tree.factors
        for place, indicator in enumerate(factor["indicators"])
    ]  # fmt: skip


def group_rows(shown: Document) -> list[dict[str, Any]]:
    """Each district with its factors' indices, the lowest satisfaction first; too small ones last."""
    groups = shown.get("groups")
    if not groups:
        return []
    names = {district.code: in_language(district.name) for district in districts()}
    codes = [construct["name"] for construct in shown["model"]["constructs"]]
    rows = [
        {
            "code": level["level"],
            "name": names.get(level["level"], level["level"]),
            "n": level["n"],
            "values": [level["index"].get(code) for code in codes],
            "index": level["index"].get("satisfaction"),
        }
        for level in groups["levels"]
    ]
    return sorted(rows, key=lambda row: (row["index"] is None, row["index"]))


def checks(shown: Document) -> list[tuple[str, Card]]:
    """How far the figures can be trusted: a tone and a card for each criterion, the worst first."""
    return [(TONES.get(card.state, "neutral"), card) for card in assessment_cards(shown, _words())]


def refusal_words(run: IndexRun) -> str:
    """Why there are no figures, in the reader's language."""
    return explain(error_of(run.refusal), _words()) if run.refusal else ""
