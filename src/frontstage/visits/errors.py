"""Refusals about visits."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from frontstage.foundation.errors import Refusal


class UnknownVisit(Refusal):
    code = "unknown_visit"
    status = 404
    message = _("There is no such visit among yours.")


class WorkerIsBusy(Refusal):
    code = "worker_is_busy"
    field = "worker"
    message = _("%(worker)s has another visit at that time. Choose another person or another time.")


class NeedsASite(Refusal):
    code = "needs_a_site"
    status = 422
    field = "site"
    message = _("This case names no address. Enter one before somebody is sent.")


class PeriodIsOver(Refusal):
    code = "period_is_over"
    status = 422
    field = "planned_from"
    message = _("That time is past. Choose a later one.")


class PeriodIsBackwards(Refusal):
    code = "period_is_backwards"
    status = 422
    field = "planned_to"
    message = _("The visit must end after it begins, and on the same day or the next.")


class WrongMoment(Refusal):
    code = "wrong_moment"
    message = _("The visit is now “%(state)s”: this step does not follow. Load the page again.")


class NotAnInspectionOutcome(Refusal):
    code = "checklist_incomplete"
    status = 422
    field = "checklist"
    message = _(
        "Tick every point of the checklist, as in order or as a defect, before the inspection counts as done."
    )
