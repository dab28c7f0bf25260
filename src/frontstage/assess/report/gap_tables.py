"""Every table of a SERVQUAL result."""

from __future__ import annotations

from typing import Any

from frontstage.assess.report.data_tables import quality_table, settings_table
from frontstage.assess.report.names import Names
from frontstage.assess.report.table import Column, Table, table
from frontstage.assess.words import Document, Words, _


def gap_document_tables(document: Document, words: Words) -> list[Table]:
    names = Names(document, words)
    found = [dimension_table(document, words, names), overall_table(document, words), _items(document, words, names),
             *gap_group_tables(document, words, names), quality_table(document, words),
             settings_table(document, words)]  # fmt: skip
    return [one for one in found if one.rows]


def _measures(words: Words) -> list[Column]:
    t = words.text
    titles = (t(_("Expectation")), t(_("Perception")), t(_("Gap")), t(_("Lower")), t(_("Upper")))
    return [Column(title, "number") for title in titles]


MEASURES = ("expectation", "perception", "gap", "low", "high")


def dimension_table(document: Document, words: Words, names: Names) -> Table:
    t, points = words.text, document.get("points") or {}
    columns = [
        Column(t(_("Dimension"))),
        *_measures(words),
        Column(t(_("Answers")), "count"),
        Column("t", "number"),
    ]
    columns += [Column("p", "p"), Column(t(_("p corrected")), "p"), Column(t(_("Points")), "count")]
    keys = (*MEASURES, "n", "t", "p", "p_adjusted")
    rows = [
        (names.factor(d["code"]), *(d.get(key) for key in keys), points.get(d["code"]))
        for d in document["dimensions"]
    ]
    note = t(
        _("Gap: perception minus expectation; below zero, service falls short of what customers expect.")
    )
    return table("dimensions", t(_("Dimensions")), columns, rows, note=note)


def overall_table(document: Document, words: Words) -> Table:
    t = words.text
    titles = {"unweighted": _("Unweighted"), "weighted": _("Weighted by points")}
    rows = [
        (t(title), document[key]["estimate"], document[key].get("low"), document[key].get("high"), document[key].get("n"))
        for key, title in titles.items()
        if document.get(key)
    ]  # fmt: skip
    columns = [Column(t(_("Overall gap"))), Column(t(_("Gap")), "number"), Column(t(_("Lower")), "number")]
    columns += [Column(t(_("Upper")), "number"), Column(t(_("Answers")), "count")]
    excluded = t(_("Half pairs left out: %(count)s."), count=document.get("excluded", 0))
    return table("overall", t(_("Overall")), columns, rows, note=excluded)


def _items(document: Document, words: Words, names: Names) -> Table:
    t = words.text
    columns = [Column(t(_("Dimension"))), Column(t(_("Item")), "code"), *_measures(words)]
    rows = [
        (names.factor(i["dimension"]), i["item"], *(i.get(key) for key in (*MEASURES, "n")))
        for i in document["items"]
    ]
    return table("gap-items", t(_("Items")), [*columns, Column(t(_("Answers")), "count")], rows)


def gap_group_tables(document: Document, words: Words, names: Names) -> list[Table]:
    groups = group_levels(document)
    if not groups:
        return []
    t = words.text
    codes = [d["code"] for d in document["dimensions"]]
    columns = [Column(t(_("Group"))), Column(t(_("Answers")), "count"), Column(t(_("Overall gap")), "number")]
    columns += [Column(names.factor(code), "number") for code in codes]
    rows = []
    for group in groups:
        gaps = {d["code"]: d.get("gap") for d in group.get("dimensions") or []}
        overall = (group.get("unweighted") or {}).get("estimate")
        rows.append((str(group["level"]), group.get("n"), overall, *(gaps.get(code) for code in codes)))
    return [table("gap-groups", t(_("Gaps of groups")), columns, rows)]


def group_levels(document: Document) -> list[Any]:
    """The groups, whether the document lists them alone or beside their comparisons."""
    groups = document.get("groups") or []
    return list(groups.get("levels") or []) if isinstance(groups, dict) else list(groups)
