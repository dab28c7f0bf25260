"""Refusals about asking and answering."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from frontstage.foundation.errors import Refusal


class LinkUnknown(Refusal):
    code = "survey_link_unknown"
    status = 404
    message = _(
        "This link is not one of ours, or it was cut off. Open it again from the message that brought it."
    )


class LinkExpired(Refusal):
    code = "survey_link_expired"
    status = 410
    message = _("The time for answering is over. Thank you all the same.")


class LinkRevoked(Refusal):
    code = "survey_link_revoked"
    status = 410
    message = _("This request has been withdrawn. You need not answer any more.")


class AlreadyAnswered(Refusal):
    code = "survey_already_answered"
    message = _("This questionnaire has been answered already. Thank you: each is counted once.")


class AnswersRefused(Refusal):
    """``errors``: question name -> what is wrong with it."""

    code = "survey_answers_refused"
    status = 422
    message = _("Some answers need another look: %(questions)s.")

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(questions=", ".join(errors.values()))
        self.errors = dict(errors)


class InstrumentIsFrozen(Refusal):
    code = "instrument_is_frozen"
    message = _("Version %(version)s of “%(code)s” has been answered and cannot change. Raise its version.")
