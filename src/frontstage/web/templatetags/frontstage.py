"""Template tags that every page may use without loading them."""

from __future__ import annotations

from django import template

from frontstage.foundation.bilingual import in_language

register = template.Library()


@register.filter
def tr(text: object) -> str:
    """Bilingual text in the reader's language."""
    return in_language(text)  # type: ignore[arg-type]
