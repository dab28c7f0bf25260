"""What is said on a case: by the customer, to the customer, among staff."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from frontstage.cases.actions.subjects import advance, locked, tell
from frontstage.cases.attachments import check_files, keep
from frontstage.cases.errors import CaseClosed, EmptyMessage
from frontstage.cases.models import Case, Message
from frontstage.cases.rules import Lifecycle
from frontstage.foundation.actors import Actor
from frontstage.foundation.errors import NotAllowed
from frontstage.people.public import User


@transaction.atomic
def reply(
    *, case_id: int, body: str, user: User, now: dt.datetime, actor: Actor, files: Sequence[UploadedFile] = ()
) -> Message:
    """Answer the customer."""
    if not user.may("work_cases"):
        raise NotAllowed
    case = locked(case_id)
    message = _say(case, Message.Direction.OUT, body, user, str(user), "desk", files, now)
    advance(case, happened=["case.replied"], now=now, actor=actor)
    _touch(case, now)
    tell("case.replied", case, now=now, actor=actor, data={"message": message.pk})
    return message


@transaction.atomic
def add_note(
    *, case_id: int, body: str, user: User, now: dt.datetime, actor: Actor, files: Sequence[UploadedFile] = ()
) -> Message:
    """Write what only staff may read."""
    if not (user.may("see_cases") or user.may("work_visits")):
        raise NotAllowed
    case = locked(case_id)
    message = _say(case, Message.Direction.INTERNAL, body, user, str(user), "desk", files, now)
    tell("case.noted", case, now=now, actor=actor, data={"message": message.pk}, to_customer=False)
    return message


@transaction.atomic
def customer_writes(
    *, case_id: int, body: str, now: dt.datetime, actor: Actor, files: Sequence[UploadedFile] = ()
) -> Message:
    """Take what the customer adds; a case that waited for her goes on where its lifecycle says so."""
    case = locked(case_id)
    if not case.is_open:
        raise CaseClosed
    message = _say(case, Message.Direction.IN, body, None, actor.label, "portal", files, now)
    lifecycle = Lifecycle(case.kind.lifecycle)
    answered = [
        step for step in lifecycle.steps_from(case.state, ["system"]) if "case.customer_wrote" in step.upon
    ]
    tell("case.customer_wrote", case, now=now, actor=actor, data={"message": message.pk})
    if answered:
        from frontstage.cases.actions.moving import move

        move(case, answered[0], now=now, actor=actor)
    else:
        advance(case, happened=["case.customer_wrote"], now=now, actor=actor)
        _touch(case, now)
    return message


@transaction.atomic
def revoke_links(*, case_id: int, user: User, now: dt.datetime, actor: Actor) -> None:
    """Make every link already given out to this case worthless; the customer gets a new one from us."""
    if not user.may("work_cases"):
        raise NotAllowed
    case = locked(case_id)
    case.link_version += 1
    case.save(update_fields=["link_version"])
    tell("case.links_revoked", case, now=now, actor=actor, to_customer=False)


def _say(
    case: Case,
    direction: Message.Direction,
    body: str,
    author: User | None,
    label: str,
    channel: str,
    files: Sequence[UploadedFile],
    now: dt.datetime,
) -> Message:
    if not body.strip() and not files:
        raise EmptyMessage
    check_files(files)
    message = Message.objects.create(
        case=case, direction=direction, channel=channel, author=author, author_label=label, body=body, at=now
    )
    keep(message, files)
    return message


def _touch(case: Case, now: dt.datetime) -> None:
    case.changed_at = now
    case.save(update_fields=["changed_at", "due_at"])
