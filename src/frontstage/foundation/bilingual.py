"""Text that an organisation writes in both languages: {"en": "...", "zh": "..."} in the database and in charters."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language


def language_key(language: str | None = None) -> str:
    """ "zh" for every Chinese locale, "en" otherwise; the active language when none is given."""
    return "zh" if (language or get_language() or "en").lower().startswith("zh") else "en"


def in_language(text: Mapping[str, str] | str | None, language: str | None = None) -> str:
    """The text in the language, or in the other one when only that was written. A plain string is itself."""
    if text is None:
        return ""
    if isinstance(text, str):
        return text
    key = language_key(language)
    return text.get(key) or text.get("en") or text.get("zh") or ""
