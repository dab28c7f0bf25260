"""Texts of `--lang`: the catalogue of the house through the standard library's gettext, without Django."""

from __future__ import annotations

import gettext
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Document = Mapping[str, Any]
LOCALE = Path(__file__).resolve().parent.parent / "locale"
CATALOGUES = {"zh": "zh_Hans"}
NOTHING = "–"


def _(message: str) -> str:
    """Marks a text for the catalogue; `Words.text` translates it when it is shown."""
    return message


@dataclass(frozen=True)
class Words:
    """One language: ``lang`` is "en" or "zh"."""

    lang: str
    catalogue: gettext.NullTranslations

    def text(self, message: str, **values: Any) -> str:
        """The message in this language, its %(name)s places filled; without values it is left as it is."""
        translated = self.catalogue.gettext(message) if message else ""
        return translated % values if values else translated

    def label(self, labels: Mapping[str, str] | None, name: str) -> str:
        """A construct's or dimension's own label in this language, else in the other, else its name."""
        own = labels or {}
        return own.get(self.lang) or own.get("en") or own.get("zh") or name

    def listing(self, parts: list[str]) -> str:
        return ("、" if self.lang == "zh" else ", ").join(parts)


def between_sentences(words: Words) -> str:
    """What stands between two sentences of one paragraph."""
    return "" if words.lang == "zh" else " "


@cache
def words(lang: str) -> Words:
    """The texts in ``lang``: "zh" (also zh-CN, zh_Hans) is Simplified Chinese, all else English."""
    key = "zh" if lang.lower().startswith("zh") else "en"
    if key == "en":
        return Words(key, gettext.NullTranslations())
    return Words(key, gettext.translation("django", localedir=str(LOCALE), languages=[CATALOGUES[key]]))


def number(value: Any, digits: int = 3) -> str:
    """A figure as people read it: fixed digits, a true minus sign, a dash for what does not apply."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return NOTHING
    if isinstance(value, str):
        return value
    shown = f"{value:,.{digits}f}"
    if float(shown.replace(",", "")) == 0:
        shown = shown.lstrip("-")
    return shown.replace("-", "−")


def plain(value: Any) -> str:
    """A figure with its own digits, at most three: thresholds such as 0.7, counts such as 300."""
    if value is None or isinstance(value, str):
        return number(value)
    return number(value, next((digits for digits in (0, 1, 2) if round(value, digits) == value), 3))


def probability(value: Any) -> str:
    """p as journals print it: never as zero."""
    if value is None:
        return NOTHING
    return "<0.001" if value < 0.001 else number(value, 3)


def stars(p: Any) -> str:
    """The usual marks: * below 0.05, ** below 0.01, *** below 0.001; nothing without a p."""
    return "" if p is None else "*" * sum(p < limit for limit in (0.05, 0.01, 0.001))
