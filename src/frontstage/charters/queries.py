"""Reads on charters."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from frontstage.charters.models import CharterEdition


def in_force(on: dt.date) -> CharterEdition | None:
    """The edition in force on a day: the latest version whose period holds the day."""
    return (
        CharterEdition.objects.filter(effective_from__lte=on)
        .filter(Q(effective_to=None) | Q(effective_to__gte=on))
        .order_by("-effective_from", "-version", "-id")
        .first()
    )
