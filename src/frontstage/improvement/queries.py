"""Reads on initiatives."""

from __future__ import annotations

from django.db.models import QuerySet

from frontstage.improvement.errors import UnknownInitiative
from frontstage.improvement.models import Initiative
from frontstage.people.public import User


def visible_to(user: User) -> QuerySet[Initiative]:
    """Initiatives are for those who see quality; nobody else sees any."""
    if not user.may("see_quality"):
        return Initiative.objects.none()
    return Initiative.objects.select_related("owner", "study__instrument").order_by("due_on", "id")


def initiative_of(user: User, initiative_id: int) -> Initiative:
    """One of them. Raises UnknownInitiative."""
    found = visible_to(user).prefetch_related("actions__owner").filter(pk=initiative_id).first()
    if found is None:
        raise UnknownInitiative
    return found


def by_stage(user: User) -> dict[str, list[Initiative]]:
    """Every stage in order with its initiatives."""
    found: dict[str, list[Initiative]] = {stage: [] for stage in Initiative.Stage.values}
    for initiative in visible_to(user):
        found[initiative.stage].append(initiative)
    return found
