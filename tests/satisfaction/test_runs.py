"""Runs: what they are made of, what they refuse, and that one command makes every figure of them again."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from frontstage.satisfaction.actions import ask_for_run, compute_now
from frontstage.satisfaction.models import IndexRun, IndexTree
from frontstage.satisfaction.queries import (
    Scope,
    answers_since,
    answers_visible_to,
    matrix,
    newest_run,
    visible_to,
    wanted_of,
)
from frontstage.satisfaction.rules import COLUMNS, command, csv_text, questions_of
from frontstage.satisfaction.tasks import compute, renew
from frontstage.surveys.public import Wanted
from tests.cast import Cast
from tests.satisfaction.conftest import Ask


def test_the_stored_command_makes_every_figure_again(tree: IndexTree, answered: Ask, tmp_path: Path) -> None:
    answered(70, district="northgate")
    answered(70, district="riverside", days_ago=40)
    run = compute_now(tree=tree, scope=Scope(), now=timezone.now())
    assert run.state == "done"
    answers = csv_text(matrix(tree, wanted_of(run)), questions_of(tree.factors))
    (tmp_path / "answers.csv").write_text(answers, encoding="utf-8")
    (tmp_path / "model.yaml").write_text(run.model, encoding="utf-8")
    words = command(run.settings["group"]).split()
    assert words[:3] == ["frontstage", "assess", "answers.csv"]
    assert words[-2:] == ["--group", "district"]
    subprocess.run(
        [sys.executable, "-m", "frontstage.cli", *words[1:], "--json", "all.json"], cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    run.refresh_from_db()
    assert json.loads((tmp_path / "all.json").read_text(encoding="utf-8")) == run.document


def test_the_trend_of_all_months_together_is_the_index(tree: IndexTree, answered: Ask) -> None:
    answered(40, days_ago=70)
    answered(40)
    run = compute_now(tree=tree, scope=Scope(), now=timezone.now())
    assert len(run.months) >= 2
    total = sum(month["total"] for month in run.months) / sum(month["n"] for month in run.months)
    assert total == pytest.approx(run.document["index"]["satisfaction"])


def test_too_few_answers_are_a_refusal_and_no_number(tree: IndexTree, answered: Ask) -> None:
    answered(8)
    run = compute_now(tree=tree, scope=Scope(), now=timezone.now())
    assert (run.state, run.document, run.n) == ("refused", None, 8)
    assert run.refusal["code"] == "too_few_answers"


def test_no_answers_at_all_are_a_refusal_too(tree: IndexTree) -> None:
    run = compute_now(tree=tree, scope=Scope(), now=timezone.now())
    assert (run.state, run.n) == ("refused", 0)


def test_period_district_and_team_narrow_the_table(tree: IndexTree, answered: Ask) -> None:
    answered(2, district="northgate", team="desk", days_ago=5)
    answered(3, district="riverside", days_ago=5)
    answered(1, district="northgate", days_ago=300)
    now = timezone.now()
    from frontstage.people.public import Team

    desk = Team.objects.get(code="desk").pk
    for wanted, count in (
        (Wanted(), 6),
        (Wanted(district="northgate"), 3),
        (Wanted(team_id=desk), 2),
        (Wanted(since=now - dt.timedelta(days=91), district="northgate"), 2),
        (Wanted(until=now - dt.timedelta(days=91)), 1),
    ):
        table = matrix(tree, wanted)
        assert len(table) == count
        assert all(len(row) == len(COLUMNS) + len(questions_of(tree.factors)) for row in table)


def test_only_those_who_may_see_quality_see_runs_and_answers(
    cast: Cast, tree: IndexTree, answered: Ask
) -> None:
    answered(3)
    run = compute_now(tree=tree, scope=Scope(), now=timezone.now())
    for user in (cast.lin, cast.he, cast.ai):
        assert list(visible_to(user)) == [run]
        assert newest_run(user, tree, Scope()) == run
        assert answers_visible_to(user, tree, Wanted()).exists()
    for user in (cast.chen, cast.ma, cast.zhao, cast.sun, cast.liu):
        assert not visible_to(user).exists()
        assert newest_run(user, tree, Scope()) is None
        assert not answers_visible_to(user, tree, Wanted()).exists()


def test_asking_twice_waits_for_one_computation_which_the_task_makes(tree: IndexTree, answered: Ask) -> None:
    answered(40)
    now = timezone.now()
    first = ask_for_run(tree=tree, scope=Scope(91), now=now)
    assert ask_for_run(tree=tree, scope=Scope(91), now=now) == first
    assert ask_for_run(tree=tree, scope=Scope(91, "northgate"), now=now) != first
    assert ProcrastinateJob.objects.filter(task_name__endswith="satisfaction.tasks.compute").count() == 2
    compute(run_id=first.pk)
    first.refresh_from_db()
    assert first.state == "done"
    computed_at = first.computed_at
    compute(run_id=first.pk)  # a second delivery changes nothing
    first.refresh_from_db()
    assert first.computed_at == computed_at


def test_a_run_whose_worker_was_lost_may_be_asked_for_again(tree: IndexTree) -> None:
    now = timezone.now()
    lost = ask_for_run(tree=tree, scope=Scope(), now=now - dt.timedelta(hours=1))
    assert ask_for_run(tree=tree, scope=Scope(), now=now).pk != lost.pk


def test_the_hourly_task_computes_only_where_somebody_has_answered_since(
    tree: IndexTree, answered: Ask
) -> None:
    answered(3)
    compute_now(tree=tree, scope=Scope(), now=timezone.now() - dt.timedelta(days=1))
    renew(timestamp=0)
    assert not IndexRun.objects.filter(state="waiting").exists()
    answered(1, days_ago=0.5)
    run = IndexRun.objects.get()
    assert answers_since(tree, run, timezone.now()) == 1
    renew(timestamp=0)
    assert IndexRun.objects.filter(state="waiting").count() == 1


def test_a_new_run_takes_the_place_of_the_old_and_keeps_other_filters(tree: IndexTree) -> None:
    now = timezone.now()
    compute_now(tree=tree, scope=Scope(), now=now - dt.timedelta(hours=2))
    other = compute_now(tree=tree, scope=Scope(91), now=now - dt.timedelta(hours=2))
    newest = compute_now(tree=tree, scope=Scope(), now=now)
    assert set(IndexRun.objects.all()) == {other, newest}
