"""Two initiatives: one proven by measuring again and closed, one being done."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from frontstage.foundation.errors import Refusal
from frontstage.improvement.public import (
    Initiative,
    add_action,
    close,
    finish_action,
    move_on,
    open_initiative,
    plan_causes,
    remeasure,
)
from frontstage.people.public import User
from frontstage.surveys.public import Study

DAY = dt.timedelta(days=1)


def play(staff: dict[str, User], study: Study, now: dt.datetime) -> None:
    """Open, plan and do them through the program's own verbs, at the moments of the story."""
    lin = staff["lin"]
    who: dict[str, Any] = {"user": lin, "actor": lin.actor(origin="desk")}
    _proven(staff, study, now, who)
    _under_way(staff, study, now, who)


def _begin(
    study: Study, dimension: str, title: str, causes: str, actions: list[tuple[str, User]], at: dt.datetime,
    effect: str, owner: User, who: dict[str, Any], *, since: dt.datetime,
) -> Initiative:  # fmt: skip
    opened = open_initiative(
        title=title, study=study, dimension=dimension, since=since, owner=owner, due_on=(at + 120 * DAY).date(),
        expected_effect=Decimal(effect), now=at, **who,
    )  # fmt: skip
    plan_causes(initiative_id=opened.pk, causes=causes, now=at + DAY, **who)
    for text, owner_of_action in actions:
        add_action(
            initiative_id=opened.pk, text=text, owner=owner_of_action, due_on=(at + 60 * DAY).date(), now=at + DAY, **who
        )  # fmt: skip
    return opened


def _proven(staff: dict[str, User], study: Study, now: dt.datetime, who: dict[str, Any]) -> None:
    at = now - 165 * DAY
    try:
        opened = _begin(
            study, "empathy", "上门时间与客户约定 · Visits at times that suit",
            "派工只看路线，不问客户方便的时间。\nDispatch followed the route, not the customer's day.",
            [("派工前先电话约定两小时时段", staff["zhao"]), ("晚间与周六增加一班", staff["sun"])],
            at, "0.50", staff["zhao"], who, since=now - 365 * DAY,
        )  # fmt: skip
        move_on(initiative_id=opened.pk, now=now - 150 * DAY, **who)
        for action in opened.actions.all():
            finish_action(action_id=action.pk, now=now - 140 * DAY, **who)
        move_on(initiative_id=opened.pk, now=now - 60 * DAY, **who)
        remeasure(initiative_id=opened.pk, now=now - 12 * DAY, **who)
        move_on(initiative_id=opened.pk, now=now - 12 * DAY, **who)
        close(
            initiative_id=opened.pk,
            conclusion="约定时段有效，写入派工标准。\nAgreed time windows work and are now the standard of dispatch.",
            now=now - 11 * DAY,
            **who,
        )
    except Refusal:
        return  # a story too small to prove anything leaves the initiative where it stands


def _under_way(staff: dict[str, User], study: Study, now: dt.datetime, who: dict[str, Any]) -> None:
    try:
        opened = _begin(
            study, "responsiveness", "北关冬季响应更快 · Faster response at North Gate in winter",
            "北关冬季报修集中，抢修二队人手不足，接单到出发时间过长。\nWinter reports pile up at North Gate; the western team is short of hands.",
            [("十一月起北关驻点一组", staff["zhou"]), ("出发时短信告知预计到达时间", staff["zhao"])],
            now - 40 * DAY, "0.40", staff["he"], who, since=now - 365 * DAY,
        )  # fmt: skip
        move_on(initiative_id=opened.pk, now=now - 30 * DAY, **who)
        first = opened.actions.order_by("id").first()
        if first:
            finish_action(action_id=first.pk, now=now - 20 * DAY, **who)
    except Refusal:
        return
