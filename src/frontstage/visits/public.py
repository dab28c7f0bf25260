"""The door to visits."""

from frontstage.visits.actions import arrive, cancel, dispatch, finish, install_cycles, plan_visit
from frontstage.visits.models import InspectionCycle, InspectionPlan, Visit
from frontstage.visits.panels import case_panel, customer_panel
from frontstage.visits.queries import visible_to, visits_of_case
from frontstage.visits.rules import due_after, months_later

__all__ = [
    "InspectionCycle",
    "InspectionPlan",
    "Visit",
    "arrive",
    "cancel",
    "case_panel",
    "customer_panel",
    "dispatch",
    "due_after",
    "finish",
    "install_cycles",
    "months_later",
    "plan_visit",
    "visible_to",
    "visits_of_case",
]
