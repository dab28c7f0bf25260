"""The figures of an assessment: indices, what moves what, what to do first, groups."""

from __future__ import annotations

from frontstage.assess.report.bars import Mark, Row, bars
from frontstage.assess.report.figures import (
    INDEX_SPAN,
    MOST_ROWS,
    SIZES,
    Figure,
    dot_figure,
    group_legend,
    group_row,
    in_sizes,
    interval_note,
    interval_text,
    item_with_name,
)
from frontstage.assess.report.map import MOST_LABELS, importance_map
from frontstage.assess.report.names import Names
from frontstage.assess.report.path_diagram import drawn_paths, path_diagram
from frontstage.assess.report.story import target_of
from frontstage.assess.words import Document, Words, _, between_sentences


def assessment_figures(document: Document, words: Words) -> list[Figure]:
    found = [_indices(document, words), _diagram(document, words)]
    map_ = document.get("importance_performance") or {}
    if map_.get("constructs"):
        found.append(_maps(document, words))
    if map_.get("priorities"):
        found.append(_priorities(document, words))
    if document.get("groups"):
        found.append(_groups(document, words))
    return [figure for figure in found if figure.pictures]


def _indices(document: Document, words: Words) -> Figure:
    names, target, rows = Names(document, words), target_of(document), []
    for construct in document["model"]["constructs"]:
        name = construct["name"]
        value = document["index"].get(name)
        around = (document.get("index_interval") or {}).get(name) or {}
        if value is not None:
            low, high = around.get("low"), around.get("high")
            mark = Mark(value, low, high, "brand" if name == target else "muted")
            rows.append(Row(names.factor(name), (mark,), interval_text(value, low, high, 1, words)))
    title = words.text(_("Index of each factor"))
    about = words.text(_("0 is the worst and 100 the best that the scale allows."))
    if document.get("index_interval"):
        about += between_sentences(words) + interval_note(document, words)
    return dot_figure("indices", title, about, rows, words, least=INDEX_SPAN)


def _diagram(document: Document, words: Words) -> Figure:
    about = words.text(_("Causes stand left of their effects. The wider a line, the stronger the effect; a dashed "
                         "line lowers what it points to."))  # fmt: skip
    if any(row.get("p") is not None for row in document["paths"]):
        about += between_sentences(words) + words.text(
            _("* p < 0.05, ** p < 0.01, *** p < 0.001; grey: not proven.")
        )
    count = len(drawn_paths(document))
    if count < len(document["paths"]):
        about += between_sentences(words) + words.text(
            _("Only the %(count)s strongest of %(all)s paths are drawn, with the factors that they join; every path "
              "is in the JSON file."), count=count, all=f"{len(document['paths']):,}",
        )  # fmt: skip
    wide, narrow = (path_diagram(document, words, size) for size in ("wide", "narrow"))
    pictures = in_sizes((wide, narrow, narrow))  # on paper it has the measures of a telephone
    return Figure("diagram", words.text(_("What moves what")), about, *pictures)


def _maps(document: Document, words: Words) -> Figure:
    kinds = [kind for kind in ("constructs", "items") if document["importance_performance"].get(kind)]
    about = words.text(_("Right: it counts more. Low: it is done less well. Bottom right is where improvement does "
                         "most. First map: factors; second map: their items. Dashed lines: means."))  # fmt: skip
    if any(len(document["importance_performance"][kind]) > MOST_LABELS for kind in kinds):
        about += between_sentences(words) + words.text(
            _(
                "The %(count)s that count most in each map have their names; every figure is in the JSON file."
            ),
            count=MOST_LABELS,
        )
    wide, narrow, paper = (
        tuple(importance_map(document, words, kind, size) for kind in kinds) for size in SIZES
    )
    return Figure("importance", words.text(_("Importance-performance map")), about, wide, (), narrow, paper)


def _priorities(document: Document, words: Words) -> Figure:
    names, rows = Names(document, words), []
    for row in document["importance_performance"]["priorities"][:MOST_ROWS]:
        low, high = row.get("low"), row.get("high")
        figure = interval_text(row["gain"], low, high, 1, words)
        rows.append(Row(item_with_name(row, names), (Mark(row["gain"], low, high),), figure))
    title = words.text(_("What to do first"))
    target = names.factor(target_of(document))
    about = words.text(
        _("Index points that %(target)s gains when the item rises by one point of its scale."), target=target
    )
    if any(row.marks[0].low is not None for row in rows):
        about += between_sentences(words) + interval_note(document, words)
    return Figure("first", title, about, *in_sizes(bars(title, rows, size) for size in SIZES))


def _groups(document: Document, words: Words) -> Figure:
    names, groups = Names(document, words), document["groups"]
    levels = groups["levels"]
    rows = []
    for construct in document["model"]["constructs"]:
        values = [level["index"].get(construct["name"]) for level in levels]
        rows.append(group_row(names.factor(construct["name"]), values, 1))
    title = words.text(_("Groups compared"))
    about = words.text(_("Index of each factor by %(column)s."), column=groups["column"])
    shown = [row for row in rows if row]
    return dot_figure(
        "groups-chart", title, about, shown, words, group_legend(levels, words), "line", INDEX_SPAN
    )
