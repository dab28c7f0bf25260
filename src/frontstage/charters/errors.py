"""Refusals about charters."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from frontstage.foundation.errors import Refusal
from frontstage.foundation.placed_yaml import Problem


class CharterHasMistakes(Refusal):
    code = "charter_has_mistakes"
    status = 422
    message = _("The charter has mistakes and was not applied. The first: line %(line)s, %(first)s")

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(line=problems[0].line, first=f"{problems[0].message} {problems[0].remedy}")
        self.problems = list(problems)


class VersionTaken(Refusal):
    code = "charter_version_taken"
    message = _(
        "Version %(version)s of “%(code)s” is in force with another text. Raise the version to apply the change."
    )


class VersionIsOlder(Refusal):
    code = "charter_version_older"
    message = _("Version %(newest)s of “%(code)s” is installed already; version %(version)s is older.")
