"""Refusals about promises."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from frontstage.foundation.errors import Refusal


class UnknownClock(Refusal):
    code = "unknown_clock"
    status = 404
    message = _("There is no such promise here.")


class WaiverNeedsReason(Refusal):
    code = "waiver_needs_reason"
    status = 422
    field = "reason"
    message = _("Say why the promise is waived; the reason stays on record.")


class ClockHasStopped(Refusal):
    code = "clock_has_stopped"
    message = _("This promise runs no longer: nothing is left to waive.")


class AppointmentIsPast(Refusal):
    code = "appointment_is_past"
    status = 422
    message = _("An appointment in the past cannot replace a promise.")
