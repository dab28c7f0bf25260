"""What the science refuses, and why."""

from __future__ import annotations


class MeasureError(ValueError):
    """A refusal with a stable ``code`` and a sentence that says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
