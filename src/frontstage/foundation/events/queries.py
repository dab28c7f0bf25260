"""Reads on the log."""

from __future__ import annotations

from django.db.models import QuerySet

from frontstage.foundation.models import Event


def customer_history(customer_id: int, *, most: int = 200) -> QuerySet[Event]:
    """The latest acts on one customer's data, newest first. The caller has checked that the file may be seen."""
    return Event.objects.filter(customer_id=customer_id).order_by("-at", "-id")[:most]
