"""What each role may do. Every page and API call names one capability; docs/reference/roles.md shows the table."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    CUSTOMER = "customer", _("Customer")
    AGENT = "agent", _("Agent")
    TEAM_LEAD = "team_lead", _("Team lead")
    FIELD_WORKER = "field_worker", _("Field worker")
    QUALITY_MANAGER = "quality_manager", _("Quality manager")
    HEAD_OF_SERVICE = "head_of_service", _("Head of service")
    ADMINISTRATOR = "administrator", _("Administrator")


_A, _L, _F = Role.AGENT, Role.TEAM_LEAD, Role.FIELD_WORKER
_Q, _H, _X = Role.QUALITY_MANAGER, Role.HEAD_OF_SERVICE, Role.ADMINISTRATOR

MAY: dict[str, frozenset[Role]] = {
    "use_desk": frozenset({_A, _L, _F, _Q, _H, _X}),  # any staff page at all
    "see_cases": frozenset({_A, _L, _Q, _H, _X}),
    "work_cases": frozenset({_A, _L, _X}),
    "see_all_cases": frozenset({_Q, _H, _X}),  # others: their teams' cases and those of no team
    "waive_clocks": frozenset({_L, _H, _X}),
    "assign_others": frozenset({_L, _X}),
    "see_customers": frozenset({_A, _L, _Q, _H, _X}),
    "work_visits": frozenset({_F}),
    "plan_visits": frozenset({_A, _L, _X}),
    "see_quality": frozenset({_Q, _H, _X}),
    "run_initiatives": frozenset({_Q, _H, _X}),
    "see_overview": frozenset({_L, _Q, _H, _X}),
    "see_charter": frozenset({_A, _L, _Q, _H, _X}),
    "use_api": frozenset({_A, _L, _Q, _H, _X}),
}


def may(roles: Iterable[str], capability: str) -> bool:
    """Whether any of the roles carries the capability. An unknown capability is a programming error."""
    return bool(MAY[capability].intersection(roles))
