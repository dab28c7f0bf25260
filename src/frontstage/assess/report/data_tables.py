"""Tables of the data and of every choice that affects the figures; the same for both documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from frontstage.assess.report.names import Names
from frontstage.assess.report.setting_words import ACTIONS, RULES, setting_label, setting_value
from frontstage.assess.report.table import Column, Table, table
from frontstage.assess.words import Document, Words, _


def data_tables(document: Document, words: Words, names: Names) -> list[Table]:
    return [rows_table(document, words), quality_table(document, words), _items(document, words, names),
            settings_table(document, words, names)]  # fmt: skip


def rows_table(document: Document, words: Words) -> Table:
    t, rows = words.text, document.get("rows") or {}
    titles = {"read": _("Rows read"), "used": _("Rows used"), "left_out": _("Rows left out"), "doubtful": _("Rows left out as doubtful"),
        "weight_zero": _("Rows of weight 0"), "unpaired": _("Rows without a pair"),
              "weight": _("Sum of weights"), "effective_n": _("Effective number of answers")}  # fmt: skip
    values = [(t(title), rows[key]) for key, title in titles.items() if rows.get(key) is not None]
    return table("rows", t(_("Rows")), [Column(t(_("Quantity"))), Column(t(_("How many")), "count")], values)


def quality_table(document: Document, words: Words) -> Table:
    t, shown = words.text, 12
    rows = []
    for finding in (document.get("quality") or {}).get("findings") or []:
        where = [str(row) for row in finding["rows"][:shown]] or list(finding["items"][:shown])
        more = ["…"] if max(len(finding["rows"]), len(finding["items"])) > shown else []
        rule = t(RULES.get(finding["rule"], finding["rule"]))
        action = t(ACTIONS.get(finding["action"], finding["action"]))
        rows.append((rule, action, finding["count"], finding["share"], words.listing(where + more) or None))
    columns = [Column(t(_("Rule"))), Column(t(_("What was done"))), Column(t(_("How many")), "count")]
    columns += [Column(t(_("Share")), "percent"), Column(t(_("Rows or items")))]
    return table("quality", t(_("Data quality")), columns, rows)


def _items(document: Document, words: Words, names: Names) -> Table:
    t, items = words.text, document.get("model", {}).get("items") or []
    keys = ("minimum", "maximum", "mean", "sd")
    rows = [(i["name"], names.item_label(i["name"]) or None, *(i.get(key) for key in keys)) for i in items]
    titles = (t(_("Scale from")), t(_("Scale to")), t(_("Mean")), t(_("Standard deviation")))
    columns = [
        Column(t(_("Item")), "code"),
        Column(t(_("Wording"))),
        *(Column(title, "number") for title in titles),
    ]
    return table("items", t(_("Items")), columns, rows)


def settings_table(document: Document, words: Words, names: Names) -> Table:
    """Each choice by its name, with its key in the JSON, so that it can be found again there."""
    t, settings = words.text, document.get("settings") or {}
    rows = [
        (setting_label(key, words, names), setting_value(key, value, words, names), key)
        for key, value in _flat(settings)
        if not (key.endswith("_sha256") and key.removesuffix("_sha256") in settings)
    ]
    columns = (
        Column(t(_("Setting"))),
        Column(t(_("Value")), "setting"),
        Column(t(_("Name in the JSON")), "code"),
    )
    return Table("settings", t(_("Settings")), columns, tuple(rows))


def _flat(values: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value
