"""Verbs that change cases, a file a verb: each one transaction, its events and tasks inside it."""

from frontstage.cases.actions.acknowledging import acknowledge_case
from frontstage.cases.actions.assigning import assign_case, take_case
from frontstage.cases.actions.installing import install_kinds
from frontstage.cases.actions.moving import note_visit, transition
from frontstage.cases.actions.opening import open_case
from frontstage.cases.actions.reacting import on_commitment_breached
from frontstage.cases.actions.receiving import receive_report
from frontstage.cases.actions.talking import add_note, customer_writes, reply, revoke_links

__all__ = [
    "acknowledge_case",
    "add_note",
    "assign_case",
    "customer_writes",
    "install_kinds",
    "note_visit",
    "on_commitment_breached",
    "open_case",
    "receive_report",
    "reply",
    "revoke_links",
    "take_case",
    "transition",
]
