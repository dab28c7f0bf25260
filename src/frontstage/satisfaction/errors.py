"""Refusals about the index."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from frontstage.foundation.errors import Refusal


class UnknownRun(Refusal):
    code = "index_run_unknown"
    status = 404
    message = _("This computation is no longer kept. Open the index again.")


class NotComputed(Refusal):
    code = "index_not_computed"
    status = 409
    message = _("There are no figures to write down: this computation was refused or is not ready.")
