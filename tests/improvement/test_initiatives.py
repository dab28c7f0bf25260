"""Plan, do, check, act; an initiative is closed by measuring again and by nothing else."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import Error, transaction
from django.utils import timezone

from frontstage.foundation.errors import NotAllowed
from frontstage.foundation.models import Event
from frontstage.improvement.errors import (
    ConclusionMissing,
    NoFinding,
    NotFromHere,
    NotRemeasured,
    StageNeeds,
    TooFewAnswers,
)
from frontstage.improvement.models import Initiative
from frontstage.improvement.public import (
    abandon,
    add_action,
    close,
    finish_action,
    move_on,
    open_initiative,
    plan_causes,
    remeasure,
    verdict,
    visible_to,
)
from frontstage.surveys.models import Study
from tests.cast import Cast
from tests.quality.test_gaps_in_database import answered, study  # noqa: F401  # a fixture

DAY = dt.timedelta(days=1)


def who(cast: Cast, days_ago: float = 0) -> dict[str, Any]:
    return {"user": cast.lin, "actor": cast.lin.actor(origin="desk"), "now": timezone.now() - days_ago * DAY}


def opened(cast: Cast, study: Study, days_ago: float = 20) -> Initiative:  # noqa: F811
    return open_initiative(
        title="Faster", study=study, dimension="responsiveness", since=timezone.now() - 200 * DAY, owner=cast.zhao,
        due_on=timezone.localdate() + 90 * DAY, expected_effect=Decimal("0.50"), **who(cast, days_ago),
    )  # fmt: skip


def in_check(cast: Cast, initiative: Initiative, since: float = 10) -> None:
    plan_causes(initiative_id=initiative.pk, causes="Too few hands", **who(cast, since))
    action = add_action(
        initiative_id=initiative.pk,
        text="Hire",
        owner=cast.zhao,
        due_on=timezone.localdate(),
        **who(cast, since),
    )
    move_on(initiative_id=initiative.pk, **who(cast, since))
    finish_action(action_id=action.pk, **who(cast, since - 1))
    move_on(initiative_id=initiative.pk, **who(cast, since - 1))


def test_a_finding_is_kept_as_it_was(cast: Cast, study: Study) -> None:  # noqa: F811
    answered(cast, study, {"res1": (7, 4)}, days_ago=30)
    initiative = opened(cast, study)
    answered(cast, study, {"res1": (7, 7)}, days_ago=1)
    initiative.refresh_from_db()
    assert (initiative.finding["gap"], initiative.finding["n"]) == (-3, 1)


def test_without_answers_there_is_nothing_to_improve(cast: Cast, study: Study) -> None:  # noqa: F811
    with pytest.raises(NoFinding):
        opened(cast, study)


def test_each_stage_asks_for_what_it_stands_on(cast: Cast, study: Study) -> None:  # noqa: F811
    answered(cast, study, {"res1": (7, 4)}, days_ago=30)
    initiative = opened(cast, study)
    with pytest.raises(StageNeeds, match=r"causes in words.*at least one action"):
        move_on(initiative_id=initiative.pk, **who(cast))
    in_check(cast, initiative)
    with pytest.raises(NotRemeasured):
        move_on(initiative_id=initiative.pk, **who(cast))
    with pytest.raises(NotRemeasured):
        close(initiative_id=initiative.pk, conclusion="Done, I say.", **who(cast))
    with pytest.raises(TooFewAnswers, match="Wait for 19 more"):
        remeasure(initiative_id=initiative.pk, **who(cast))


def test_measured_again_it_shows_before_and_after_and_may_be_closed(cast: Cast, study: Study) -> None:  # noqa: F811
    for index in range(12):
        answered(cast, study, {"res1": (7, 3 + index % 2)}, days_ago=40)
    initiative = opened(cast, study)
    in_check(cast, initiative)
    for index in range(12):
        answered(cast, study, {"res1": (7, 5 + index % 2)}, days_ago=2)
    remeasure(initiative_id=initiative.pk, **who(cast))
    initiative.refresh_from_db()
    measured = initiative.remeasurement
    assert (measured["before"]["gap"], measured["after"]["gap"], measured["difference"]) == (-3.5, -1.5, 2.0)
    assert (measured["before"]["n"], measured["after"]["n"]) == (12, 12)
    assert verdict(measured) == "better"
    move_on(initiative_id=initiative.pk, **who(cast))
    with pytest.raises(ConclusionMissing):
        close(initiative_id=initiative.pk, conclusion=" ", **who(cast))
    close(initiative_id=initiative.pk, conclusion="A standard now.", **who(cast))
    names = list(
        Event.objects.filter(subject_kind="initiative").order_by("id").values_list("name", flat=True)
    )
    assert names[0] == "initiative.opened"
    assert names[-1] == "initiative.closed"
    with pytest.raises(NotFromHere):
        abandon(initiative_id=initiative.pk, reason="Late", **who(cast))


def test_the_database_itself_refuses_a_closing_without_a_measurement(cast: Cast, study: Study) -> None:  # noqa: F811
    answered(cast, study, {"res1": (7, 4)}, days_ago=30)
    initiative = opened(cast, study)
    with pytest.raises(Error), transaction.atomic():
        Initiative.objects.filter(pk=initiative.pk).update(stage="closed")


def test_others_neither_see_nor_run_initiatives(cast: Cast, study: Study) -> None:  # noqa: F811
    answered(cast, study, {"res1": (7, 4)}, days_ago=30)
    initiative = opened(cast, study)
    for user in (cast.chen, cast.zhao, cast.sun, cast.liu):
        assert not visible_to(user).exists()
        with pytest.raises(NotAllowed):
            move_on(
                initiative_id=initiative.pk, user=user, actor=user.actor(origin="desk"), now=timezone.now()
            )


@pytest.mark.parametrize(
    ("low", "high", "word"), [(0.1, 0.9, "better"), (-0.9, -0.1, "worse"), (-0.1, 0.4, "unproven"), (None, None, "unproven")]
)  # fmt: skip
def test_what_a_difference_proves(low: float | None, high: float | None, word: str) -> None:
    assert verdict({"low": low, "high": high}) == word
