"""Signed links to a questionnaire: no sign-in, one answer, revocable, with an end."""

from __future__ import annotations

import datetime as dt

from django.core import signing

from frontstage.surveys.errors import AlreadyAnswered, LinkExpired, LinkRevoked, LinkUnknown
from frontstage.surveys.models import Invitation, Response

SALT = "frontstage.survey"


def invitation_token(invitation_id: int) -> str:
    return signing.dumps(invitation_id, salt=SALT)


def invitation_link(invitation_id: int) -> str:
    """The path at which the invitation is answered."""
    return f"/surveys/s/{invitation_token(invitation_id)}/"


def invitation_by_token(token: str, *, now: dt.datetime) -> Invitation:
    """The invitation, still to be answered. Raises LinkUnknown, LinkRevoked, LinkExpired, AlreadyAnswered."""
    try:
        invitation_id = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise LinkUnknown from error
    found = (
        Invitation.objects.select_related("study__instrument", "case", "customer")
        .filter(pk=invitation_id)
        .first()
    )
    if found is None:
        raise LinkUnknown
    if Response.objects.filter(invitation=found).exists():
        raise AlreadyAnswered
    if found.revoked_at is not None:
        raise LinkRevoked
    if found.expires_at <= now:
        raise LinkExpired
    return found
