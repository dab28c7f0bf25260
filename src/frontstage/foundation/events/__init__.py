"""The append-only log of every act, the list of who reacts to it, and the live stream that it feeds."""

from frontstage.foundation.events.log import Subject, history, record
from frontstage.foundation.events.queries import customer_history

__all__ = ["Subject", "customer_history", "history", "record"]
