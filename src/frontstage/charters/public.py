"""The door to charters."""

from frontstage.charters.models import CharterEdition

__all__ = ["CharterEdition"]
