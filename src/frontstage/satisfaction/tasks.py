"""Background work: computing a run, and renewing the standing ones when answers have come in."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from frontstage.satisfaction.actions import ask_for_run, finish_run
from frontstage.satisfaction.models import IndexRun
from frontstage.satisfaction.queries import Scope, answers_since, trees

QUEUE = "satisfaction"


@app.task(queue=QUEUE, pass_context=False)
def compute(run_id: int) -> None:
    """Compute a run that waits; one that was computed or removed meanwhile is left alone."""
    run = IndexRun.objects.select_related("study").filter(pk=run_id, state=IndexRun.State.WAITING).first()
    if run is not None:
        finish_run(run=run, now=timezone.now())


@app.periodic(cron="11 * * * *")
@app.task(queue=QUEUE, queueing_lock="renew_index", pass_context=False)
def renew(timestamp: int) -> None:
    """Every hour: compute the whole organisation's index anew, where somebody has answered since."""
    now = timezone.now()
    for tree in trees():
        run = IndexRun.objects.filter(study=tree.study, days=Scope().days, district="", team_id=None)
        newest = run.exclude(state=IndexRun.State.WAITING).order_by("-asked_at").first()
        if newest is None or answers_since(tree, newest, now):
            ask_for_run(tree=tree, scope=Scope(), now=now)
