"""Verbs on initiatives: plan, do, check, act; closed only by a re-measurement."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from frontstage.foundation.actors import Actor
from frontstage.foundation.errors import NotAllowed
from frontstage.foundation.events import Subject, record
from frontstage.improvement.errors import (
    ConclusionMissing,
    NoFinding,
    NotFromHere,
    NotRemeasured,
    StageNeeds,
    TooFewAnswers,
    UnknownInitiative,
)
from frontstage.improvement.models import Initiative, InitiativeAction
from frontstage.improvement.rules import FEWEST_ANSWERS, next_stage
from frontstage.measure.intervals import Summary, difference_of_means, mean_interval
from frontstage.people.public import User
from frontstage.quality.public import dimension_summary, gaps_of
from frontstage.surveys.public import Study, Wanted

Stage = Initiative.Stage


@transaction.atomic
def open_initiative(
    *,
    title: str,
    study: Study,
    dimension: str,
    since: dt.datetime,
    owner: User,
    due_on: dt.date,
    expected_effect: Decimal,
    user: User,
    now: dt.datetime,
    actor: Actor,
) -> Initiative:
    """Open an initiative from a finding: the dimension's gap as it is now, kept as it was. Raises NoFinding."""
    _entitled(user)
    result = gaps_of(study, Wanted(since=since, until=now))
    found = next((d for d in result.dimensions if d.code == dimension), None)
    if found is None or found.gap is None:
        raise NoFinding
    initiative = Initiative.objects.create(
        title=title,
        study=study,
        dimension=dimension,
        finding={
            "expectation": found.expectation,
            "perception": found.perception,
            "gap": found.gap.estimate,
            "low": found.gap.low,
            "high": found.gap.high,
            "n": found.n,
            "from": since.isoformat(),
            "to": now.isoformat(),
        },
        owner=owner,
        opened_by=user,
        due_on=due_on,
        expected_effect=expected_effect,
        opened_at=now,
    )
    _tell("initiative.opened", initiative, now=now, actor=actor, data={"dimension": dimension})
    return initiative


@transaction.atomic
def plan_causes(*, initiative_id: int, causes: str, user: User, now: dt.datetime, actor: Actor) -> Initiative:
    """Write down why the gap is there."""
    initiative = _locked(initiative_id, user)
    _in_stage(initiative, Stage.PLAN, Stage.DO)
    initiative.causes = causes.strip()
    initiative.save(update_fields=["causes"])
    _tell("initiative.causes_written", initiative, now=now, actor=actor, data={})
    return initiative


@transaction.atomic
def add_action(
    *, initiative_id: int, text: str, owner: User, due_on: dt.date, user: User, now: dt.datetime, actor: Actor
) -> InitiativeAction:
    """Add something to be done, by somebody, by a day."""
    initiative = _locked(initiative_id, user)
    _in_stage(initiative, Stage.PLAN, Stage.DO)
    action = InitiativeAction.objects.create(initiative=initiative, text=text, owner=owner, due_on=due_on)
    _tell("initiative.action_added", initiative, now=now, actor=actor, data={"action": text})
    return action


@transaction.atomic
def finish_action(*, action_id: int, user: User, now: dt.datetime, actor: Actor) -> None:
    """Tick an action off, once."""
    found = InitiativeAction.objects.filter(pk=action_id).first()
    if found is None:
        raise UnknownInitiative
    initiative = _locked(found.initiative_id, user)
    if InitiativeAction.objects.filter(pk=action_id, done_at=None).update(done_at=now):
        _tell("initiative.action_done", initiative, now=now, actor=actor, data={"action": found.text})


@transaction.atomic
def move_on(*, initiative_id: int, user: User, now: dt.datetime, actor: Actor) -> Initiative:
    """Plan → do → check → act. Each step asks for what it stands on. Raises StageNeeds, NotRemeasured."""
    initiative = _locked(initiative_id, user)
    target = next_stage(initiative.stage)
    if target is None or target == Stage.CLOSED:
        raise NotFromHere(stage=initiative.get_stage_display())
    lacking = _lacking(initiative)
    if lacking:
        raise StageNeeds(what=", ".join(str(what) for what in lacking))
    if initiative.stage == Stage.CHECK and initiative.remeasurement is None:
        raise NotRemeasured
    before, initiative.stage = initiative.stage, target
    if target == Stage.DO:
        initiative.started_at = now
    initiative.save(update_fields=["stage", "started_at"])
    _tell("initiative.moved", initiative, now=now, actor=actor, data={"from": before, "to": target})
    return initiative


