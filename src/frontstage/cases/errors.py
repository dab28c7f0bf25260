"""Refusals about cases."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from frontstage.foundation.errors import Refusal


class UnknownCase(Refusal):
    code = "unknown_case"
    status = 404
    message = _("There is no such case among those you may see. Check the number.")


class UnknownKind(Refusal):
    code = "unknown_kind"
    status = 422
    field = "kind"
    message = _("“%(kind)s” is not a kind of case that can be opened now. Choose one of: %(kinds)s.")


class UnknownSeverity(Refusal):
    code = "unknown_severity"
    status = 422
    field = "severity"
    message = _("“%(severity)s” is not a severity of this kind of case. Choose one of: %(severities)s.")


class AlreadyTaken(Refusal):
    code = "already_taken"
    message = _("%(by)s took this case at %(at)s. Ask %(by)s, or have a team lead hand it over.")


class NoSuchStep(Refusal):
    code = "no_such_step"
    message = _(
        "This step does not lead on from “%(state)s”. Somebody may have moved the case: load the page again."
    )


class StepNotYours(Refusal):
    code = "step_not_yours"
    status = 403
    message = _("“%(step)s” is a step for: %(roles)s.")


class StepNeeds(Refusal):
    code = "step_needs"
    status = 422
    message = _("“%(step)s” needs %(what)s first.")


class CaseClosed(Refusal):
    code = "case_closed"
    message = _("This case is closed. Open a new one if the matter goes on.")


class EmptyMessage(Refusal):
    code = "empty_message"
    status = 422
    field = "body"
    message = _("Write something first.")


class FileTooLarge(Refusal):
    code = "file_too_large"
    status = 422
    field = "files"
    message = _("“%(name)s” is larger than %(limit)s MB. Send a smaller one.")


class TooManyFiles(Refusal):
    code = "too_many_files"
    status = 422
    field = "files"
    message = _("At most %(limit)s files at once.")


class FileNotAccepted(Refusal):
    code = "file_not_accepted"
    status = 422
    field = "files"
    message = _(
        "“%(name)s” is not a picture (JPEG, PNG, WebP, HEIC), a PDF or a plain text. Send it in one of these forms."
    )


class LinkNoLongerGood(Refusal):
    code = "link_no_longer_good"
    status = 404
    message = _("This link is no longer good. Sign in, or ask us for a new one.")


class HandOverNeeds(Refusal):
    code = "hand_over_needs"
    status = 422
    message = _("Choose a team, and say why the case is handed over.")
