"""Verbs: install the tree of an index, ask for a run, compute it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from frontstage.measure.errors import MeasureError
from frontstage.satisfaction.models import IndexRun, IndexTree
from frontstage.satisfaction.queries import Scope, matrix, runs_for, wanted_of
from frontstage.satisfaction.results import digest, measured, months_of, refusal_of
from frontstage.satisfaction.rules import (
    BOOTSTRAP,
    COLUMNS,
    SEED,
    csv_text,
    group_of,
    model_text,
    questions_of,
)
from frontstage.surveys.public import install_instrument, open_study

# A run that waits longer than this has lost its worker: it may be asked for again.
PATIENCE = dt.timedelta(minutes=10)


@transaction.atomic
def install_index(*, edition: str, index: Mapping[str, Any], now: dt.datetime) -> IndexTree:
    """Install the questions, the study and the tree that a charter declares. Raises InstrumentIsFrozen."""
    instrument = index["instrument"]
    place = {q: f["code"] for f in index["factors"] for i in f["indicators"] for q in i["questions"]}
    install_instrument(
        edition=edition,
        instrument={
            **{key: value for key, value in instrument.items() if key != "ends"},
            "minimum": instrument.get("minimum", 1),
            "maximum": instrument.get("maximum", 10),
            "perception_ends": instrument.get("ends", {}),
            "dimensions": [{"code": factor["code"], "name": factor["name"]} for factor in index["factors"]],
            "items": [{**item, "dimension": place.get(item["code"], "")} for item in instrument["items"]],
        },
        now=now,
    )
    study = open_study(study={**index["study"], "instrument": instrument["code"]}, now=now)
    tree, _ = IndexTree.objects.update_or_create(
        study=study, defaults={"edition": edition, "factors": index["factors"]}
    )
    return tree


def ask_for_run(*, tree: IndexTree, scope: Scope, now: dt.datetime) -> IndexRun:
    """Have the index computed in the background; whoever asks again while it waits gets the same run."""
    from frontstage.satisfaction.tasks import compute

    try:
        with transaction.atomic():
            runs_for(tree, scope).filter(state=IndexRun.State.WAITING, asked_at__lt=now - PATIENCE).delete()
            run = _begin(tree, scope, now)
            compute.defer(run_id=run.pk)
            return run
    except IntegrityError:
        return runs_for(tree, scope).get(state=IndexRun.State.WAITING)


def compute_now(*, tree: IndexTree, scope: Scope, now: dt.datetime) -> IndexRun:
    """Compute here and now, for programs: the demonstration, a schedule."""
    return finish_run(run=_begin(tree, scope, now), now=now)


def _begin(tree: IndexTree, scope: Scope, now: dt.datetime) -> IndexRun:
    since, until = scope.period(now)
    return IndexRun.objects.create(
        study=tree.study, days=scope.days, district=scope.district, team_id=scope.team_id,
        since=since, until=until, asked_at=now,
    )  # fmt: skip


def finish_run(*, run: IndexRun, now: dt.datetime) -> IndexRun:
    """Estimate the model on the run's answers and keep the document, or why there is none; older runs of the same
    filter go.
    """
    tree = IndexTree.objects.select_related("study__instrument").get(study=run.study_id)
    rows, questions = matrix(tree, wanted_of(run)), questions_of(tree.factors)
    texts = {item.code: item.text for item in tree.study.instrument.items.all()}
    instrument = tree.study.instrument
    run.model = model_text(tree.factors, texts, minimum=instrument.minimum, maximum=instrument.maximum)
    answers = csv_text(rows, questions)
    group = group_of((row[COLUMNS.index("district")] for row in rows), wanted=run.district)
    run.n, run.answers_sha256, run.computed_at = len(rows), digest(answers), now
    run.settings = {"bootstrap": BOOTSTRAP, "seed": SEED, "group": group}
    try:
        run.document = measured(answers, run.model, group)
        run.months = months_of(run.document, rows, questions)
        run.state = IndexRun.State.DONE
    except MeasureError as error:
        run.refusal, run.state = refusal_of(error), IndexRun.State.REFUSED
    with transaction.atomic():
        run.save()
        same = runs_for(tree, Scope(run.days, run.district, run.team_id))
        same.filter(asked_at__lte=run.asked_at).exclude(pk=run.pk).delete()
    return run
