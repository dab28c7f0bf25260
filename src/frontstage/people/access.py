"""Who may open a page, and who acts on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase

from frontstage.foundation.actors import Actor
from frontstage.foundation.errors import NotAllowed
from frontstage.people.models import User

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def requires(capability: str) -> Callable[[Page[P]], Page[P]]:
    """A page for those whose roles carry the capability: strangers are asked to sign in, others are refused."""

    def gate(page: Page[P]) -> Page[P]:
        @wraps(page)
        @login_required
        def checked(request: HttpRequest, *args: Any, **values: Any) -> HttpResponseBase:
            if not signed_in(request).may(capability):
                raise NotAllowed
            return page(request, *args, **values)

        checked.capability = capability  # type: ignore[attr-defined]  # read by the table of roles and addresses
        return cast("Page[P]", checked)

    return gate


def signed_in(request: HttpRequest) -> User:
    """The signed-in person of a page that only signed-in people reach."""
    return cast(User, request.user)


def address_of(request: HttpRequest) -> str | None:
    """The address that the request came from, as the web server saw it."""
    return request.META.get("REMOTE_ADDR") or None


def acting(request: HttpRequest, *, origin: str = "desk") -> Actor:
    """The signed-in person as the actor of events."""
    return signed_in(request).actor(origin=origin, address=address_of(request))
