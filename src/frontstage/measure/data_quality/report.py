"""What the rules found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from frontstage.measure.errors import MeasureError

Action = Literal["leave_out", "warn", "refuse"]


@dataclass(frozen=True)
class Finding:
    """One rule's result. ``rows`` and ``items`` are positions from 0; ``share`` is of all rows (or items)."""

    rule: str
    action: Action
    rows: NDArray[np.intp]
    items: tuple[str, ...]
    share: float
    message: str

    @property
    def found(self) -> bool:
        """Whether the rule doubts anything."""
        return bool(len(self.rows) or self.items)

    def as_dict(self) -> dict[str, Any]:
        """Plain values; rows counted from 1, as a reader of a table counts."""
        return {
            "rule": self.rule,
            "action": self.action,
            "count": len(self.rows) or len(self.items),
            "rows": (self.rows + 1).tolist(),
            "items": list(self.items),
            "share": self.share,
            "message": self.message,
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
                    "Correct the data, or switch the rule to leave the rows out.",
                    rows=(finding.rows + 1).tolist()[:100],
                    items=list(finding.items),
                )
