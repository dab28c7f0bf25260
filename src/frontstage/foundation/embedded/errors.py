"""Why the embedded server cannot be used, and what to do about it."""

from __future__ import annotations


class EmbeddedServerError(Exception):
    """``reason`` says what is wrong, ``remedy`` what the person who started the program can do."""

    def __init__(self, reason: str, *, remedy: str) -> None:
        super().__init__(f"{reason}\n{remedy}")
        self.reason = reason
        self.remedy = remedy
