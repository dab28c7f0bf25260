"""Who works on a case."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from frontstage.cases.actions.subjects import locked, tell
from frontstage.cases.errors import AlreadyTaken, CaseClosed, HandOverNeeds
from frontstage.cases.models import Case
from frontstage.commitments.public import hand_over
from frontstage.foundation.actors import Actor
from frontstage.foundation.errors import NotAllowed
from frontstage.foundation.events import Subject, history
from frontstage.people.public import Team, User


@transaction.atomic
def take_case(*, case_id: int, user: User, now: dt.datetime, actor: Actor) -> Case:
    """Take a case that nobody has. Of two at once one gets it; the other is told by whom (AlreadyTaken)."""
    if not user.may("work_cases"):
        raise NotAllowed
    taken = Case.objects.filter(pk=case_id, assignee=None, is_open=True).update(assignee=user, changed_at=now)
    case = locked(case_id)
    if not taken:
        if not case.is_open:
            raise CaseClosed
        if case.assignee_id == user.pk:
            return case
        raise AlreadyTaken(by=str(case.assignee), at=_taken_at(case))
    tell("case.taken", case, now=now, actor=actor, data={"by": str(user)})
    return case


def _taken_at(case: Case) -> str:
    events = history(subject=Subject("case", case.pk)).filter(name__in=["case.taken", "case.assigned"])
    last = events.last()
    return date_format(timezone.localtime(last.at), "TIME_FORMAT") if last else "?"


@transaction.atomic
def assign_case(
    *,
    case_id: int,
    team: Team | None,
    assignee: User | None,
    reason: str,
    user: User,
    now: dt.datetime,
    actor: Actor,
) -> Case:
    """Hand a case to a team and, if named, to a person in it. Others' cases: only who may assign others."""
    if team is None or not reason.strip():
        raise HandOverNeeds
    case = locked(case_id)
    own = case.assignee_id in (None, user.pk)
    if not (user.may("assign_others") or (own and user.may("work_cases"))):
        raise NotAllowed
    if not case.is_open:
        raise CaseClosed
    before = {"team": case.team.code if case.team else None, "assignee": str(case.assignee or "")}
    case.team, case.assignee, case.changed_at = team, assignee, now
    case.save(update_fields=["team", "assignee", "changed_at"])
    hand_over(subject_kind="case", subject_id=case.pk, team_id=case.team_id, district=case.district_id or "")
    after = {"team": team.code, "assignee": str(assignee or "")}
    data = {"before": before, "after": after, "reason": reason}
    tell("case.assigned", case, now=now, actor=actor, data=data, to_customer=False)
    return case
