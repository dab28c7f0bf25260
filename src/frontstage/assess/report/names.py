"""What a reader calls the constructs, dimensions and items of a document."""

from __future__ import annotations

import re
from typing import Any

from frontstage.assess.words import Document, Words, _

BETWEEN = re.compile(r"(\s*(?:→|->|–|~|\||/)\s*|\s+-\s+|\s+(?:and|vs\.?)\s+)")
OF_ITEMS = {"loading", "vif_items"}
WHOLE_MODEL = {
    "model": _("the whole model"),
    "estimated": _("estimated model"),
    "saturated": _("saturated model"),
}


class Names:
    """Labels in the reader's language; a name without a label stays as it is."""

    def __init__(self, document: Document, words: Words) -> None:
        self.words = words
        declared: list[Any] = [*document.get("model", {}).get("constructs", [])]
        declared += document.get("instrument", {}).get("dimensions", [])
        self._factors = {
            one.get("name", one.get("code")): words.label(one.get("label"), one.get("name", one.get("code")))
            for one in declared
        }
        items = [
            *document.get("model", {}).get("items", []),
            *document.get("instrument", {}).get("items", []),
        ]
        self._items = {item["name"]: self._plain(item.get("label")) for item in items}

    def _plain(self, label: Any) -> str:
        return self.words.label(label, "") if isinstance(label, dict) else str(label or "")

    def factor(self, name: str) -> str:
        return self._factors.get(name, name)

    def item(self, name: str) -> str:
        """The question's own text, or its column's name where the file has none."""
        return self._items.get(name) or name

    def item_label(self, name: str) -> str:
        return self._items.get(name) or ""

    def item_in_full(self, name: str) -> str:
        label = self.item_label(name)
        if not label or label == name:
            return name
        return f"“{label}”（{name}）" if self.words.lang == "zh" else f"“{label}” ({name})"

    def verdict(self, verdict: Any) -> str:
        """A verdict's subject: one name, a pair or a path, with the sign between the names kept."""
        subject = verdict.get("subject")
        text = " → ".join(map(str, subject)) if isinstance(subject, list | tuple) else str(subject or "model")
        # A construct may be named as its only item is: which of the two is meant shows in the criterion.
        one = self._one_item if verdict.get("criterion") in OF_ITEMS else self.one
        return "".join(part if BETWEEN.fullmatch(part) else one(part) for part in BETWEEN.split(text))

    def _one_item(self, name: str) -> str:
        return self.item_in_full(name) if name in self._items else self.one(name)

    def one(self, name: str) -> str:
        """A construct, dimension or item, whichever has this name."""
        if name in WHOLE_MODEL and name not in self._factors:
            return self.words.text(WHOLE_MODEL[name])
        return self.factor(name) if name in self._factors else self.item_in_full(name)

    def path(self, row: Any) -> str:
        return f"{self.factor(row['from'])} → {self.factor(row['to'])}"
