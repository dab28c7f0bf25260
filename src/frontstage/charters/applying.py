"""Put a charter in force: one transaction, the same file twice changes nothing, open cases keep their edition."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.utils.dateparse import parse_duration

from frontstage.cases.public import install_kinds
from frontstage.charters.checking import check
from frontstage.charters.errors import CharterHasMistakes, VersionIsOlder, VersionTaken
from frontstage.charters.models import CharterEdition
from frontstage.commitments.public import install
from frontstage.customers.public import install_care_reasons, install_districts
from frontstage.foundation.actors import Actor
from frontstage.foundation.events import Subject, record
from frontstage.foundation.placed_yaml import read
from frontstage.people.public import install_teams
from frontstage.satisfaction.public import install_index
from frontstage.surveys.public import install_instrument, open_study
from frontstage.visits.public import install_cycles

SETTINGS = ("service_number", "interruption_notice_hours", "care_reasons")
ONE_AT_A_TIME = 7_201_944  # any constant: the advisory lock under which charters are applied


@transaction.atomic
def apply(text: str, *, now: dt.datetime, actor: Actor) -> CharterEdition:
    """Install the charter in the text, or find it installed. Raises CharterHasMistakes, VersionTaken, VersionIsOlder."""
    problems = check(text)
    if problems:
        raise CharterHasMistakes(problems)
    data = read(text).data
    digest = hashlib.sha256(text.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    existing = _installed(data, digest)
    if existing:
        return existing
    edition = f"{data['charter']}@{data['version']}"
    _install(edition, data, now)
    kept = CharterEdition.objects.create(
        code=data["charter"],
        version=data["version"],
        effective_from=dt.date.fromisoformat(data["effective_from"]),
        effective_to=dt.date.fromisoformat(data["effective_to"]) if data.get("effective_to") else None,
        organisation=data["organisation"],
        settings={key: data[key] for key in SETTINGS if key in data},
        digest=digest,
        source=text,
        applied_at=now,
    )
    record(
        "charter.applied",
        now=now,
        actor=actor,
        subject=Subject("charter", kept.pk),
        data={"edition": edition},
    )
    return kept


def _installed(data: Mapping[str, Any], digest: str) -> CharterEdition | None:
    """The edition, when this very text is installed. Refuses another text under its number, and an older number."""
    editions = CharterEdition.objects.filter(code=data["charter"]).order_by("-version")
    same = editions.filter(version=data["version"]).first()
    if same is not None:
        if same.digest != digest:
            raise VersionTaken(version=same.version, code=same.code)
        return same
    newest = editions.first()
    if newest is not None and newest.version > data["version"]:
        raise VersionIsOlder(newest=newest.version, code=newest.code, version=data["version"])
    return None


def _install(edition: str, data: Mapping[str, Any], now: dt.datetime) -> None:
    install_districts(districts=data.get("districts", []))
    install_teams(teams=data.get("teams", []))
    install_care_reasons(reasons=data.get("care_reasons", []))
    install(
        edition=edition,
        calendars=data["calendars"],
        commitments=[
            {**promise, "within": parse_duration(promise["within"]) if "within" in promise else None}
            for promise in data.get("commitments", [])
        ],
    )
    kinds = [{**kind, "lifecycle": data["lifecycles"][kind["lifecycle"]]} for kind in data["kinds"]]
    install_kinds(edition=edition, kinds=kinds)
    install_cycles(edition=edition, cycles=data.get("inspection_cycles", []))
    if survey := data.get("survey"):
        install_instrument(edition=edition, instrument=survey["instrument"], now=now)
        open_study(study={**survey["study"], "instrument": survey["instrument"]["code"]}, now=now)
        if index := survey.get("index"):
            install_index(edition=edition, index=index, now=now)
