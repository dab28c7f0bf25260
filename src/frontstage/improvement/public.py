"""The door to improvement."""

from frontstage.improvement.actions import (
    abandon,
    add_action,
    close,
    finish_action,
    move_on,
    open_initiative,
    plan_causes,
    remeasure,
)
from frontstage.improvement.models import Initiative, InitiativeAction
from frontstage.improvement.queries import by_stage, visible_to
from frontstage.improvement.rules import verdict

__all__ = [
    "Initiative",
    "InitiativeAction",
    "abandon",
    "add_action",
    "by_stage",
    "close",
    "finish_action",
    "move_on",
    "open_initiative",
    "plan_causes",
    "remeasure",
    "verdict",
    "visible_to",
]
