"""Refusals about initiatives."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from frontstage.foundation.errors import Refusal


class UnknownInitiative(Refusal):
    code = "unknown_initiative"
    status = 404
    message = _("There is no such initiative.")


class NoFinding(Refusal):
    code = "no_finding"
    status = 422
    message = _("There are no answers to found an initiative on. Widen the period, or wait for answers.")


class StageNeeds(Refusal):
    code = "stage_needs"
    status = 422
    message = _("Before it moves on, the initiative needs: %(what)s.")


class NotFromHere(Refusal):
    code = "not_from_here"
    message = _("The initiative is in “%(stage)s” now: this does not follow. Load the page again.")


class TooFewAnswers(Refusal):
    code = "too_few_answers"
    status = 422
    message = _(
        "A re-measurement needs at least %(needed)s answers before and after; there are %(before)s before and "
        "%(after)s after. Wait for %(missing)s more."
    )


class NotRemeasured(Refusal):
    code = "not_remeasured"
    message = _("An initiative is closed by measuring again, not by decision. Measure first.")


class ConclusionMissing(Refusal):
    code = "conclusion_missing"
    status = 422
    field = "conclusion"
    message = _("Write in a sentence what was learned and what is kept.")