def _lacking(initiative: Initiative) -> list[Any]:
    actions = initiative.actions.all()
    if initiative.stage == Stage.PLAN:
        lacking = [] if initiative.causes else [_("the causes in words")]
        return lacking if actions else [*lacking, _("at least one action with an owner and a day")]
    if initiative.stage == Stage.DO and any(action.done_at is None for action in actions):
        return [_("every action done")]
    return []


@transaction.atomic
def remeasure(*, initiative_id: int, user: User, now: dt.datetime, actor: Actor) -> Initiative:
    """Measure again by the same instrument: answers before the opening against answers since the doing began.

    Raises TooFewAnswers with the number still needed. May be repeated as answers arrive, until it is closed.
    """
    initiative = _locked(initiative_id, user)
    _in_stage(initiative, Stage.CHECK, Stage.ACT)
    before, after = _sides(initiative, now)
    if min(before.n, after.n) < FEWEST_ANSWERS:
        missing = max(FEWEST_ANSWERS - before.n, 0) + max(FEWEST_ANSWERS - after.n, 0)
        raise TooFewAnswers(needed=FEWEST_ANSWERS, before=before.n, after=after.n, missing=missing)
    difference = difference_of_means(before, after)
    assert difference is not None
    initiative.remeasurement = {
        "before": _side(before),
        "after": _side(after),
        "difference": difference.estimate,
        "low": difference.low,
        "high": difference.high,
        "p": difference.p,
        "measured_at": now.isoformat(),
    }
    initiative.save(update_fields=["remeasurement"])
    _tell(
        "initiative.remeasured",
        initiative,
        now=now,
        actor=actor,
        data={"difference": round(difference.estimate, 3)},
    )
    return initiative


def _sides(initiative: Initiative, now: dt.datetime) -> tuple[Summary, Summary]:
    since = dt.datetime.fromisoformat(initiative.finding["from"])
    before = Wanted(since=since, until=initiative.opened_at)
    after = Wanted(since=initiative.started_at, until=now)
    return (
        dimension_summary(initiative.study, initiative.dimension, before),
        dimension_summary(initiative.study, initiative.dimension, after),
    )


def _side(summary: Summary) -> dict[str, Any]:
    interval = mean_interval(summary)
    assert interval is not None
    return {"gap": interval.estimate, "low": interval.low, "high": interval.high, "n": interval.n}


@transaction.atomic
def close(*, initiative_id: int, conclusion: str, user: User, now: dt.datetime, actor: Actor) -> Initiative:
    """Close an initiative that has been measured again. Raises NotRemeasured, ConclusionMissing."""
    initiative = _locked(initiative_id, user)
    if initiative.remeasurement is None:
        raise NotRemeasured
    _in_stage(initiative, Stage.ACT)
    if not conclusion.strip():
        raise ConclusionMissing
    initiative.stage, initiative.conclusion, initiative.closed_at = Stage.CLOSED, conclusion.strip(), now
    initiative.save(update_fields=["stage", "conclusion", "closed_at"])
    _tell("initiative.closed", initiative, now=now, actor=actor, data={})
    return initiative


@transaction.atomic
def abandon(*, initiative_id: int, reason: str, user: User, now: dt.datetime, actor: Actor) -> Initiative:
    """Give an initiative up, with the reason on record."""
    initiative = _locked(initiative_id, user)
    _in_stage(initiative, Stage.PLAN, Stage.DO, Stage.CHECK, Stage.ACT)
    if not reason.strip():
        raise ConclusionMissing
    initiative.stage, initiative.conclusion, initiative.closed_at = Stage.ABANDONED, reason.strip(), now
    initiative.save(update_fields=["stage", "conclusion", "closed_at"])
    _tell("initiative.abandoned", initiative, now=now, actor=actor, data={"reason": reason.strip()})
    return initiative


def _entitled(user: User) -> None:
    if not user.may("run_initiatives"):
        raise NotAllowed


def _locked(initiative_id: int, user: User) -> Initiative:
    _entitled(user)
    found = (
        Initiative.objects.select_for_update(of=("self",))
        .select_related("study__instrument")
        .filter(pk=initiative_id)
        .first()
    )
    if found is None:
        raise UnknownInitiative
    return found


def _in_stage(initiative: Initiative, *stages: str) -> None:
    if initiative.stage not in stages:
        raise NotFromHere(stage=initiative.get_stage_display())


def _tell(name: str, initiative: Initiative, *, now: dt.datetime, actor: Actor, data: dict[str, Any]) -> None:
    record(
        name,
        now=now,
        actor=actor,
        subject=Subject("initiative", initiative.pk),
        data={"title": initiative.title, **data},
        audience=["staff"],
    )
