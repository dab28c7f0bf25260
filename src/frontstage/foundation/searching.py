"""Search that finds Chinese: every Han character is a word of its own, and a run of them is a phrase.

Right in any locale and with no segmenter: ``to_tsvector('simple', search_text)`` under GIN, asked with phrase queries.
"""

from __future__ import annotations

import re
import unicodedata

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_han = re.compile(f"([{HAN}])")
_pieces = re.compile(f"[{HAN}]+|[^\\W{HAN}]+", re.UNICODE)


def search_text(*parts: str | None) -> str:
    """The parts as stored for searching: normalised, lower case, a space around every Han character."""
    joined = unicodedata.normalize("NFKC", " ".join(part for part in parts if part)).lower()
    return " ".join(_han.sub(r" \1 ", joined).split())


def tsquery(asked: str) -> str:
    """What was asked as a tsquery for 'simple': Han runs as phrases, other words as prefixes, all required.

    An empty string when nothing searchable was asked.
    """
    terms = []
    for piece in _pieces.findall(unicodedata.normalize("NFKC", asked).lower()):
        if _han.match(piece):
            terms.append("(" + " <-> ".join(f"'{character}'" for character in piece) + ")")
        else:
            terms.append(f"'{piece}':*")
    return " & ".join(terms)
