"""Tables of how well the items measure their factors, and how well the model foretells."""

from __future__ import annotations

from typing import Any

from frontstage.assess.report.names import Names
from frontstage.assess.report.table import Column, Table, table
from frontstage.assess.verdict_words import POWERS
from frontstage.assess.words import Document, Words, _


def measurement_tables(document: Document, words: Words, names: Names) -> list[Table]:
    return [
        _loadings(document, words, names),
        reliability_table(document, words, names),
        htmt_table(document, words, names),
        _htmt_intervals(document, words, names),
        _square("fornell", words.text(_("Fornell-Larcker criterion")), document.get("fornell_larcker") or {}, words,
                names, words.text(_("Diagonal: the square root of AVE. Elsewhere: correlations of factors."))),
        _cross_loadings(document, words, names),
        _prediction(document, words),
        _fit(document, words),
    ]  # fmt: skip


def _loadings(document: Document, words: Words, names: Names) -> Table:
    t, rows = words.text, []
    vif = (document.get("vif") or {}).get("items") or {}
    for construct, own in document["loadings"].items():
        for item, loading in own.items():
            around = _interval(document, "loading_intervals", construct, item)
            weight = document["weights"].get(construct, {}).get(item)
            others = _interval(document, "weight_intervals", construct, item)
            label = names.item_label(item) or None
            row = (names.factor(construct), item, label, loading, *around, weight, *others)
            rows.append((*row, (vif.get(construct) or {}).get(item)))
    around_titles = (t(_("Standard error")), t(_("Lower")), t(_("Upper")))
    three = [Column(title, "number") for title in around_titles]
    columns = [Column(t(_("Factor"))), Column(t(_("Item")), "code"), Column(t(_("Wording")))]
    columns += [Column(t(_("Loading")), "number"), *three, Column(t(_("Weight")), "number"), *three]
    return table("loadings", t(_("Loadings and weights")), [*columns, Column("VIF", "number")], rows)


def _interval(document: Document, key: str, construct: str, item: str) -> tuple[Any, Any, Any]:
    around = ((document.get(key) or {}).get(construct) or {}).get(item) or {}
    return around.get("se"), around.get("low"), around.get("high")


def reliability_table(document: Document, words: Words, names: Names) -> Table:
    t, keys = words.text, ("alpha", "alpha_covariance", "rho_a", "rho_c", "ave")
    rows = [
        (names.factor(name), *(row.get(key) for key in keys)) for name, row in document["reliability"].items()
    ]
    titles = ("α", t(_("α of covariances")), "ρ_A", "ρ_C", "AVE")
    note = t(
        _(
            "A dash: the measure does not apply to one item alone, or to a factor that its items form (mode B)."
        )
    )
    columns = [Column(t(_("Factor"))), *(Column(title, "number") for title in titles)]
    return Table("reliability", t(_("Reliability")), tuple(columns), tuple(rows), note)


def htmt_table(document: Document, words: Words, names: Names) -> Table:
    """The lower triangle: each pair once."""
    values = {frozenset((row["a"], row["b"])): row["value"] for row in document.get("htmt") or []}
    present = [
        c["name"] for c in document["model"]["constructs"] if any(c["name"] in pair for pair in values)
    ]
    rows = [
        (
            names.factor(a),
            *(values.get(frozenset((a, b))) if j < i else None for j, b in enumerate(present[:-1])),
        )
        for i, a in enumerate(present)
    ]
    columns = [Column(""), *(Column(names.factor(b), "number") for b in present[:-1])]
    note = words.text(
        _("The darker, the harder it is to tell the two factors apart; 0.85 to 0.90 is the limit.")
    )
    return Table("htmt", "HTMT", tuple(columns), tuple(rows[1:]), note, heat=1)


def _htmt_intervals(document: Document, words: Words, names: Names) -> Table:
    t, keys = words.text, ("value", "se", "low", "high", "signed", "htmt2", "htmt2_low", "htmt2_high")
    rows = [
        (names.factor(r["a"]), names.factor(r["b"]), *(r.get(key) for key in keys))
        for r in document.get("htmt") or []
    ]
    columns = [Column(t(_("Factor"))), Column(t(_("Other factor"))), Column("HTMT", "number")]
    columns.append(Column(t(_("Standard error")), "number"))
    columns += [Column(t(_("Lower")), "number"), Column(t(_("Upper")), "number")]
    columns += [Column(t(_("Signed")), "number"), Column("HTMT2", "number")]
    columns += [Column(t(_("Lower")), "number"), Column(t(_("Upper")), "number")]
    return table("htmt-pairs", t(_("HTMT of each pair")), columns, rows)


def _square(key: str, title: str, values: Any, words: Words, names: Names, note: str) -> Table:
    columns = [Column(""), *(Column(names.factor(name), "number") for name in values)]
    rows = [(names.factor(a), *(row.get(b) for b in values)) for a, row in values.items()]
    return Table(key, title, tuple(columns), tuple(rows), note, heat=1)


def _cross_loadings(document: Document, words: Words, names: Names) -> Table:
    values = document.get("cross_loadings") or {}
    factors = [construct["name"] for construct in document["model"]["constructs"]]
    columns = [
        Column(words.text(_("Item")), "code"),
        *(Column(names.factor(name), "number") for name in factors),
    ]
    rows = [(item, *(row.get(name) for name in factors)) for item, row in values.items()]
    return Table("cross", words.text(_("Cross-loadings")), tuple(columns), tuple(rows), heat=1)


def _prediction(document: Document, words: Words) -> Table:
    t, found = words.text, document.get("predict") or {}
    keys = ("q2", "rmse", "rmse_linear", "mae", "mae_linear")
    rows = [(item, *(row.get(key) for key in keys)) for item, row in (found.get("items") or {}).items()]
    titles = (t(_("Q² predict")), "RMSE", t(_("RMSE, regression")), "MAE", t(_("MAE, regression")))
    columns = [Column(t(_("Item")), "code"), *(Column(title, "number") for title in titles)]
    power = t(POWERS.get(str(found.get("verdict")), str(found.get("verdict"))))
    note = t(
        _("Power to predict: %(power)s (folds: %(folds)s, repetitions: %(times)s)."),
        power=power, folds=found.get("folds", ""), times=found.get("repetitions", 1),
    )  # fmt: skip
    return table("prediction", t(_("Prediction")), columns, rows, note=note)


def _fit(document: Document, words: Words) -> Table:
    t, srmr = words.text, document.get("srmr") or {}
    rows = [
        (t(_("Saturated model")), srmr.get("saturated")),
        (t(_("Estimated model")), srmr.get("estimated")),
    ]
    columns = [Column(t(_("Model"))), Column("SRMR", "number")]
    return table("fit", t(_("Fit")), columns, [row for row in rows if row[1] is not None])
