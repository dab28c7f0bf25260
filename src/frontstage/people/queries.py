"""Reads on people and teams."""

from __future__ import annotations

from django.db.models import QuerySet

from frontstage.people.errors import UnknownPerson
from frontstage.people.models import Team, User
from frontstage.people.rules import Role


def team_ids(user: User) -> list[int]:
    """The teams that this person works in; read once a request."""
    cached = getattr(user, "_team_ids", None)
    if cached is None:
        cached = list(user.teams.values_list("id", flat=True))
        user._team_ids = cached  # type: ignore[attr-defined]
    return cached


def people_with(*roles: Role) -> QuerySet[User]:
    """Active people who have any of the roles, by name."""
    return User.objects.filter(is_active=True, roles__overlap=list(roles)).order_by("display_name")


def person(user_id: int, *roles: Role) -> User:
    """One of them. Raises UnknownPerson."""
    found = people_with(*roles).filter(pk=user_id).first()
    if found is None:
        raise UnknownPerson
    return found


def field_team_for(district: str | None) -> Team | None:
    """The field team that serves the district: the one that names it, else one that names none."""
    teams = list(Team.objects.filter(field=True).order_by("code"))
    named = [team for team in teams if district and district in team.districts]
    return (named or [team for team in teams if not team.districts] or [None])[0]  # type: ignore[list-item]
