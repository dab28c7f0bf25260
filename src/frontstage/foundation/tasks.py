"""The platform's own work on a schedule: what a killed worker left half done, and what nobody needs any
longer."""

from __future__ import annotations

import asyncio

from procrastinate import JobContext
from procrastinate.contrib.django import app

QUEUE = "platform"
KEEP_FINISHED_HOURS = 7 * 24


@app.periodic(cron="* * * * *")
@app.task(queue=QUEUE, queueing_lock="retry_abandoned", pass_context=True)
async def retry_abandoned(context: JobContext, timestamp: int) -> None:
    """Give back to the queue what was taken by a worker that has fallen silent."""
    manager = context.app.job_manager
    abandoned = await manager.get_stalled_jobs()
    await asyncio.gather(*(manager.retry_job(job) for job in abandoned))


@app.periodic(cron="17 3 * * *")
@app.task(queue=QUEUE, queueing_lock="forget_finished", pass_context=True)
async def forget_finished(context: JobContext, timestamp: int) -> None:
    """Remove jobs that were done a week ago."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEEP_FINISHED_HOURS)


@app.periodic(cron="27 3 * * *")
@app.task(queue=QUEUE, queueing_lock="forget_sessions")
def forget_sessions(timestamp: int) -> None:
    """Remove sessions that have ended."""
    from django.core.management import call_command

    call_command("clearsessions")
