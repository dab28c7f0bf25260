"""Every table of a SERVQUAL result."""

from __future__ import annotations

from typing import Any

from frontstage.assess.report.data_tables import quality_table, rows_table, settings_table
from frontstage.assess.report.names import Names
from frontstage.assess.report.table import Column, Table, table
from frontstage.assess.words import Document, Words, _


def gap_document_tables(document: Document, words: Words) -> list[Table]:
    names = Names(document, words)
    found = [dimension_table(document, words, names), overall_table(document, words), _items(document, words, names),
             *gap_group_tables(document, words, names), rows_table(document, words), quality_table(document, words),
             settings_table(document, words, names)]  # fmt: skip
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
    about = t(
        _("Gap: perception minus expectation; below zero, service falls short of what customers expect.")
    )
    note = "" if is_perception_only(document) else about
    return table("dimensions", t(_("Dimensions")), columns, rows, note=note)


def overall_table(document: Document, words: Words) -> Table:
    t = words.text
    measured = t(_("Perception")) if is_perception_only(document) else t(_("Gap"))
    titles = {"unweighted": _("Unweighted"), "weighted": _("Weighted by points")}
    rows = [
        (t(title), document[key]["estimate"], document[key].get("low"), document[key].get("high"), document[key].get("n"))
        for key, title in titles.items()
        if document.get(key)
    ]  # fmt: skip
    columns = [Column(t(_("Overall"))), Column(measured, "number"), Column(t(_("Lower")), "number")]
    columns += [Column(t(_("Upper")), "number"), Column(t(_("Answers")), "count")]
    excluded = t(_("Half pairs left out: %(count)s."), count=document.get("excluded", 0))
    return table("overall", t(_("Overall")), columns, rows, note=excluded)


def _items(document: Document, words: Words, names: Names) -> Table:
    t = words.text
    columns = [Column(t(_("Dimension"))), Column(t(_("Item")), "code"), Column(t(_("Wording")))]
    columns += [*_measures(words), Column(t(_("Answers")), "count")]
    rows = [
        (
            names.factor(i["dimension"]),
            i["item"],
            names.item_label(i["item"]) or None,
            *map(i.get, (*MEASURES, "n")),
        )
        for i in document["items"]
    ]
    return table("gap-items", t(_("Items")), columns, rows)


def gap_group_tables(document: Document, words: Words, names: Names) -> list[Table]:
    """The groups side by side, then each in full, then what differs."""
    if not group_levels(document):
        return []
    found = [group_gaps(document, words, names), _groups_in_full(document, words, names)]
    groups = document["groups"]
    if isinstance(groups, dict):
        found += [_any_difference(groups, words, names), _differences(groups, words, names)]
    return found


def group_gaps(document: Document, words: Words, names: Names) -> Table:
    t, levels = words.text, group_levels(document)
    columns = [
        Column(t(_("Dimension"))),
        *(Column(f"{g['level']} ({g.get('n', '–')})", "number") for g in levels),
    ]
    rows = []
    for dimension in document["dimensions"]:
        code = dimension["code"]
        own: list[Any] = [
            next((d for d in g.get("dimensions") or [] if d["code"] == code), {}) for g in levels
        ]
        rows.append((names.factor(code), *(value_of(d) for d in own)))
    rows.append((t(_("Overall")), *((g.get("unweighted") or {}).get("estimate") for g in levels)))
    return table("gap-groups", t(_("Groups compared")), columns, rows)


def _groups_in_full(document: Document, words: Words, names: Names) -> Table:
    t, keys = words.text, (*MEASURES, "n", "t", "p", "p_adjusted")
    columns = [Column(t(_("Group"))), Column(t(_("Dimension"))), *_measures(words)]
    columns += [Column(t(_("Answers")), "count"), Column("t", "number"), Column("p", "p")]
    columns.append(Column(t(_("p corrected")), "p"))
    rows: list[Any] = []
    for group in group_levels(document):
        rows += [
            (str(group["level"]), names.factor(d["code"]), *map(d.get, keys))
            for d in group.get("dimensions") or []
        ]
        for key, title in (("unweighted", _("Unweighted")), ("weighted", _("Weighted by points"))):
            whole = group.get(key) or {}
            if whole:
                value = whole.get("estimate")
                means = (None, value, None) if is_perception_only(document) else (None, None, value)
                measures = (*means, *map(whole.get, ("low", "high", "n")), None, None, None)
                rows.append((str(group["level"]), t(title), *measures))
    return table("gap-groups-full", t(_("Groups in full")), columns, rows)


def _any_difference(groups: Any, words: Words, names: Names) -> Table:
    t = words.text
    columns = [Column(t(_("Dimension"))), Column("F", "number"), Column(t(_("Degrees between")), "value")]
    columns += [Column(t(_("Degrees within")), "number"), Column("p", "p")]
    rows = [
        (t(_("Overall")) if r["code"] == "unweighted" else names.factor(r["code"]),
         *map(r.get, ("f", "between", "within", "p")))
        for r in groups.get("any_difference") or []
    ]  # fmt: skip
    return table("gap-any", t(_("Does any group differ (Welch’s F)")), columns, rows)


def _differences(groups: Any, words: Words, names: Names) -> Table:
    t, keys = words.text, ("difference", "low", "high", "p", "p_adjusted")
    columns = [Column(t(_("Groups"))), Column(t(_("Dimension"))), Column(t(_("Difference")), "number")]
    columns += [Column(t(_("Lower")), "number"), Column(t(_("Upper")), "number"), Column("p", "p")]
    columns.append(Column(t(_("p corrected")), "p"))
    rows: list[Any] = []
    for pair in groups.get("comparisons") or []:
        both = f"{pair['a']} – {pair['b']}"
        rows += [(both, names.factor(d["code"]), *map(d.get, keys)) for d in pair["dimensions"]]
        rows.append((both, t(_("Overall")), *map(pair["unweighted"].get, keys)))
    return table("gap-differences", t(_("Differences between groups")), columns, rows)


def value_of(row: Any) -> float | None:
    """The gap; where only perceptions were asked, the perception."""
    found: float | None = row.get("gap") if row.get("gap") is not None else row.get("perception")
    return found


def is_perception_only(document: Document) -> bool:
    """Whether nobody was asked what she expects (SERVPERF)."""
    return all(row.get("gap") is None for row in document["dimensions"])


def group_levels(document: Document) -> list[Any]:
    """The groups, whether the document lists them alone or beside their comparisons."""
    groups = document.get("groups") or []
    return list(groups.get("levels") or []) if isinstance(groups, dict) else list(groups)
