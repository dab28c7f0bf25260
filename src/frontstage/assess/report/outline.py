"""What a report says and in which order, before it is HTML or PDF."""

from __future__ import annotations

from dataclasses import dataclass

from frontstage.assess.report.abridged import abridged
from frontstage.assess.report.assessment_figures import assessment_figures
from frontstage.assess.report.cards import Card, assessment_cards, gap_cards, gap_headline, headline
from frontstage.assess.report.figures import Figure
from frontstage.assess.report.gap_figures import gap_figures
from frontstage.assess.report.gap_tables import gap_document_tables
from frontstage.assess.report.refusals import refusal_cards, unread_note
from frontstage.assess.report.story import Story, assessment_story, gap_story
from frontstage.assess.report.table import Table
from frontstage.assess.report.tables import assessment_tables
from frontstage.assess.words import Document, Words, _


@dataclass(frozen=True)
class Outline:
    story: Story
    cards_title: str
    cards_about: str
    cards: list[Card]
    refused: list[Card]
    unread: str
    figures: list[Figure]
    tables: list[Table]
    command: str
    program: str


def is_gap_document(document: Document) -> bool:
    return "instrument" in document


def outline(document: Document, words: Words) -> Outline:
    document = abridged(document)
    program = document.get("program") or {}
    made_by = f"{program.get('name', 'frontstage')} {program.get('version', '')}".strip()
    command = str(program.get("command") or "")
    if is_gap_document(document):
        story, cards, figures = (
            gap_story(document, words),
            gap_cards(document, words),
            gap_figures(document, words),
        )
        title, about = words.text(_("Where service stands")), gap_headline(cards, words)
        return Outline(
            story,
            title,
            about,
            cards,
            [],
            "",
            figures,
            gap_document_tables(document, words),
            command,
            made_by,
        )
    story, cards = assessment_story(document, words), assessment_cards(document, words)
    figures = assessment_figures(document, words)
    title, about = words.text(_("How far the figures can be trusted")), headline(cards, words)
    return Outline(
        story,
        title,
        about,
        cards,
        refusal_cards(document, words),
        unread_note(document, words),
        figures,
        assessment_tables(document, words),
        command,
        made_by,
    )
