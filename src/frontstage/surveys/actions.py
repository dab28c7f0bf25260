"""Verbs on instruments, studies, invitations and answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from frontstage.cases.public import Case
from frontstage.foundation.actors import SYSTEM, Actor
from frontstage.foundation.events import Subject, record
from frontstage.foundation.models import Event
from frontstage.surveys.errors import AlreadyAnswered, AnswersRefused, InstrumentIsFrozen
from frontstage.surveys.models import Answer, Instrument, Invitation, Item, Response, Study
from frontstage.surveys.rules import Asked, read_answers

FIELDS = ("name", "introduction", "dimensions", "minimum", "maximum", "expectation_ends", "perception_ends")


@transaction.atomic
def install_instrument(*, edition: str, instrument: Mapping[str, Any], now: dt.datetime) -> Instrument:
    """Install a version of a questionnaire. One that has been answered is frozen: the same again, or a new version.

    Raises InstrumentIsFrozen.
    """
    code, version = instrument["code"], instrument.get("version", 1)
    existing = Instrument.objects.filter(code=code, version=version).first()
    if existing and Answer.objects.filter(item__instrument=existing).exists():
        if _shape(existing.items.all()) != [(i["code"], i["kind"]) for i in instrument["items"]]:
            raise InstrumentIsFrozen(code=code, version=version)
        return existing
    values = {field: instrument[field] for field in FIELDS if field in instrument}
    kept, _ = Instrument.objects.update_or_create(
        code=code, version=version, defaults={**values, "edition": edition, "published_at": now}
    )
    kept.items.all().delete()
    Item.objects.bulk_create(_items(kept, instrument["items"]))
    return kept


def _shape(items: Iterable[Item]) -> list[tuple[str, str]]:
    return [(item.code, item.kind) for item in items]


def _items(instrument: Instrument, items: Sequence[Mapping[str, Any]]) -> list[Item]:
    return [
        Item(
            instrument=instrument,
            code=item["code"],
            kind=item["kind"],
            dimension=item.get("dimension", ""),
            text=item["text"],
            expectation_text=item.get("expectation_text", {}),
            required=item.get("required", True),
            position=position,
        )
        for position, item in enumerate(items)
    ]


@transaction.atomic
def open_study(*, study: Mapping[str, Any], now: dt.datetime) -> Study:
    """Open a standing study, or point it at the latest version of its instrument."""
    instrument = Instrument.objects.filter(code=study["instrument"]).order_by("-version").first()
    values = {
        "name": study["name"],
        "instrument": instrument,
        "asks_after_kinds": list(study.get("asks_after_kinds", [])),
        "rest_days": study.get("rest_days", 0),
        "valid_days": study.get("valid_days", 30),
    }
    kept, _ = Study.objects.update_or_create(
        code=study["code"], defaults=values, create_defaults={**values, "opened_at": now}
    )
    return kept


def on_case_transitioned(event: Event, actor: Actor) -> None:
    """Subscriber of case.transitioned: a case is closed, so its customer is asked."""
    if event.data.get("closed"):
        case = Case.objects.select_related("customer").get(pk=event.subject_id)
        for study in Study.objects.filter(closed_at=None, asks_after_kinds__contains=[case.kind_code]):
            invite(study=study, case=case, now=event.at)


@transaction.atomic
def invite(*, study: Study, case: Case, now: dt.datetime) -> Invitation | None:
    """Ask the customer of a case once: not who wishes no questions, not who was asked within the rest days."""
    if not case.customer.accepts_surveys:
        return None
    # Over all studies: whoever was asked by one is not asked by another for the same case, nor too soon.
    asked = Invitation.objects.filter(customer=case.customer)
    rested_since = now - dt.timedelta(days=study.rest_days)
    if asked.filter(case=case).exists() or (
        study.rest_days and asked.filter(created_at__gt=rested_since).exists()
    ):
        return None
    invitation = Invitation.objects.create(
        study=study,
        customer=case.customer,
        case=case,
        language=case.language,
        created_at=now,
        expires_at=now + dt.timedelta(days=study.valid_days),
    )
    _tell("survey.invited", invitation, now=now, actor=SYSTEM)
    return invitation


@transaction.atomic
def keep_draft(*, invitation: Invitation, draft: Mapping[str, Any], now: dt.datetime) -> None:
    """Keep what has been answered so far, to go on from here on any device."""
    Invitation.objects.filter(pk=invitation.pk).update(draft=dict(draft), draft_at=now)


def submit(
    *, invitation: Invitation, said: Mapping[str, Any], language: str, now: dt.datetime, actor: Actor
) -> Response:
    """Take the answers, once. Raises AnswersRefused (the draft stays) and AlreadyAnswered."""
    study, case = invitation.study, invitation.case
    items = list(study.instrument.items.all())
    rows, errors = read_answers(
        [Asked(item.code, item.kind, item.required) for item in items],
        said,
        minimum=study.instrument.minimum,
        maximum=study.instrument.maximum,
    )
    if errors:
        raise AnswersRefused(errors)
    by_code = {item.code: item for item in items}
    try:
        with transaction.atomic():
            response = Response.objects.create(
                invitation=invitation,
                study=study,
                case=case,
                language=language,
                submitted_at=now,
                district=(case.district_id or "") if case else "",
                team_id=case.team_id if case else None,
                kind_code=case.kind_code if case else "",
            )
            Answer.objects.bulk_create(
                [Answer(response=response, item=by_code[code], **columns) for code, columns in rows.items()]
            )
            _tell("survey.answered", invitation, now=now, actor=actor)
            return response
    except IntegrityError as error:
        # The one-to-one of response and invitation: somebody (perhaps the same thumb) was first.
        raise AlreadyAnswered from error


def _tell(name: str, invitation: Invitation, *, now: dt.datetime, actor: Actor) -> None:
    record(
        name,
        now=now,
        actor=actor,
        subject=Subject("case", invitation.case_id)
        if invitation.case_id
        else Subject("study", invitation.study_id),
        customer_id=invitation.customer_id,
        data={"study": invitation.study.code, "invitation": invitation.pk},
        audience=["staff", *([f"case:{invitation.case_id}"] if invitation.case_id else [])],
    )
