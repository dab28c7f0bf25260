"""Tell the customer, in her language, that her case has arrived and what is promised."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from frontstage.cases.actions.subjects import locked, tell
from frontstage.cases.models import Case, Message
from frontstage.commitments.public import clocks_of
from frontstage.foundation.actors import Actor
from frontstage.foundation.bilingual import in_language
from frontstage.foundation.organisation import organisation_name

CHANNEL = "automatic"


@transaction.atomic
def acknowledge_case(*, case_id: int, now: dt.datetime, actor: Actor) -> None:
    """Write the acknowledgement once, however often this is asked."""
    case = locked(case_id)
    if case.messages.filter(channel=CHANNEL).exists():
        return
    with translation.override(case.language):
        body, signed = _wording(case), organisation_name()
    Message.objects.create(
        case=case,
        direction=Message.Direction.OUT,
        channel=CHANNEL,
        author_label=signed or actor.label,
        body=body,
        at=now,
    )
    tell("case.acknowledged", case, now=now, actor=actor)


def _wording(case: Case) -> str:
    lines = [_("We have received your report. Its number is %(number)s.") % {"number": case.number}]
    for clock in clocks_of("case", [case.pk]).get(case.pk, []):
        if clock.commitment.audience != "promise":
            continue
        name = in_language(clock.commitment.name)
        if clock.due_at is None:
            lines.append(f"· {name}")
        else:
            local = timezone.localtime(clock.due_at)
            due = f"{date_format(local, 'DATE_FORMAT')} {local:%H:%M}"
            lines.append("· " + _("%(promise)s: by %(due)s") % {"promise": name, "due": due})
    return "\n".join(lines)
