"""Tables of the data and of every choice that affects the figures; the same for both documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from frontstage.assess.report.names import Names
from frontstage.assess.report.table import Column, Table, table
from frontstage.assess.words import Document, Words, _

ACTIONS = {"leave_out": _("left out"), "warn": _("reported"), "refuse": _("refused")}
RULES = {
    "straight_lining": _("One and the same answer throughout"),
    "speeding": _("Answered too fast"),
    "duplicates": _("Rows that repeat"),
    "duplicate_ids": _("Respondents that repeat"),
    "impossible_values": _("Impossible values"),
    "little_variance": _("Too little variance"),
    "few_answers": _("Too few answers"),
}


def data_tables(document: Document, words: Words, names: Names) -> list[Table]:
    return [rows_table(document, words), quality_table(document, words), _items(document, words, names),
            settings_table(document, words)]  # fmt: skip


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


def settings_table(document: Document, words: Words) -> Table:
    """Keys as in the JSON, so that a setting can be found again there."""
    t = words.text
    rows = list(_flat(document.get("settings") or {}))
    return Table(
        "settings", t(_("Settings")), (Column(t(_("Setting")), "code"), Column(t(_("Value")))), tuple(rows)
    )


def _flat(values: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{key}.")
        else:
            shown = ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
            yield f"{before}{key}", shown if isinstance(shown, bool | int | float | None) else str(shown)
