"""The append-only log of every act, the list of who reacts to it, and the live stream that it feeds."""

from frontstage.foundation.events.log import NewEvent, Subject, history, record, record_all
from frontstage.foundation.events.queries import customer_history

__all__ = ["NewEvent", "Subject", "customer_history", "history", "record", "record_all"]
