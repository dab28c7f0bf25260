"""A paragraph that breaks Chinese lines as printers do.

No line begins with a closing or ends with an opening mark, and no Latin word or figure is torn apart.
Source: Requirements for Chinese Text Layout (W3C), 3.1 "Line composition".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.platypus import Paragraph
from reportlab.platypus.paragraph import ParaLines, cjkU, makeCJKParaLine

NO_START = frozenset("，。、；：！？）】〕］｝》〉」』”’…—％‰℃·,.;:!?)]}%/–")
NO_END = frozenset("（【〔［｛《〈「『“‘￥＄([{$")
LATIN = 0x2E80  # characters before it stand in words with spaces between them
_CLOSE_ENOUGH = 1e-4


class Lines(Paragraph):  # type: ignore[misc]
    """As ``Paragraph``; where the style's wordWrap is CJK, lines break by the rules above."""

    def breakLinesCJK(self, maxWidths: Any) -> Any:
        widths = list(maxWidths) if isinstance(maxWidths, list | tuple) else [maxWidths]
        if self.bulletText or any(
            hasattr(part, "cbDefn") or hasattr(part, "lineBreak") for part in self.frags
        ):
            return super().breakLinesCJK(maxWidths)
        if getattr(self, "_splitpara", 0) and hasattr(self, "blPara"):
            return self.blPara  # the rest of a paragraph that a page's end has split
        self.height = 0
        letters = [cjkU(letter, part, "utf8") for part in self.frags for letter in part.text]
        lines: list[Any] = []
        for begin, end in line_places([(str(one), float(one.width)) for one in letters], widths):
            width = widths[min(len(lines), len(widths) - 1)]
            used = sum(one.width for one in letters[begin:end])
            lines.append(makeCJKParaLine(letters[begin:end], width, used, width - used, False, False))
        return ParaLines(kind=1, lines=lines)


def line_places(letters: Sequence[tuple[str, float]], widths: Sequence[float]) -> list[tuple[int, int]]:
    """Begin and end of each line in ``letters`` (character, points); ``widths`` of the lines, the last repeated.

    A piece that is longer than a line alone is torn where the line is full.
    """
    lines: list[tuple[int, int]] = []
    begin, used = 0, 0.0
    for start, end in _pieces([letter for letter, _width in letters]):
        for part in _fitting(letters, start, end, min(widths)):
            wide = sum(width for letter, width in letters[slice(*part)])
            # A space that ends a line may hang over its edge.
            ink = sum(width for letter, width in letters[slice(*part)] if letter != " ")
            if part[0] > begin and used + ink > widths[min(len(lines), len(widths) - 1)] + _CLOSE_ENOUGH:
                lines.append((begin, part[0]))
                begin, used = part[0], 0.0
            used += wide
    return [*lines, (begin, len(letters))] if letters else []


def _pieces(text: Sequence[str]) -> Iterator[tuple[int, int]]:
    """What may not be parted: words, and characters with the marks that cling to them."""
    begin = 0
    for i in range(1, len(text)):
        if _parts(text[i - 1], text[i]):
            yield begin, i
            begin = i
    if text:
        yield begin, len(text)


def _parts(before: str, after: str) -> bool:
    """Whether a line may end between two characters."""
    if after == " " or after in NO_START or before in NO_END:
        return False
    return before == " " or not (ord(before) < LATIN and ord(after) < LATIN)


def _fitting(
    letters: Sequence[tuple[str, float]], start: int, end: int, width: float
) -> Iterator[tuple[int, int]]:
    used, begin = 0.0, start
    for i in range(start, end):
        if used + letters[i][1] > width + _CLOSE_ENOUGH and i > begin and letters[i][0] != " ":
            yield begin, i
            begin, used = i, 0.0
        used += letters[i][1]
    yield begin, end
