"""Keyset paging: the next page starts after the last row seen, so a deep page costs what the first does."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import F, Model, Q, QuerySet
from django.utils.dateparse import parse_datetime

from frontstage.foundation.errors import BadInput

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page and the cursor of the next one (None on the last)."""

    rows: list[Row]
    next_cursor: str | None


def _encode(values: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values, default=str).encode()).decode().rstrip("=")


def _decode(cursor: str, length: int) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(values, list) or len(values) != length:
            raise ValueError
        return [(parse_datetime(v) or v) if isinstance(v, str) and "T" in v + "T" else v for v in values]
    except (ValueError, binascii.Error, TypeError) as error:
        raise BadInput(reason="cursor", field="cursor") from error


def cursor_at(row: Model, order: Sequence[str]) -> str:
    """The cursor of the page that begins after this row."""
    values = [getattr(row, name.lstrip("-")) for name in order]
    return _encode([value.isoformat() if hasattr(value, "isoformat") else value for value in values])


def page_of(rows: QuerySet[Row], *, order: Sequence[str], size: int, cursor: str | None = None) -> Page[Row]:
    """The page of ``rows`` after ``cursor``. ``order``: field names, '-' for descending, the last one unique.

    Every field of the order must be NOT NULL. Raises BadInput for a cursor that is not ours.
    """
    names = [name.lstrip("-") for name in order]
    ordered = rows.order_by(
        *[F(n).desc() if o.startswith("-") else F(n).asc() for n, o in zip(names, order, strict=True)]
    )
    if cursor:
        values = _decode(cursor, len(order))
        after = Q()
        for depth, asked in enumerate(order):
            same = Q(**dict(zip(names[:depth], values[:depth], strict=True)))
            after |= same & Q(**{f"{names[depth]}__{'lt' if asked.startswith('-') else 'gt'}": values[depth]})
        # The leading bound alone lets PostgreSQL enter the index at the cursor.
        lead = "lte" if order[0].startswith("-") else "gte"
        ordered = ordered.filter(Q(**{f"{names[0]}__{lead}": values[0]}) & after)
    found = list(ordered[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page(rows=found, next_cursor=cursor_at(found[-1], order) if found and more else None)
