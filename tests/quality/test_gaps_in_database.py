"""The database's sums give what the library gives from the answers themselves, and the field's example comes out."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from django.test import Client
from django.utils import timezone

from frontstage.charters.public import apply
from frontstage.foundation.actors import SYSTEM
from frontstage.measure.gaps import GapInstrument, measure_gaps
from frontstage.quality.public import dimension_summary, gaps_of, trend_of
from frontstage.surveys.models import Answer, Invitation, Response, Study
from frontstage.surveys.public import Wanted
from tests.cast import Cast, liu_reports
from tests.charters.test_checking import GAS

PAIRS = ("tan1", "tan2", "rel1", "rel2", "res1", "res2", "ass1", "ass2", "emp1", "emp2")
POINTS = {"tangibles": 10, "reliability": 40, "responsiveness": 20, "assurance": 15, "empathy": 15}


def answered(cast: Cast, study: Study, pairs: dict[str, tuple[int | None, int | None]], *, days_ago: float = 1, district: str = "") -> Response:  # fmt: skip
    case = liu_reports(cast)
    at = timezone.now() - dt.timedelta(days=days_ago)
    invitation = Invitation.objects.create(
        study=study, customer=cast.customer, case=case, language="en", created_at=at, expires_at=at + dt.timedelta(days=30)
    )  # fmt: skip
    response = Response.objects.create(
        invitation=invitation, study=study, case=case, language="en", submitted_at=at, district=district
    )
    items = {item.code: item for item in study.instrument.items.all()}
    Answer.objects.bulk_create(
        Answer(response=response, item=items[code], expectation=e, perception=p)
        for code, (e, p) in pairs.items()
    )
    return response


@pytest.fixture
def study(cast: Cast) -> Study:
    apply(GAS, now=timezone.now() - dt.timedelta(days=500), actor=SYSTEM)
    return Study.objects.select_related("instrument").get(code="after_service")


def test_the_worked_example_comes_out_of_the_database(cast: Cast, study: Study) -> None:
    """Gaps -.5, -1, -.6, -.2, -.4 with points 10, 40, 20, 15, 15: -0.54 and -0.66."""
    gaps = {
        "tan": 5,
        "rel": 10,
        "res": 6,
        "ass": 2,
        "emp": 4,
    }  # how many of ten respondents are one mark short
    for index in range(10):
        pairs = {code: (6, 5 if index < gaps[code[:3]] else 6) for code in PAIRS}
        answered(cast, study, pairs)
    result = gaps_of(study)
    assert {d.code: round(d.gap.estimate, 10) for d in result.dimensions} == {
        "tangibles": -0.5, "reliability": -1.0, "responsiveness": -0.6, "assurance": -0.2, "empathy": -0.4,
    }  # fmt: skip
    assert result.unweighted.estimate == pytest.approx(-0.54)
    assert result.weighted.estimate == pytest.approx(-0.66)
    assert result.widest.code == "reliability"


def test_the_databases_sums_agree_with_the_library_on_the_answers(cast: Cast, study: Study) -> None:
    random = np.random.default_rng(5)
    e = random.integers(1, 8, (14, 10)).astype(float)
    p = random.integers(1, 8, (14, 10)).astype(float)
    p[0, 3] = np.nan
    e[1, :2] = p[1, :2] = np.nan
    for row in range(14):
        pairs = {
            code: tuple(None if np.isnan(v) else int(v) for v in (e[row, i], p[row, i]))
            for i, code in enumerate(PAIRS)
            if not (np.isnan(e[row, i]) and np.isnan(p[row, i]))
        }
        answered(cast, study, pairs)  # type: ignore[arg-type]
    dimensions = {name: PAIRS[2 * i : 2 * i + 2] for i, name in enumerate(POINTS)}
    ours, library = gaps_of(study), measure_gaps(GapInstrument(dimensions), e, p, POINTS)
    assert (ours.respondents, ours.excluded) == (library.respondents, library.excluded) == (14, 1)
    for one, other in zip(ours.dimensions, library.dimensions, strict=True):
        assert one.n == other.n
        assert (one.gap.estimate, one.gap.low, one.gap.high) == pytest.approx(
            (other.gap.estimate, other.gap.low, other.gap.high)
        )
    for one, other in ((ours.unweighted, library.unweighted), (ours.weighted, library.weighted)):
        assert (one.estimate, one.low, one.high) == pytest.approx((other.estimate, other.low, other.high))


def test_period_and_district_narrow_what_is_counted(cast: Cast, study: Study) -> None:
    answered(cast, study, {"res1": (7, 3)}, days_ago=200, district="northgate")
    answered(cast, study, {"res1": (7, 6)}, days_ago=2, district="riverside")
    now = timezone.now()
    assert gaps_of(study, Wanted(since=now - dt.timedelta(days=30))).respondents == 1
    assert dimension_summary(study, "responsiveness", Wanted(district="northgate")).total == -4
    assert len(trend_of(study, Wanted(), zone="Asia/Shanghai")) == 2
    assert gaps_of(study, Wanted(district="oldtown")).widest is None


def test_the_answers_behind_a_figure_are_as_many_as_it_says(cast: Cast, study: Study) -> None:
    for mark in (2, 4, 6):
        answered(cast, study, {"res1": (7, mark), "emp1": (6, 6)})
    client = Client()
    client.force_login(cast.lin, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/quality/answers/?dimension=responsiveness")
    assert [answer.gap for answer, _ in page.context["rows"]] == [-5, -3, -1]
    assert page.context["total"] == gaps_of(study).dimensions[2].n == 3
