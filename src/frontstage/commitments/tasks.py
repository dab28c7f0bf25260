"""The worker's watch over promises."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from frontstage.commitments.actions import notice_breaches

BATCH = 500


@app.periodic(cron="* * * * * */5")
@app.task(queue="commitments", queueing_lock="notice_breaches", pass_context=False)
def watch(timestamp: int) -> None:
    """Every five seconds: notice what has become overdue, all of it."""
    while notice_breaches(now=timezone.now(), limit=BATCH) == BATCH:
        pass
