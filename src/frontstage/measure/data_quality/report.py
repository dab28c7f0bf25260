"""What the rules found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from frontstage.measure.errors import MeasureError

Action = Literal["leave_out", "warn", "refuse"]


@dataclass(frozen=True)
class Finding:
    """One rule's result.

    ``rows`` are positions from 0, ``items`` names; ``share`` is of all rows (or items, or answers needed).
    ``values`` are the numbers and names that a translated message needs; ``missing`` answers that are still
    to be collected.
    """

    rule: str
    action: Action
    rows: NDArray[np.intp]
    items: tuple[str, ...]
    share: float
    message: str
    values: dict[str, float | str] = field(default_factory=dict)
    missing: int = 0

    @property
    def found(self) -> bool:
        """Whether the rule doubts anything."""
        return bool(len(self.rows) or self.items or self.missing)

    def as_dict(self) -> dict[str, Any]:
        """Plain values; rows counted from 1, as a reader of a table counts."""
        return {
            "rule": self.rule,
            "action": self.action,
            "count": len(self.rows) or len(self.items) or self.missing,
            "rows": (self.rows + 1).tolist(),
            "items": list(self.items),
            "share": self.share,
            "message": self.message,
            "values": dict(self.values),
        }


@dataclass(frozen=True)
class QualityReport:
    """The findings of every rule that was on, of ``respondents`` rows; ``kept`` is True for rows to use."""

    respondents: int
    findings: tuple[Finding, ...]
    kept: NDArray[np.bool_]

    def __getitem__(self, rule: str) -> Finding:
        return next(finding for finding in self.findings if finding.rule == rule)

    @property
    def left_out(self) -> int:
        """Rows that some rule with the action "leave_out" doubts."""
        return int((~self.kept).sum())

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "respondents": self.respondents,
            "kept": int(self.kept.sum()),
            "findings": [finding.as_dict() for finding in self.findings],
        }

    def require(self) -> None:
        """Raise MeasureError for the first finding whose action is "refuse"."""
        for finding in self.findings:
            if finding.action == "refuse" and finding.found:
                raise MeasureError(
                    finding.rule,
                    finding.message,
                    f"Collect {finding.missing} more, or state that only larger paths matter."
                    if finding.missing
                    else "Correct the data, or switch the rule to leave the rows out.",
                    rows=(finding.rows + 1).tolist()[:100],
                    items=list(finding.items),
                    **finding.values,
                )
