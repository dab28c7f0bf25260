"""The append-only log of every act, the list of who reacts to it, and the live stream that it feeds."""

from frontstage.foundation.events.log import Subject, history, record

__all__ = ["Subject", "history", "record"]
