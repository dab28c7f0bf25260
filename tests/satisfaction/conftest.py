"""An index in the cast's service, and respondents whose answers follow the structure of the six factors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np
import pytest
from django.utils import timezone

from frontstage.cases.public import Case
from frontstage.charters.public import apply
from frontstage.foundation.actors import SYSTEM
from frontstage.people.public import Team
from frontstage.satisfaction.models import IndexTree
from frontstage.satisfaction.rules import questions_of
from frontstage.surveys.models import Answer, Invitation, Response
from tests.cast import Cast, liu_reports
from tests.charters.test_checking import GAS

Ask = Callable[..., list[Response]]


@pytest.fixture
def tree(cast: Cast) -> IndexTree:
    apply(GAS, now=timezone.now() - dt.timedelta(days=500), actor=SYSTEM)
    return IndexTree.objects.select_related("study__instrument").get()


@pytest.fixture
def answered(cast: Cast, tree: IndexTree) -> Ask:
    """answered(60, district="northgate", days_ago=3, turned=("qua_time",)) -> so many responses."""
    random = np.random.default_rng(11)
    items = {item.code: item for item in tree.study.instrument.items.all()}
    factor_of = {q: f["code"] for f in tree.factors for i in f["indicators"] for q in i["questions"]}

    def marks(turned: tuple[str, ...]) -> dict[str, int]:
        e = random.normal()
        q = 0.8 * e + random.normal(0, 0.7)
        v = 0.3 * e + 0.6 * q + random.normal(0, 0.7)
        s = 0.6 * q + 0.4 * v + random.normal(0, 0.5)
        c = -0.8 * s + random.normal(0, 0.7)
        level = {"expectation": 7 + e, "quality": 7 + q, "value": 6.5 + v, "satisfaction": 7 + s, "complaints": 4 + c,
                 "loyalty": 6.5 + 0.8 * s - 0.2 * c + random.normal(0, 0.5)}  # fmt: skip
        found = {}
        for question in questions_of(tree.factors):
            mean = level[factor_of[question]]
            mark = int(np.clip(round(random.normal(mean, 0.8)), 1, 10))
            found[question] = 11 - mark if question in turned else mark
        return found

    def ask(
        n: int, *, district: str = "", days_ago: float = 2, team: str = "", turned: tuple[str, ...] = (), kind: str = ""
    ) -> list[Response]:  # fmt: skip
        at = timezone.now() - dt.timedelta(days=days_ago)
        team_id = Team.objects.get(code=team).pk if team else None
        cases: list[Case] = [liu_reports(cast) for _ in range(n)]
        made = []
        for case in cases:
            invitation = Invitation.objects.create(
                study=tree.study, customer=cast.customer, case=case, language="en", created_at=at,
                expires_at=at + dt.timedelta(days=30),
            )  # fmt: skip
            response = Response.objects.create(
                invitation=invitation, study=tree.study, case=case, language="en", submitted_at=at, district=district,
                team_id=team_id, kind_code=kind,
            )  # fmt: skip
            Answer.objects.bulk_create(
                Answer(response=response, item=items[code], value=mark)
                for code, mark in marks(turned).items()
            )
            made.append(response)
        return made

    return ask
