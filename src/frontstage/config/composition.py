"""The lists that join module to module where an import would run upward. Paths, not imports; read once.

SUBSCRIBERS: event name -> functions called in the same transaction with (event, actor).
PANELS: place on a page -> functions (request, thing) -> rendered HTML, in order.
NAVIGATION: the staff menu: (url name, translated label, icon, capability).
ORGANISATION: () -> the organisation's name in the reader's language.
LANGUAGE_CHOSEN: (user=, language=) remembers the language that a signed-in person chose.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SUBSCRIBERS: dict[str, tuple[str, ...]] = {
    "commitment.breached": ("frontstage.cases.public.on_commitment_breached",),
    "case.transitioned": ("frontstage.surveys.public.on_case_transitioned",),
}

PANELS: dict[str, tuple[str, ...]] = {
    "case": ("frontstage.visits.public.case_panel", "frontstage.surveys.public.case_panel"),
    "customer": ("frontstage.cases.public.customer_panel", "frontstage.visits.public.customer_panel"),
}

NAVIGATION = (
    ("reporting:overview", _("Overview"), "layout-dashboard", "see_overview"),
    ("cases:desk", _("Desk"), "inbox", "work_cases"),
    ("visits:my_day", _("My visits"), "route", "work_visits"),
    ("visits:inspections", _("Inspections"), "clipboard-check", "plan_visits"),
    ("customers:list", _("Customers"), "users", "see_customers"),
    ("quality:gaps", _("Service quality"), "chart-dots", "see_quality"),
    ("improvement:board", _("Initiatives"), "rotate-clockwise", "see_quality"),
    ("charters:list", _("Charter"), "file-certificate", "see_charter"),
)

ORGANISATION = "frontstage.charters.public.organisation_name"
LANGUAGE_CHOSEN = "frontstage.people.public.choose_language"
