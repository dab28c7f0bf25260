"""A document whose texts fit a page: a name of thousands of letters would fill it, or be taller than it is."""

from __future__ import annotations

from typing import Any

from frontstage.assess.report.names import BETWEEN
from frontstage.assess.words import Document

# Longer than any question of a survey that people answer; a table's cell of so many still has few lines.
MOST_LETTERS = 100
# What the program itself writes, and the command that must be repeated letter by letter.
IN_FULL = ("program", "verdicts.source", "settings.sign_rule")


def abridged(document: Document) -> dict[str, Any]:
    """The document with every long text cut and ended by “…”; two names never become one."""
    return _Abridgement().mapping(document, "")


def shortened(text: str, most: int = MOST_LETTERS) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


class _Abridgement:
    def __init__(self) -> None:
        self.short: dict[str, str] = {}
        self.taken: dict[str, int] = {}

    def mapping(self, values: Document, place: str) -> dict[str, Any]:
        return {
            self._text(str(key)): self._value(value, f"{place}.{key}".lstrip("."))
            for key, value in values.items()
        }

    def _value(self, value: Any, place: str) -> Any:
        if place in IN_FULL:
            return value
        if isinstance(value, dict):
            return self.mapping(value, place)
        if isinstance(value, list | tuple):
            return [self._value(one, place) for one in value]
        if isinstance(value, str):
            return self._subject(value) if place == "verdicts.subject" else self._text(value)
        return value

    def _subject(self, text: str) -> str:
        """A pair or a path is one text of two names."""
        return "".join(self._text(part) for part in BETWEEN.split(text))

    def _text(self, text: str) -> str:
        if len(text) <= MOST_LETTERS:
            return text
        if text not in self.short:
            cut = shortened(text)
            count = self.taken[cut] = self.taken.get(cut, 0) + 1
            self.short[text] = cut if count == 1 else f"{shortened(text, MOST_LETTERS - 6)} ({count})"
        return self.short[text]
