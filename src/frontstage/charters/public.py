"""The door to charters."""

from frontstage.charters.applying import apply
from frontstage.charters.checking import check
from frontstage.charters.errors import CharterHasMistakes
from frontstage.charters.models import CharterEdition
from frontstage.charters.queries import in_force, organisation_name
from frontstage.foundation.placed_yaml import Problem, read

__all__ = [
    "CharterEdition",
    "CharterHasMistakes",
    "Problem",
    "apply",
    "check",
    "in_force",
    "organisation_name",
    "read",
]
