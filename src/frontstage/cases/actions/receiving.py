"""Take a report as a person makes it: find or open her file and her site, then open the case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from frontstage.cases.actions.opening import open_case
from frontstage.cases.models import Case, CaseKind
from frontstage.customers.public import Customer, customer_by_mobile, register_customer, site_at
from frontstage.foundation.actors import Actor


@transaction.atomic
def receive_report(
    *,
    kind: CaseKind,
    said: Mapping[str, Any],
    channel: str,
    language: str,
    now: dt.datetime,
    actor: Actor,
    customer: Customer | None = None,
) -> Case:
    """Open the case of a cleaned Report form. ``customer``: the signed-in one; else found by telephone and name."""
    found = customer or customer_by_mobile(said["mobile"], said["name"])
    if found is None:
        found = register_customer(
            name=said["name"], mobile=said["mobile"], language=language, now=now, actor=actor
        )
    return open_case(
        kind_code=kind.code,
        customer=found,
        site=site_at(customer=found, address=said["address"], district=said["district"]),
        subject=_headline(said["body"]),
        body=said["body"],
        channel=channel,
        language=language,
        severity=said.get("severity", ""),
        occurred_at=said.get("occurred_at"),
        files=said.get("files") or (),
        submission_key=said.get("key") or None,
        now=now,
        actor=actor,
    )


def _headline(body: str) -> str:
    """The first sentence or line, as the case's subject."""
    line = body.strip().splitlines()[0]
    for stop in ("。", ". ", "!", "?", "!", "?"):
        line = line.split(stop, 1)[0]
    return line.strip()[:80] or body.strip()[:80]
