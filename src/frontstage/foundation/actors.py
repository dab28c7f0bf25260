"""Who does something, and from where: the first half of every event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["staff", "customer", "system", "program"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or program that acts.

    ``label`` is the name as it was at the time; ``origin`` says from where: desk, portal, api, worker, charter, demo.
    """

    kind: Kind
    label: str
    id: int | None = None
    origin: str = "system"
    address: str | None = None


SYSTEM = Actor(kind="system", label="Frontstage", origin="worker")
