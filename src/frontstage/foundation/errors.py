"""Refusals: the program says no, why, and what to do next. One handler for pages, one for the API."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Base of every refusal. A subclass a reason: stable ``code``, translated ``message``, HTTP ``status``.

    ``field`` names the input at fault, ``retry`` says whether the same call may succeed later.
    The message may hold ``%(name)s`` places, filled from the keywords given.
    """

    code = "refused"
    status = 409
    retry = False
    field: str | None = None
    message: str | Promise = _("This cannot be done now.")

    def __init__(self, *, field: str | None = None, **values: Any) -> None:
        super().__init__(self.code)
        self.values = values
        if field is not None:
            self.field = field

    def __str__(self) -> str:
        return str(self.message) % self.values if self.values else str(self.message)


class NotAllowed(Refusal):
    code = "not_allowed"
    status = 403
    message = _("You are not entitled to do this. Ask somebody whose role includes it.")


class NotFound(Refusal):
    code = "not_found"
    status = 404
    message = _("There is nothing here that you may see. Check the address or go back.")


class BadInput(Refusal):
    code = "bad_input"
    status = 422
    message = _("%(reason)s")


class TooMany(Refusal):
    code = "too_many"
    status = 429
    retry = True
    message = _("Too many attempts. Wait a minute and try again.")
