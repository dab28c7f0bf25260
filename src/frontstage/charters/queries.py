"""Reads on charters."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from frontstage.charters.models import CharterEdition
from frontstage.foundation.bilingual import in_language


def in_force(on: dt.date) -> CharterEdition | None:
    """The edition in force on a day: the latest version whose period holds the day."""
    return (
        CharterEdition.objects.filter(effective_from__lte=on)
        .filter(Q(effective_to=None) | Q(effective_to__gte=on))
        .order_by("-effective_from", "-version", "-id")
        .first()
    )


def organisation_name() -> str:
    """The organisation's name in the reader's language; empty before a charter is applied."""
    name = (
        CharterEdition.objects.order_by("-applied_at", "-id").values_list("organisation", flat=True).first()
    )
    return in_language(name)
