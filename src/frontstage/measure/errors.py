"""What the science refuses, why, and what to do next."""

from __future__ import annotations

from typing import Any


class MeasureError(ValueError):
    """A refusal: stable ``code``, a ``message`` that says what is wrong and where, a ``remedy``.

    ``details`` holds the numbers and names that a translated message needs.
    """

    def __init__(self, code: str, message: str, remedy: str = "", **details: Any) -> None:
        super().__init__(f"{message} {remedy}".strip())
        self.code = code
        self.message = message
        self.remedy = remedy
        self.details = details

    def __reduce__(self) -> tuple[Any, ...]:
        """Survive the trip between processes: a worker's refusal is shown by its parent."""
        return _rebuild, (self.code, self.message, self.remedy, self.details)


def _rebuild(code: str, message: str, remedy: str, details: dict[str, Any]) -> MeasureError:
    return MeasureError(code, message, remedy, **details)
