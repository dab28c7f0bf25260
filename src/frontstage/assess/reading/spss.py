"""SPSS ``.sav``: declared missing values are empty, labels of columns and of values are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
import pyreadstat

from frontstage.assess.reading.numbers import as_texts
from frontstage.assess.reading.table import RawBatch, Table, checked_names, no_rows
from frontstage.assess.reading.text_encoding import require_encoding
from frontstage.assess.reading.workbook import unreadable
from frontstage.measure.errors import MeasureError

_CHUNK_ROWS = 65_536


@dataclass
class SpssTable(Table):
    """An SPSS file. Row 1 is the first case, as SPSS numbers them."""

    encoding: str | None = None
    value_labels: dict[str, dict[Any, str]] = field(default_factory=dict)

    format: ClassVar[str] = "sav"

    def _raw(self, columns: tuple[str, ...], text: tuple[str, ...], size: int) -> Iterator[RawBatch]:
        wanted = list(dict.fromkeys((*columns, *text)))
        start = 0
        while True:
            data, _ = _read(
                self.files[0],
                self.source,
                self.encoding,
                usecols=wanted,
                row_offset=start,
                row_limit=_CHUNK_ROWS,
            )
            rows = len(data[wanted[0]]) if wanted else 0
            for name in text:
                data[name] = self._labelled(name, data[name])
            for at in range(0, rows, size):
                piece = {name: cells[at : at + size] for name, cells in data.items()}
                yield RawBatch(piece, min(size, rows - at), start + at + 1, self.source)
            start += rows
            if rows < _CHUNK_ROWS:
                return

    def _labelled(self, name: str, cells: Any) -> list[str | None]:
        """A group's label, where each value has one of its own; else the value."""
        labels = self.value_labels.get(name, {})
        texts = as_texts(cells)
        if len(set(labels.values())) < len(labels):
            return texts
        named = dict(zip(as_texts(labels), labels.values(), strict=True))
        return [text if text is None else named.get(text, text) for text in texts]


def open_spss(path: str, source: str, encoding: str | None = None) -> SpssTable:
    """Open an SPSS file; refused where it is damaged, has no cases, or its text is in another encoding."""
    if encoding:
        require_encoding(encoding)
    _, meta = _read(path, source, encoding, metadataonly=True)
    if meta.number_rows == 0:
        raise no_rows(source)
    return SpssTable(
        source=source,
        files=(path,),
        columns=checked_names(meta.column_names, source),
        rows=meta.number_rows,
        labels={name: label for name, label in meta.column_names_to_labels.items() if label},
        encoding=encoding,
        value_labels=dict(meta.variable_value_labels),
    )


def _read(path: str, source: str, encoding: str | None, **options: Any) -> tuple[dict[str, Any], Any]:
    try:
        data, meta = pyreadstat.read_sav(path, encoding=encoding, output_format="dict", **options)
    except UnicodeDecodeError:
        raise MeasureError(
            "wrong_encoding",
            f"The text in {source} is not in the encoding that the file names.",
            "Give the right one, such as --encoding gb18030.",
            file=source,
            encoding=encoding or "utf-8",
            suggestion="gb18030",
        ) from None
    except Exception as error:  # pyreadstat raises several kinds of its own.
        raise unreadable(source, "an SPSS file", error) from None
    return {name: _plain(cells) for name, cells in data.items()}, meta


def _plain(cells: Any) -> Any:
    return cells if isinstance(cells, np.ndarray) else list(cells)
