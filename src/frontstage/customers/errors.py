"""Refusals about customer files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from frontstage.foundation.errors import Refusal


class BadTelephone(Refusal):
    code = "bad_telephone"
    status = 422
    field = "telephone"
    message = _(
        "“%(value)s” is not a telephone number that can be called. Write it as 138 0000 0000 or +33 6 12 34 56 78."
    )


class UnknownCustomer(Refusal):
    code = "unknown_customer"
    status = 404
    message = _("There is no such customer among those you may see.")
