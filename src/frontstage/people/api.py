"""How programs sign in: a bearer token whose digest we keep."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from frontstage.people.models import AccessToken, User


class TokenAuth(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """The token's user while neither is revoked and the user's roles include use_api; None otherwise."""
        digest = hashlib.sha256(token.encode()).hexdigest()
        found = (
            AccessToken.objects.select_related("user")
            .filter(digest=digest, revoked_at__isnull=True, user__is_active=True)
            .first()
        )
        if found is None or not found.user.may("use_api"):
            return None
        # Written at most once a minute: a busy program must not turn reading into writing.
        now = timezone.now()
        if found.last_used_at is None or (now - found.last_used_at).total_seconds() > 60:
            AccessToken.objects.filter(pk=found.pk).update(last_used_at=now)
        request.user = found.user
        return found.user
