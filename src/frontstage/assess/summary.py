"""The result on a terminal: what it says first, then the tables that are asked about most."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from frontstage.assess.report.abridged import abridged
from frontstage.assess.report.cards import Card, assessment_cards, gap_cards, gap_headline, headline
from frontstage.assess.report.gap_tables import (
    dimension_table,
    group_gaps,
    group_levels,
    overall_table,
    value_of,
)
from frontstage.assess.report.measurement_tables import reliability_table
from frontstage.assess.report.names import Names
from frontstage.assess.report.outline import is_gap_document
from frontstage.assess.report.refusals import TITLE as REFUSED
from frontstage.assess.report.refusals import refusal_cards, unread_note
from frontstage.assess.report.story import assessment_story, gap_story
from frontstage.assess.report.table import Column, Table, table
from frontstage.assess.report.tables import index_table
from frontstage.assess.words import Document, Words, _, stars

COLOURS = {"good": "green", "caution": "yellow", "bad": "red"}
WIDEST = 100
MOST_ROWS = 5
MOST_DOUBTS = 12


def print_summary(document: Document, words: Words, console: Console) -> None:
    """Plain text where the console is not a terminal; at most 100 columns."""
    document = abridged(document)
    gaps = is_gap_document(document)
    story = gap_story(document, words) if gaps else assessment_story(document, words)
    cards = gap_cards(document, words) if gaps else assessment_cards(document, words)
    width = min(WIDEST, console.width)
    options: dict[str, Any] = {"width": width, "soft_wrap": False, "highlight": False}
    console.print(Text(f"{story.title} · {story.subtitle}", style="bold"), **options)
    for sentence in story.sentences:
        console.print(Text(f"• {sentence}"), **options)
    console.print()
    if cards:
        console.print(Text((gap_headline if gaps else headline)(cards, words), style="bold"), **options)
    _print_cards([card for card in cards if card.state != "good"], console, options)
    refused = [] if gaps else refusal_cards(document, words)
    if refused:
        console.print()
        console.print(Text(words.text(REFUSED), style="bold"), **options)
        _print_cards(refused, console, options)
    note = "" if gaps else unread_note(document, words)
    if note:
        console.print()
        console.print(Text(note), **options)
    for one in _gap_tables(document, words) if gaps else _tables(document, words):
        if one.rows:
            console.print()
            console.print(Text(one.title, style="bold"), **options)
            console.print(_rich(one, words), **options)


def _print_cards(cards: Sequence[Card], console: Console, options: dict[str, Any]) -> None:
    """The doubts alone; what is good is in the count above."""
    doubts = cards[:MOST_DOUBTS]
    grid = RichTable(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for card in doubts:
        text = Text(_said(card))
        grid.add_row(Text(card.state_word, style=COLOURS.get(card.state, "")), text)
    if doubts:
        console.print(grid, **options)


def _said(card: Card) -> str:
    """A verdict with its source, after its title where that is a name; a refusal with its remedy."""
    if card.source:
        said = f"{card.sentence} [{card.source}]"
        return said if any(colon in card.title for colon in ":：") else f"{card.title}: {said}"
    return " · ".join(filter(None, (card.title, card.sentence, card.more)))


def _rich(one: Table, words: Words) -> RichTable:
    """Titles may wrap, figures never."""
    drawn = RichTable(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1))
    shown = one.shown(words)
    for i, column in enumerate(one.columns):
        longest = max((cell_len(row[i]) for row in shown), default=0)
        drawn.add_column(Text(column.title), justify="right" if column.is_number else "left", overflow="fold",
                         min_width=longest if column.is_number else min(longest, 10))  # fmt: skip
    for row in shown:
        drawn.add_row(*map(Text, row))
    return drawn


def without(one: Table, titles: Collection[str]) -> Table:
    """The table without these columns."""
    kept = [i for i, column in enumerate(one.columns) if column.title not in titles]
    rows = tuple(tuple(row[i] for i in kept) for row in one.rows)
    return Table(one.key, one.title, tuple(one.columns[i] for i in kept), rows)


def _tables(document: Document, words: Words) -> Iterator[Table]:
    names, t = Names(document, words), words.text
    dropped = {t(_("Standard error")), t(_("R² adjusted"))}
    yield without(index_table(document, words, names), dropped)
    yield _paths(document, words, names)
    yield without(reliability_table(document, words, names), {t(_("α of covariances"))})
    yield _closest(document, words, names)
    yield _priorities(document, words, names)
    if document.get("groups"):
        yield _groups(document, words, names)


def _groups(document: Document, words: Words, names: Names) -> Table:
    """A row for each factor, so that long names stay readable."""
    levels = document["groups"]["levels"]
    columns = [
        Column(words.text(_("Factor"))),
        *(Column(f"{g['level']} ({g['n']})", "index") for g in levels),
    ]
    factors = [construct["name"] for construct in document["model"]["constructs"]]
    rows = [(names.factor(name), *(g["index"].get(name) for g in levels)) for name in factors]
    title = words.text(_("Indices of groups"))
    return Table("groups", f"{title}: {document['groups']['column']}", tuple(columns), tuple(rows))


def _paths(document: Document, words: Words, names: Names) -> Table:
    t = words.text
    columns = [Column(t(_("Path"))), Column(t(_("Estimate")), "number"), Column("")]
    columns += [Column(t(_("Lower")), "number"), Column(t(_("Upper")), "number"), Column("p", "p")]
    rows = [
        (
            names.path(r),
            r["estimate"],
            None if r.get("p") is None else stars(r["p"]),
            r.get("low"),
            r.get("high"),
            r.get("p"),
        )
        for r in document["paths"]
    ]
    return table("paths", t(_("Paths")), columns, rows)


def _closest(document: Document, words: Words, names: Names) -> Table:
    t = words.text
    known = [row for row in document.get("htmt") or [] if row["value"] is not None]
    worst = sorted(known, key=lambda row: -row["value"])[:3]
    columns = [Column(t(_("Factor"))), Column(t(_("Other factor"))), Column("HTMT", "number")]
    columns += [Column(t(_("Lower")), "number"), Column(t(_("Upper")), "number")]
    rows = [
        (names.factor(r["a"]), names.factor(r["b"]), r["value"], r.get("low"), r.get("high")) for r in worst
    ]
    return table("htmt", t(_("Factors hardest to tell apart")), columns, rows)


def _priorities(document: Document, words: Words, names: Names) -> Table:
    t = words.text
    found = ((document.get("importance_performance") or {}).get("priorities") or [])[:MOST_ROWS]
    columns = [Column(t(_("Rank")), "count"), Column(t(_("Item")), "code"), Column(t(_("Wording")))]
    columns += [Column(t(_("Factor"))), Column(t(_("Gain, index points")), "index")]
    columns += [Column(t(_("Lower")), "index"), Column(t(_("Upper")), "index")]
    rows = [
        (i, r["name"], names.item_label(r["name"]) or None, names.factor(r["construct"]), r["gain"], r.get("low"),
         r.get("high"))
        for i, r in enumerate(found, 1)
    ]  # fmt: skip
    return table("priorities", t(_("What to do first")), columns, rows)


def _gap_tables(document: Document, words: Words) -> Iterator[Table]:
    names, t = Names(document, words), words.text
    yield without(dimension_table(document, words, names), {"t", "p", t(_("Answers"))})
    yield overall_table(document, words)
    known = [item for item in document.get("items") or [] if value_of(item) is not None]
    worst = sorted(known, key=lambda item: value_of(item) or 0.0)[:MOST_ROWS]
    columns = [
        Column(t(_("Dimension"))),
        Column(t(_("Item")), "code"),
        Column(t(_("Perception")), "number"),
        Column(t(_("Gap")), "number"),
    ]
    columns += [Column(t(_("Lower")), "number"), Column(t(_("Upper")), "number")]
    rows = [
        (
            names.factor(i["dimension"]),
            i["item"],
            i.get("perception"),
            i.get("gap"),
            i.get("low"),
            i.get("high"),
        )
        for i in worst
    ]
    yield table("worst", t(_("Lowest items")), columns, rows)
    if group_levels(document):
        yield group_gaps(document, words, names)
