"""Background work on cases, deferred in the transaction of the act that asks for it."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from frontstage.foundation.actors import SYSTEM


@app.task(queue="cases", retry=RetryStrategy(max_attempts=8, exponential_wait=3), pass_context=False)
def acknowledge(case_id: int) -> None:
    """Write the acknowledgement on a new case."""
    from frontstage.cases.actions.acknowledging import acknowledge_case

    acknowledge_case(case_id=case_id, now=timezone.now(), actor=SYSTEM)


@app.task(queue="cases", retry=RetryStrategy(max_attempts=8, exponential_wait=3), pass_context=False)
def escalate(case_id: int, code: str, escalations: list[dict[str, str]], at: str) -> None:
    """Do what the charter says when a promise on a case is broken."""
    from frontstage.cases.actions.reacting import escalate_case

    escalate_case(
        case_id=case_id,
        code=code,
        escalations=escalations,
        now=dt.datetime.fromisoformat(at),
        actor=SYSTEM,
    )
