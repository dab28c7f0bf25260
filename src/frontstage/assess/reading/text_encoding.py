"""The encoding of a text file, found from its beginning, and its lines, never longer than a bound."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

from frontstage.measure.errors import MeasureError

SAMPLE_BYTES = 1 << 20
# A row of 10,000 columns is far below; a file that is one endless line is far above.
LINE_CHARACTERS = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LIKELY = ("gb18030", "big5", "shift_jis", "cp1252")


def find_encoding(sample: bytes, asked: str | None, source: str) -> str:
    """The name of the encoding: what was asked for, else what a mark at the start says, else UTF-8.

    Refused (``wrong_encoding``) where the sample is not text in it, naming an encoding that would do.
    """
    encoding = asked or next((name for mark, name in _MARKS if sample.startswith(mark)), "utf-8")
    require_encoding(encoding)
    if not _decodes(sample, encoding):
        raise wrong_encoding(source, encoding, sample)
    if "\x00" in codecs.getincrementaldecoder(encoding)().decode(sample):
        raise MeasureError(
            "not_text",
            f"{source} is not a text file.",
            "Give a CSV, TSV, XLSX, SAV or Parquet file with its own ending.",
            file=source,
        )
    return encoding


def require_encoding(name: str) -> None:
    """Refuse a name by which no bytes become text."""
    if not _is_text_encoding(name):
        raise MeasureError(
            "unknown_encoding",
            f"“{name}” is not the name of an encoding.",
            "Use utf-8, gb18030, big5 or cp1252.",
            encoding=name,
        )


def _is_text_encoding(name: str) -> bool:
    """Whether Python turns bytes into text by this name: base64 and rot13 are codecs too, but of other things."""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):  # ValueError: a name with a null character.
        return False
    return bool(getattr(found, "_is_text_encoding", True))


def _decodes(sample: bytes, encoding: str) -> bool:
    """Whether the bytes are text in it; a character cut in two at the sample's end is no mistake."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeError:
        return False
    return True


def wrong_encoding(source: str, encoding: str, sample: bytes, row: int | None = None) -> MeasureError:
    """The refusal, with the likeliest encoding that fits the sample as its remedy."""
    fitting = next((name for name in _LIKELY if name != encoding and _decodes(sample, name)), "cp1252")
    where = f", near row {row}," if row else ""
    return MeasureError(
        "wrong_encoding",
        f"{source}{where} is not text in {encoding}.",
        f"Save it as UTF-8, or give its encoding, such as --encoding {fitting}.",
        file=source,
        encoding=encoding,
        suggestion=fitting,
        row=row,
    )


def bounded_lines(path: str, encoding: str, source: str) -> Iterator[str]:
    """The lines with their ends. A line past the bound is refused before the rest of it is read."""
    number = 0
    with Path(path).open(encoding=encoding, newline="") as file:
        try:
            while line := file.readline(LINE_CHARACTERS + 1):
                number += 1
                if len(line) > LINE_CHARACTERS:
                    raise line_too_long(source, number)
                yield line
        except UnicodeError as error:
            sample = error.object if isinstance(error, UnicodeDecodeError) else b""
            raise wrong_encoding(source, encoding, sample, number + 1) from None


def line_too_long(source: str, line: int) -> MeasureError:
    """The refusal of a line that goes on and on."""
    return MeasureError(
        "line_too_long",
        f"{source}, line {line}, is longer than {LINE_CHARACTERS:,} characters.",
        "Export the table again with one row on each line.",
        file=source,
        row=line,
        limit=LINE_CHARACTERS,
    )
