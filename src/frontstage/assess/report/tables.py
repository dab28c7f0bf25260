"""Every table of an assessment, in the order in which a reader needs them."""

from __future__ import annotations

from typing import Any

from frontstage.assess.report.data_tables import data_tables
from frontstage.assess.report.group_tables import group_tables
from frontstage.assess.report.measurement_tables import measurement_tables
from frontstage.assess.report.names import Names
from frontstage.assess.report.table import Column, Table, table
from frontstage.assess.verdict_words import (
    POWERS,
    verdict_figure,
    verdict_sentence,
    verdict_state,
    verdict_title,
)
from frontstage.assess.words import Document, Words, _


def assessment_tables(document: Document, words: Words) -> list[Table]:
    names = Names(document, words)
    found = [
        verdict_table(document, words, names),
        index_table(document, words, names),
        *_effects(document, words, names),
        *importance_tables(document, words, names),
        *measurement_tables(document, words, names),
        *group_tables(document, words, names),
        *data_tables(document, words, names),
    ]
    return [one for one in found if one.rows]


def verdict_table(document: Document, words: Words, names: Names) -> Table:
    t = words.text
    rows = [
        (
            verdict_title(v["criterion"], words),
            verdict_state(v["state"], words),
            verdict_sentence(v, names.verdict(v), words),
            shown_value(verdict_figure(v, "value"), words),
            verdict_figure(v, "threshold"),
            v.get("source"),
        )
        for v in document.get("verdicts") or []
    ]
    columns = [Column(t(_("Check"))), Column(t(_("State")), "state"), Column(t(_("In words")))]
    columns += [Column(t(_("Value")), "value"), Column(t(_("Threshold")), "value"), Column(t(_("Source")))]
    states = tuple(v["state"] for v in document.get("verdicts") or [])
    return table("verdicts", t(_("Every check")), columns, rows, states=states)


def shown_value(value: Any, words: Words) -> Any:
    """A verdict's value: a figure stays one, a word is translated."""
    return words.text(POWERS.get(value, value)) if isinstance(value, str) else value


def index_table(document: Document, words: Words, names: Names) -> Table:
    t, rows = words.text, []
    for construct in document["model"]["constructs"]:
        name = construct["name"]
        around = (document.get("index_interval") or {}).get(name) or {}
        r2 = (document.get("r2") or {}).get(name)
        row = (names.factor(name), name, document["index"].get(name), around.get("low"), around.get("high"))
        adjusted = (document.get("r2_adjusted") or {}).get(name)
        refused = (document.get("index_refused") or {}).get(name)
        q2 = (document.get("q2") or {}).get(name)
        rows.append((*row, around.get("se"), r2, adjusted, q2, refusal(refused, words) if refused else None))
    columns = [Column(t(_("Factor"))), Column(t(_("Name")), "code"), Column(t(_("Index")), "index")]
    columns += [
        Column(t(_("Lower")), "index"),
        Column(t(_("Upper")), "index"),
        Column(t(_("Standard error")), "number"),
    ]
    columns += [Column(title, "number") for title in ("R²", t(_("R² adjusted")), "Q²")]
    note = t(
        _("Index: 0 to 100 on the limits of the scale, from unstandardised weights (Fornell et al. 1996).")
    )
    return table("index", t(_("Indices")), [*columns, Column(t(_("No index because")))], rows, note=note)


REFUSALS = {
    "negative_weight": _("one of its items has a negative weight"),
    "scale": _("its items have no stated scale"),
}


def refusal(code: str, words: Words) -> str:
    return words.text(REFUSALS.get(code, code))


