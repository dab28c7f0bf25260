"""What every template may count on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from frontstage.foundation.organisation import organisation_name
from frontstage.web.navigation import entries


def live_audiences(request: HttpRequest) -> list[str]:
    """Whose events this person's staff pages hear: everybody's on the staff side, and her own."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not user.may("use_desk"):
        return []
    return ["staff", f"user:{user.pk}"]


def _live_token(request: HttpRequest) -> str:
    audiences = live_audiences(request)
    if not audiences:
        return ""
    from frontstage.foundation.live import live_token  # the log's models must be loaded first

    return live_token(audiences, request.user.pk)


def _live_url(request: HttpRequest) -> str:
    from frontstage.foundation.live import live_address  # the log's models must be loaded first

    return live_address(request.get_host())


def shell(request: HttpRequest) -> dict[str, Any]:
    """Lazy throughout: a page that does not show a thing does not pay for it."""
    return {
        "organisation": SimpleLazyObject(organisation_name),
        "navigation": SimpleLazyObject(lambda: entries(request)),
        "live_token": SimpleLazyObject(lambda: _live_token(request)),
        "live_url": SimpleLazyObject(lambda: _live_url(request)),
    }
