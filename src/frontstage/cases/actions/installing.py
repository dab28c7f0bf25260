"""Install the kinds of a charter's edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from frontstage.cases.models import CaseKind
from frontstage.cases.rules import with_order


@transaction.atomic
def install_kinds(*, edition: str, kinds: Sequence[Mapping[str, Any]]) -> None:
    """Make these the kinds under which new cases begin. Open cases keep the rows that they began under."""
    charter = edition.partition("@")[0]
    CaseKind.objects.filter(edition__startswith=f"{charter}@").exclude(edition=edition).update(current=False)
    for position, kind in enumerate(kinds):
        CaseKind.objects.update_or_create(
            edition=edition,
            code=kind["code"],
            defaults={
                "name": kind["name"],
                "summary": kind.get("summary", {}),
                "icon": kind.get("icon", "ticket"),
                "on_portal": kind.get("on_portal", False),
                "default_priority": kind.get("default_priority", "normal"),
                "team_code": kind.get("team_code", ""),
                "lifecycle": with_order(kind["lifecycle"]),
                "severities": kind.get("severities", []),
                "current": True,
                "position": kind.get("position", position),
            },
        )