def effect_table(key: str, title: str, rows: list[Any], words: Words, names: Names, note: str = "") -> Table:
    t = words.text
    columns = [Column(t(_("Cause"))), Column(t(_("Effect"))), Column(t(_("Estimate")), "number")]
    columns += [Column(t(_("Standard error")), "number"), Column(t(_("Lower")), "number")]
    columns += [
        Column(t(_("Upper")), "number"),
        Column("p", "p"),
        Column("f²", "number"),
        Column("VIF", "number"),
    ]
    keys = ("estimate", "se", "low", "high", "p", "f2", "vif")
    values = [(names.factor(r["from"]), names.factor(r["to"]), *(r.get(k) for k in keys)) for r in rows]
    return table(key, title, columns, values, note=note)


def _effects(document: Document, words: Words, names: Names) -> list[Table]:
    t = words.text
    f2 = {(row["from"], row["to"]): row["value"] for row in document.get("f2") or []}
    vif = {(row["from"], row["to"]): row["value"] for row in (document.get("vif") or {}).get("paths") or []}
    pair = [(row["from"], row["to"]) for row in document["paths"]]
    paths = [
        {**row, "f2": f2.get(p), "vif": vif.get(p)} for row, p in zip(document["paths"], pair, strict=True)
    ]
    note = t(_("Standardised: by how many standard deviations the effect moves when the cause moves by one."))
    found = [effect_table("paths", t(_("Paths")), paths, words, names, note)]
    found.append(
        effect_table("total", t(_("Total effects")), document.get("total_effects") or [], words, names)
    )
    indirect = document.get("indirect_effects") or []
    found.append(effect_table("indirect", t(_("Indirect effects")), indirect, words, names))
    consistent = document.get("consistent") or {}
    if consistent.get("paths"):
        title, about = t(_("Paths by consistent PLS")), t(_("Corrected for unreliable measurement (PLSc)."))
        found.append(effect_table("consistent", title, consistent["paths"], words, names, about))
        found.append(_consistent_loadings(consistent, words, names))
    return found


def _consistent_loadings(consistent: Any, words: Words, names: Names) -> Table:
    """With R² of each factor in its own rows, so that nothing of the document is lost."""
    t, r2 = words.text, consistent.get("r2") or {}
    rows = [
        (names.factor(name), item, value, r2.get(name))
        for name, own in (consistent.get("loadings") or {}).items()
        for item, value in own.items()
    ]
    columns = [Column(t(_("Factor"))), Column(t(_("Item")), "code"), Column(t(_("Loading")), "number")]
    title = t(_("Loadings and R² by consistent PLS"))
    return table("consistent-loadings", title, [*columns, Column("R²", "number")], rows)


def importance_tables(document: Document, words: Words, names: Names) -> list[Table]:
    t, map_ = words.text, document.get("importance_performance") or {}
    around = [Column(t(title), "number") for title in (_("Standard error"), _("Lower"), _("Upper"))]
    limits = ("se", "low", "high")
    priorities = [
        (i, r["name"], names.item_label(r["name"]) or None, names.factor(r["construct"]), r["gain"],
         *map(r.get, limits))
        for i, r in enumerate(map_.get("priorities") or [], 1)
    ]  # fmt: skip
    columns = [Column(t(_("Rank")), "count"), Column(t(_("Item")), "code"), Column(t(_("Wording")))]
    columns += [Column(t(_("Factor"))), Column(t(_("Gain, index points")), "number"), *around]
    found = [table("priorities", t(_("Priorities")), columns, priorities)]
    rows: list[Any] = [
        (names.factor(r["name"]), None, r["importance"], r["performance"], *map(r.get, limits))
        for r in map_.get("constructs") or []
    ]
    rows += [
        (names.factor(r["construct"]), r["name"], r["importance"], r["performance"], *map(r.get, limits))
        for r in map_.get("items") or []
    ]
    measures = [Column(t(_("Importance")), "number"), Column(t(_("Performance")), "index")]
    columns = [Column(t(_("Factor"))), Column(t(_("Item")), "code"), *measures, *around]
    note = t(_("Importance: the unstandardised total effect on the target; lower and upper are its limits."))
    return [*found, table("map", t(_("Importance and performance")), columns, rows, note=note)]
