"""Text in a PDF: the font of each run, the house's colours, and the styles of paragraphs."""

from __future__ import annotations

import unicodedata
from functools import cache
from html import escape
from itertools import groupby
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from frontstage.assess.report.picture import PALETTE

CHINESE = "STSong-Light"
# name: size, leading, bold, colour, space after
STYLES: dict[str, tuple[float, float, bool, str, float]] = {
    "h1": (20, 25, True, "card", 2),
    "h2": (14, 18, True, "ink", 2),
    "h3": (10.5, 14, True, "ink", 3),
    "h4": (9, 12, True, "ink", 1),
    "body": (8.8, 12, False, "ink", 0),
    "about": (8.8, 12, False, "muted", 5),
    "note": (7.5, 10, False, "muted", 4),
    "state": (8.8, 12, True, "ink", 0),
    "command": (8.5, 12, False, "ink", 0),
    "cover-small": (8.5, 11, False, "tint", 1),
    "cover-figure": (36, 40, True, "card", 0),
    "cover-line": (10.5, 14.5, False, "card", 4),
}
# The Chinese font has no bold: its headings stand out by size and colour.
CHINESE_STYLES: dict[str, tuple[float, float, bool, str, float]] = {
    "h2": (15.5, 20, True, "brand", 3),
    "h3": (11.5, 15.5, True, "brand", 4),
    "h4": (9.8, 13.5, True, "brand", 1),
    "state": (9.3, 13.5, True, "ink", 0),
}


@cache
def chinese_font() -> str:
    pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))
    return CHINESE


@cache
def colour(role: str) -> HexColor:
    return HexColor(PALETTE[role])


@cache
def style(name: str, lang: str) -> ParagraphStyle:
    own = CHINESE_STYLES if lang == "zh" else STYLES
    size, leading, bold, role, after = own.get(name) or STYLES[name]
    if name == "cover-figure":
        lang = "en"  # figures alone
    return plain_style(size, leading, bold, role, lang, after)


def plain_style(
    size: float, leading: float, bold: bool, role: str, lang: str, after: float = 0, align: int = 0
) -> ParagraphStyle:
    font = "Helvetica-Bold" if bold and lang != "zh" else "Helvetica"
    wrap = {"wordWrap": "CJK"} if lang == "zh" else {}
    return ParagraphStyle("text", None, fontName=font, fontSize=size, leading=leading, textColor=colour(role),
                          spaceAfter=after, alignment=align, **wrap)  # fmt: skip


def is_chinese(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def runs(text: str) -> list[tuple[bool, str]]:
    """Neighbouring characters of one font: (is Chinese, text)."""
    return [(kind, "".join(part)) for kind, part in groupby(text, is_chinese)]


def marked(text: str) -> str:
    """Escaped for a paragraph, each Chinese run in its font."""
    return "".join(
        f'<font name="{chinese_font()}">{escape(part)}</font>' if kind else escape(part)
        for kind, part in runs(text)
    )


def draw_text(
    canvas: Any, text: str, x: float, y: float, size: float, role: str, anchor: str, bold: bool
) -> None:
    """One line at a place of the page, its runs one after the other."""
    # The Chinese font has no bold: a bold Latin word among its characters would look like a mistake.
    latin = "Helvetica-Bold" if bold and not any(map(is_chinese, text)) else "Helvetica"
    parts = [(chinese_font() if kind else latin, part) for kind, part in runs(text)]
    wide = sum(pdfmetrics.stringWidth(part, font, size) for font, part in parts)
    x -= {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    canvas.setFillColor(colour(role))
    for font, part in parts:
        canvas.setFont(font, size)
        canvas.drawString(x, y, part)
        x += pdfmetrics.stringWidth(part, font, size)
