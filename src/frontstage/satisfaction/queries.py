"""Reads: the answers of an index as a table, and its stored runs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from frontstage.people.public import User
from frontstage.satisfaction.errors import UnknownRun
from frontstage.satisfaction.models import IndexRun, IndexTree
from frontstage.satisfaction.rules import questions_of
from frontstage.surveys.public import Answer, Response, Wanted, answers_of, responses_of


@dataclass(frozen=True)
class Scope:
    """The filter of a run: a period in days, a district, a team."""

    days: int = 365
    district: str = ""
    team_id: int | None = None

    def period(self, now: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
        """Whole days back from the day of ``now``, up to ``now``."""
        midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight - dt.timedelta(days=self.days), now


def trees() -> QuerySet[IndexTree]:
    return IndexTree.objects.select_related("study__instrument").order_by("study__opened_at", "id")


def visible_to(user: User) -> QuerySet[IndexRun]:
    """Runs, newest first: all for those who may see quality, for others none."""
    runs = IndexRun.objects.select_related("study__instrument").order_by("-asked_at", "-id")
    return runs if user.may("see_quality") else runs.none()


def answers_visible_to(user: User, tree: IndexTree, wanted: Wanted) -> QuerySet[Answer]:
    """The answers behind the figures, as far as this person may read them."""
    found = answers_of(tree.study, wanted)
    return found if user.may("see_quality") else found.none()


def run_of(user: User, run_id: int) -> IndexRun:
    """One of them. Raises UnknownRun."""
    found = visible_to(user).filter(pk=run_id).first()
    if found is None:
        raise UnknownRun
    return found


def runs_for(tree: IndexTree, scope: Scope) -> QuerySet[IndexRun]:
    return IndexRun.objects.filter(
        study=tree.study, days=scope.days, district=scope.district, team_id=scope.team_id
    ).order_by("-asked_at", "-id")


def newest_run(user: User, tree: IndexTree, scope: Scope) -> IndexRun | None:
    """The newest finished run of the filter, refused or not."""
    own = visible_to(user).filter(study=tree.study, days=scope.days, district=scope.district)
    return own.filter(team_id=scope.team_id).exclude(state=IndexRun.State.WAITING).first()


def wanted_of(run: IndexRun) -> Wanted:
    """The answers that a run was made of, now and for ever."""
    return Wanted(since=run.since, until=run.until, district=run.district, team_id=run.team_id)


def responses_behind(run: IndexRun) -> QuerySet[Response]:
    return responses_of(run.study, wanted_of(run))


def answers_since(tree: IndexTree, run: IndexRun, now: dt.datetime) -> int:
    """How many have answered since the run was asked for: what computing anew would add."""
    wanted = Wanted(since=run.until, until=now, district=run.district, team_id=run.team_id)
    return responses_of(tree.study, wanted).count()


MATRIX = """
WITH meant AS MATERIALIZED ({meant})
SELECT r.id, to_char(r.submitted_at AT TIME ZONE %s, 'YYYY-MM-DD"T"HH24:MI:SS'), r.district, r.kind_code, r.language,
       (SELECT jsonb_object_agg(i.code, a.value) FROM surveys_answer a JOIN surveys_item i ON i.id = a.item_id
        WHERE a.response_id = r.id AND i.kind = 'rating' AND a.value IS NOT NULL)::text
FROM surveys_response r JOIN meant ON meant.id = r.id ORDER BY r.id
"""


def matrix(tree: IndexTree, wanted: Wanted) -> list[list[Any]]:
    """A respondent a row in the order they are kept: number, time in the organisation's zone, district, kind,
    language, then the mark of each question of the tree (None: not answered).
    """
    import json

    meant, values = responses_of(tree.study, wanted).order_by().values("id").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(MATRIX.replace("{meant}", meant), [*values, settings.TIME_ZONE])
        found = cursor.fetchall()
    questions = questions_of(tree.factors)
    table = []
    for *about, said in found:
        marks = json.loads(said) if said else {}
        table.append([*about, *(marks.get(question) for question in questions)])
    return table
