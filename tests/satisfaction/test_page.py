"""The page of the index in both languages, the answers behind its figures, and what is taken home."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from frontstage.people.public import User
from frontstage.satisfaction.actions import compute_now
from frontstage.satisfaction.models import IndexRun, IndexTree
from frontstage.satisfaction.queries import Scope
from frontstage.surveys.survey_model import survey_model
from tests.cast import Cast
from tests.satisfaction.conftest import Ask

SignIn = Callable[[User], Client]


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def speak(user: User, language: str) -> Client:
    user.language = language
    user.save()
    return client_of(user)


@pytest.mark.parametrize(("language", "word"), [("en", "Six factors"), ("zh-hans", "六个因素")])
def test_the_page_shows_the_stored_run(
    cast: Cast, tree: IndexTree, answered: Ask, language: str, word: str
) -> None:
    answered(40, district="northgate")
    answered(40, district="riverside", days_ago=60)
    run = compute_now(tree=tree, scope=Scope(), now=timezone.now())
    page = speak(cast.lin, language).get("/satisfaction/")
    html = page.content.decode()
    assert page.status_code == 200
    assert word in html
    assert len(page.context["factors"]) == 6
    assert f"{run.document['index']['satisfaction']:.1f}" in html
    assert {group["code"] for group in page.context["groups"]} == {"northgate", "riverside"}
    assert "--bootstrap 1000 --seed 1 --group district" in html
    drawn = html[html.index('class="drawing"') :]
    assert "style=" not in drawn  # the house's policy lets no style attribute through


def test_the_figure_and_the_answers_behind_it_are_of_the_same_people(
    cast: Cast, tree: IndexTree, answered: Ask
) -> None:
    answered(45)
    answered(2, days_ago=500)
    run = compute_now(tree=tree, scope=Scope(), now=timezone.now())
    client = client_of(cast.lin)
    page = client.get("/satisfaction/answers/?factor=satisfaction")
    assert page.context["total"] == run.n == 45
    marks = [answer.value for answer, _text in page.context["rows"]]
    assert marks == sorted(marks)
    worst_first = client.get("/satisfaction/answers/?factor=complaints").context["rows"]
    assert worst_first[0][0].value == max(answer.value for answer, _text in worst_first)
    one = client.get("/satisfaction/answers/?question=qua_time").context["rows"]
    assert {answer.item.code for answer, _text in one} == {"qua_time"}
    start = (timezone.localdate() - dt.timedelta(days=2)).replace(day=1)
    assert client.get(f"/satisfaction/answers/?from={start}").context["total"] == 45
    assert client.get("/satisfaction/answers/?from=2020-01-01").context["total"] == 0


@pytest.mark.parametrize("odd", ["?days=x&district=nowhere&team=none&by=9", "answers/?from=9999-99-99", "answers/?indicator=x&question='"])  # fmt: skip
def test_an_address_that_means_nothing_is_no_error(cast: Cast, tree: IndexTree, odd: str) -> None:
    assert client_of(cast.lin).get(f"/satisfaction/{odd}").status_code == 200


@pytest.mark.parametrize(
    ("language", "word"), [("en", "There is no index here"), ("zh-hans", "这里不给出指数")]
)
def test_a_refusal_says_why_in_the_readers_language(
    cast: Cast, tree: IndexTree, answered: Ask, language: str, word: str
) -> None:
    answered(6)
    compute_now(tree=tree, scope=Scope(), now=timezone.now())
    page = speak(cast.lin, language).get("/satisfaction/")
    html = page.content.decode()
    assert word in html
    assert page.context["refused"]
    assert "figure-value" not in html


def test_a_factor_with_questions_that_point_the_other_way_shows_a_reason_and_no_number(
    cast: Cast, tree: IndexTree, answered: Ask
) -> None:
    answered(80, turned=("qua_time", "qua_once", "qua_reach"))
    compute_now(tree=tree, scope=Scope(), now=timezone.now())
    page = client_of(cast.lin).get("/satisfaction/")
    row = next(row for row in page.context["factors"] if row.code == "quality")
    assert row.value is None
    assert str(row.refused) in page.content.decode()


def test_computing_is_asked_for_and_the_page_waits_for_it(cast: Cast, tree: IndexTree) -> None:
    client = client_of(cast.lin)
    assert "Not computed for this choice yet" in client.get("/satisfaction/?days=91").content.decode()
    answer = client.post("/satisfaction/compute/", {"days": "91", "by": "quarter"})
    assert answer["Location"] == "/satisfaction/?days=91&by=quarter"
    assert IndexRun.objects.get().days == 91
    assert 'hx-trigger="every 2s"' in client.get(answer["Location"]).content.decode()


def test_what_is_taken_home_is_what_the_run_was_made_of(cast: Cast, tree: IndexTree, answered: Ask) -> None:
    answered(50)
    run = compute_now(tree=tree, scope=Scope(), now=timezone.now())
    answered(5, days_ago=0)  # later answers change nothing of it
    client = client_of(cast.lin)
    answers = client.get(f"/satisfaction/runs/{run.pk}/answers.csv")
    assert hashlib.sha256(answers.content).hexdigest() == run.answers_sha256
    assert b"Liu" not in answers.content
    assert client.get(f"/satisfaction/runs/{run.pk}/model.yaml").content.decode() == run.model
    assert client.get(f"/satisfaction/runs/{run.pk}/report.pdf").content.startswith(b"%PDF")
    assert client.get(f"/satisfaction/runs/{run.pk}/report.xlsx").content.startswith(b"PK")
    assert b"<html" in client.get(f"/satisfaction/runs/{run.pk}/report.html").content
    assert client.get(f"/satisfaction/runs/{run.pk}/report.exe").status_code == 404
    assert client.get(f"/satisfaction/runs/{run.pk + 1}/answers.csv").status_code == 404


def test_a_refused_run_has_no_report(cast: Cast, tree: IndexTree) -> None:
    run = compute_now(tree=tree, scope=Scope(), now=timezone.now())
    assert client_of(cast.lin).get(f"/satisfaction/runs/{run.pk}/report.html").status_code == 409


def test_others_are_refused(cast: Cast, tree: IndexTree) -> None:
    run = compute_now(tree=tree, scope=Scope(), now=timezone.now())
    for user in (cast.chen, cast.ma, cast.zhao, cast.sun, cast.liu):
        for where in ("", "answers/", f"runs/{run.pk}/answers.csv", f"runs/{run.pk}/report.html"):
            assert client_of(user).get(f"/satisfaction/{where}").status_code == 403


def test_the_overview_has_the_index_of_the_last_year(cast: Cast, tree: IndexTree, answered: Ask) -> None:
    answered(50)
    run = compute_now(tree=tree, scope=Scope(), now=timezone.now())
    page = client_of(cast.he).get("/overview/")
    assert page.context["index"].value == run.document["index"]["satisfaction"]
    assert client_of(cast.zhao).get("/overview/").context["index"] is None


def test_the_respondent_gets_a_factor_a_page_from_1_to_10_with_the_instruments_own_ends(
    tree: IndexTree,
) -> None:
    instrument = tree.study.instrument
    model = survey_model(instrument, list(instrument.items.all()))
    assert [page["name"] for page in model["pages"]] == [f["code"] for f in tree.factors] + ["closing"]
    first = model["pages"][0]["elements"][0]
    assert (first["type"], first["rateMin"], first["rateMax"]) == ("rating", 1, 10)
    assert (first["minRateDescription"], first["maxRateDescription"]) == ("Not at all", "Entirely")
