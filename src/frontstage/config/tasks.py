"""The task app: background work on the same database, deferred in the transaction that asks for it.

Tasks are declared in each module's tasks.py with procrastinate's Django decorators and found on start-up.
"""

from __future__ import annotations

import asyncio

from procrastinate import App
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

# How often a worker looks for itself; it is also notified of every new job.
POLL_EVERY = 2.0
# Running tasks have this long to end when the worker is stopped; the others are taken up again.
GRACE = 4.0


def on_app_ready(app: App) -> None:
    """Nothing to add: procrastinate finds every installed app's tasks.py by itself."""


class WorkerConnector(PsycopgConnector):
    """A worker's own connections for taking jobs; but what a task itself defers goes through Django's
    connection.

    So a task that changes something and asks for more work does both or neither. Procrastinate's own worker
    command would defer on a connection of the worker, outside the task's transaction.
    """

    def __init__(self) -> None:
        super().__init__(kwargs=connector_params(), min_size=2, max_size=4)
        self._within_task = DjangoConnector()

    def get_sync_connector(self) -> BaseConnector:
        return self._within_task


def run_worker(*, concurrency: int) -> None:
    """Take and do jobs until SIGINT or SIGTERM. Django must be set up."""
    from procrastinate.contrib.django import app

    async def work() -> None:
        async with app.open_async():
            await app.run_worker_async(
                concurrency=concurrency,
                fetch_job_polling_interval=POLL_EVERY,
                shutdown_graceful_timeout=GRACE,
            )

    with app.replace_connector(WorkerConnector()):
        asyncio.run(work())
