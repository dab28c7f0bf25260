"""The door to surveys."""

from frontstage.surveys.models import Answer, Instrument, Invitation, Item, Response, Study

__all__ = ["Answer", "Instrument", "Invitation", "Item", "Response", "Study"]
