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
    ("satisfaction:index", _("Satisfaction"), "chart-bar", "see_quality"),
    ("improvement:board", _("Initiatives"), "rotate-clockwise", "see_quality"),
    ("charters:list", _("Charter"), "file-certificate", "see_charter"),
)

ORGANISATION = "frontstage.charters.public.organisation_name"
LANGUAGE_CHOSEN = "frontstage.people.public.choose_language"

# What stands in a history for each event; places are filled from the event's data.
EVENT_WORDS = {
    "case.opened": _("Case opened"),
    "case.acknowledged": _("Receipt acknowledged to the customer"),
    "case.taken": _("Taken by %(by)s"),
    "case.assigned": _("Handed over: %(reason)s"),
    "case.replied": _("Reply sent to the customer"),
    "case.noted": _("Internal note written"),
    "case.customer_wrote": _("Message from the customer"),
    "case.transitioned": _("Moved from “%(before)s” to “%(after)s”"),
    "case.visited:visit.planned": _("Visit planned"),
    "case.visited:visit.dispatched": _("Field worker sent out"),
    "case.visited:visit.arrived": _("Field worker arrived"),
    "case.visited:visit.handled": _("Fault handled at the site"),
    "case.visited:visit.finished:done": _("Visit ended: done"),
    "case.visited:visit.finished:nobody_home": _("Visit ended: nobody home"),
    "case.visited:visit.finished:refused": _("Visit ended: refused"),
    "case.visited:visit.finished:cancelled": _("Visit cancelled"),
    "case.links_revoked": _("Links given out were revoked"),
    "case.escalated": _("Escalated, priority now %(priority)s"),
    "commitment.started": _("Promise started: %(promise)s"),
    "commitment.paused": _("Promise paused: %(promise)s"),
    "commitment.resumed": _("Promise resumed: %(promise)s"),
    "commitment.met": _("Promise kept: %(promise)s"),
    "commitment.breached": _("Promise broken: %(promise)s"),
    "commitment.stopped_late": _("Done late: %(promise)s"),
    "commitment.waived": _("Promise waived: %(promise)s"),
    "commitment.replaced": _("Appointment replaces the promise: %(promise)s"),
    "customer.registered": _("Customer file opened: %(number)s"),
    "customer.care_changed": _("Special-care registry changed"),
    "survey.invited": _("Asked about the service"),
    "survey.answered": _("The customer answered the questions"),
    "visit.planned": _("Visit planned"),
    "visit.dispatched": _("Field worker sent out"),
    "visit.arrived": _("Field worker arrived"),
    "visit.handled": _("Fault handled at the site"),
    "visit.finished": _("Visit ended: %(outcome)s"),
    "initiative.opened": _("Initiative opened"),
    "initiative.moved": _("Initiative moved on"),
    "initiative.causes_written": _("Causes written down"),
    "initiative.action_added": _("Action added: %(action)s"),
    "initiative.action_done": _("Action done: %(action)s"),
    "initiative.remeasured": _("Measured again: difference %(difference)s"),
    "initiative.closed": _("Initiative closed"),
    "initiative.abandoned": _("Initiative abandoned"),
}
