"""Every choice of one `frontstage servqual` that affects its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from frontstage.measure.data_quality.report import Action


@dataclass(frozen=True)
class GapChoices:
    """``data`` a file, folder or glob; ``instrument`` a shipped name or a file.

    ``perception_only`` measures what was perceived alone (SERVPERF) and reads no expectations. ``rules``: data
    quality rule → action, or "off"; what is not named keeps its default. ``group``, ``weights``, ``seconds``
    and ``identifier`` name columns. ``command`` is what the reader repeats to get the same numbers.
    """

    data: str
    instrument: str
    group: str | None = None
    weights: str | None = None
    confidence: float = 0.95
    encoding: str | None = None
    perception_only: bool = False
    rules: Mapping[str, Action | Literal["off"]] = field(default_factory=dict)
    command: str = ""
    identifier: str | None = None
    seconds: str | None = None
