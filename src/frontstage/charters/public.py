"""The door to charters."""

from frontstage.charters.models import CharterEdition
from frontstage.charters.queries import in_force

__all__ = ["CharterEdition", "in_force"]
