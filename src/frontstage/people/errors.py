"""Refusals about accounts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from frontstage.foundation.errors import Refusal


class UnknownPerson(Refusal):
    code = "unknown_person"
    status = 404
    message = _("There is no such person among those you may choose. Choose one from the list.")


class NameTaken(Refusal):
    code = "name_taken"
    field = "username"
    message = _("Somebody signs in as “%(username)s” already. Choose another name.")


class UnknownTeam(Refusal):
    code = "unknown_team"
    status = 422
    field = "team"
    message = _("There is no team “%(team)s”. The charter's teams are: %(teams)s.")


class WeakPassword(Refusal):
    code = "weak_password"
    status = 422
    field = "password"
    message = _("%(reasons)s")
