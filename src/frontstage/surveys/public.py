"""The door to surveys."""

from frontstage.surveys.actions import install_instrument, invite, on_case_transitioned, open_study, submit
from frontstage.surveys.links import invitation_link
from frontstage.surveys.models import Answer, Instrument, Invitation, Item, Response, Study
from frontstage.surveys.panels import case_panel
from frontstage.surveys.queries import (
    OpenInvitation,
    Wanted,
    answers_of,
    open_invitation_for,
    paired_studies,
    responses_of,
    studies,
)

__all__ = [
    "Answer",
    "Instrument",
    "Invitation",
    "Item",
    "OpenInvitation",
    "Response",
    "Study",
    "Wanted",
    "answers_of",
    "case_panel",
    "install_instrument",
    "invitation_link",
    "invite",
    "on_case_transitioned",
    "open_invitation_for",
    "open_study",
    "paired_studies",
    "responses_of",
    "studies",
    "submit",
]
