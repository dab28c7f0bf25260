"""Verbs on accounts and teams."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from frontstage.people.errors import NameTaken, UnknownTeam, WeakPassword
from frontstage.people.models import AccessToken, Team, User

TOKEN_PREFIX = "fst_"  # noqa: S105  # recognisable in logs and by secret scanners


@transaction.atomic
def install_teams(*, teams: Sequence[Mapping[str, Any]]) -> None:
    """Create or rename the charter's teams; teams it no longer names stay, for the history that points to them."""
    for team in teams:
        Team.objects.update_or_create(
            code=team["code"],
            defaults={
                "name": team["name"],
                "field": team.get("field", False),
                "districts": list(team.get("districts", [])),
            },
        )


@transaction.atomic
def add_person(
    *,
    username: str,
    name: str,
    roles: Sequence[str],
    teams: Sequence[str],
    email: str,
    language: str,
    password: str,
) -> User:
    """Give somebody who works here an account. Raises NameTaken, UnknownTeam, WeakPassword."""
    if User.objects.filter(username__iexact=username).exists():
        raise NameTaken(username=username)
    known = {team.code: team for team in Team.objects.all()}
    for code in teams:
        if code not in known:
            raise UnknownTeam(team=code, teams=", ".join(sorted(known)) or "-")
    user = User(username=username, email=email, display_name=name, roles=list(roles), language=language)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPassword(reasons=" ".join(error.messages)) from error
    user.set_password(password)
    user.save(force_insert=True)
    user.teams.set([known[code] for code in teams])
    return user


@transaction.atomic
def choose_language(*, user: User, language: str) -> None:
    User.objects.filter(pk=user.pk).update(language=language)


@transaction.atomic
def issue_token(*, user: User, name: str, now: dt.datetime) -> str:
    """A new access token, shown once: only its digest is kept."""
    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    AccessToken.objects.create(
        user=user, name=name, digest=hashlib.sha256(token.encode()).hexdigest(), created_at=now
    )
    return token
