"""Refusals about accounts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from frontstage.foundation.errors import Refusal


class UnknownPerson(Refusal):
    code = "unknown_person"
    status = 404
    message = _("There is no such person among those you may choose. Choose one from the list.")
