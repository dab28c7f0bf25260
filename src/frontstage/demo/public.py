"""The door to the demonstration: one verb."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from random import Random

from django.db import transaction
from django.utils import timezone

from frontstage.charters.public import apply
from frontstage.demo import last_days, loop
from frontstage.demo.households import Report
from frontstage.demo.people import create_customer_account, create_staff
from frontstage.demo.year import Year
from frontstage.foundation.actors import Actor
from frontstage.satisfaction.public import Scope, compute_now, trees

CUSTOMERS = 2000
CHARTER = Path(__file__).resolve().parent.parent / "charters" / "library" / "gas_supply.yaml"

__all__ = ["CUSTOMERS", "seed"]


def _silent(label: str, done: int, total: int) -> None:
    """Nobody watches."""


def seed(customers: int | None = None, report: Report = _silent, *, now: dt.datetime | None = None) -> None:
    """Make an empty database the demonstration: charter, staff, a year of ``customers``' service, the last two days.

    Deterministic but for ``now`` (the end of the story; the present moment when left out).
    """
    now = now or timezone.now()
    wanted = customers or CUSTOMERS
    actor = Actor(kind="program", label="frontstage demo", origin="demo")
    apply(CHARTER.read_text(encoding="utf-8"), now=now - dt.timedelta(days=366), actor=actor)
    staff = create_staff()
    with transaction.atomic():
        year = Year(customers=wanted, now=now, until=now - dt.timedelta(days=2), staff=staff, report=report)
        year.tell_cases()
        year.finish()
    report("Last days", 0, 2)
    liu = last_days.customer_liu(create_customer_account(), now)
    last_days.play(last_days.LastDays(now=now, staff=staff, chance=Random(7)), liu)  # noqa: S311  # a story
    report("Last days", 1, 2)
    loop.play(staff, year.study, now)
    compute_now(tree=trees().get(study=year.index), scope=Scope(), now=now)
    report("Last days", 2, 2)
