"""Tables that set groups beside one another: indices, paths, and whether they may be compared (MICOM)."""

from __future__ import annotations

from typing import Any

from frontstage.assess.report.names import Names
from frontstage.assess.report.table import Column, Table, table
from frontstage.assess.words import Document, Words, _

INVARIANCE = {"full": _("full"), "partial": _("partial"), "none": _("none")}


def group_tables(document: Document, words: Words, names: Names) -> list[Table]:
    groups = document.get("groups")
    if not groups:
        return []
    found = [group_indices(document, words, names), _paths(groups, words, names)]
    for comparison in groups.get("comparisons") or []:
        found += [_differences(comparison, words, names), _micom(comparison, words, names)]
    return found


def group_indices(document: Document, words: Words, names: Names) -> Table:
    t, groups = words.text, document["groups"]
    factors = [construct["name"] for construct in document["model"]["constructs"]]
    columns = [Column(str(groups["column"])), Column(t(_("Answers")), "count")]
    columns += [Column(names.factor(name), "index") for name in factors]
    rows = [(str(g["level"]), g["n"], *(g["index"].get(name) for name in factors)) for g in groups["levels"]]
    return Table("groups", t(_("Indices of groups")), tuple(columns), tuple(rows))


def _paths(groups: Any, words: Words, names: Names) -> Table:
    levels = groups["levels"]
    estimates = [{(row["from"], row["to"]): row["estimate"] for row in level["paths"]} for level in levels]
    columns = [Column(words.text(_("Path"))), *(Column(str(level["level"]), "number") for level in levels)]
    pairs = dict.fromkeys(pair for own in estimates for pair in own)
    rows = [(names.path({"from": a, "to": b}), *(own.get((a, b)) for own in estimates)) for a, b in pairs]
    return Table("group-paths", words.text(_("Paths of groups")), tuple(columns), tuple(rows))


def _pair(comparison: Any) -> str:
    return f"{comparison['a']} – {comparison['b']}"


def _differences(comparison: Any, words: Words, names: Names) -> Table:
    t = words.text
    columns = [Column(t(_("Path"))), Column(t(_("Difference")), "number"), Column("p", "p")]
    columns.append(Column(t(_("p corrected")), "p"))
    rows = [
        (names.path(r), r["difference"], r.get("p"), r.get("p_adjusted"))
        for r in comparison.get("paths") or []
    ]
    title = t(_("Differences of paths: %(pair)s"), pair=_pair(comparison))
    return table(f"differences-{_pair(comparison)}", title, columns, rows)


def _micom(comparison: Any, words: Words, names: Names) -> Table:
    t = words.text
    keys = ("c", "c_low", "compositional", "mean_difference", "mean_low", "mean_high", "mean_p", "equal_means",
            "variance_ratio", "variance_low", "variance_high", "variance_p", "equal_variances")  # fmt: skip
    titles = (t(_("Correlation c")), t(_("Limit of c")), t(_("Same composition")), t(_("Difference of means")),
              t(_("Lower")), t(_("Upper")), "p", t(_("Equal means")), t(_("Log ratio of variances")), t(_("Lower")),
              t(_("Upper")), "p", t(_("Equal variances")))  # fmt: skip
    kinds = [("p" if title == "p" else "number") for title in titles]
    columns = [Column(t(_("Factor"))), Column(t(_("Invariance")))]
    columns += [Column(title, kind) for title, kind in zip(titles, kinds, strict=True)]
    rows = [
        (
            names.factor(name),
            t(INVARIANCE.get(row.get("invariance"), row.get("invariance") or "")),
            *map(row.get, keys),
        )
        for name, row in (comparison.get("micom") or {}).items()
    ]
    note = t(_("Paths may be compared where the composition is the same; means only with full invariance "
               "(Henseler, Ringle & Sarstedt 2016)."))  # fmt: skip
    title = t(_("Measurement invariance (MICOM): %(pair)s"), pair=_pair(comparison))
    return table(f"micom-{_pair(comparison)}", title, columns, rows, note=note)
