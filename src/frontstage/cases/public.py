"""The door to cases."""

from frontstage.cases.actions import (
    acknowledge_case,
    add_note,
    assign_case,
    customer_writes,
    install_kinds,
    note_visit,
    on_commitment_breached,
    open_case,
    receive_report,
    reply,
    take_case,
    transition,
)
from frontstage.cases.errors import LinkNoLongerGood, UnknownCase
from frontstage.cases.forms import Report, Say
from frontstage.cases.links import case_by_token, case_link, case_token
from frontstage.cases.models import Attachment, Case, CaseKind, Message, Submission
from frontstage.cases.panels import customer_panel
from frontstage.cases.queries import (
    attachment_of,
    case_numbered,
    cases_of_customer,
    current_kinds,
    may_see,
    visible_to,
)
from frontstage.cases.rules import LARGEST_FILE, MOST_FILES, Lifecycle
from frontstage.cases.serving import file_response

__all__ = [
    "LARGEST_FILE",
    "MOST_FILES",
    "Attachment",
    "Case",
    "CaseKind",
    "Lifecycle",
    "LinkNoLongerGood",
    "Message",
    "Report",
    "Say",
    "Submission",
    "UnknownCase",
    "acknowledge_case",
    "add_note",
    "assign_case",
    "attachment_of",
    "case_by_token",
    "case_link",
    "case_numbered",
    "case_token",
    "cases_of_customer",
    "current_kinds",
    "customer_panel",
    "customer_writes",
    "file_response",
    "install_kinds",
    "may_see",
    "note_visit",
    "on_commitment_breached",
    "open_case",
    "receive_report",
    "reply",
    "take_case",
    "transition",
    "visible_to",
]
