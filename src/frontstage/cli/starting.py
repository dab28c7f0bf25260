"""From an empty process to a running installation: mode, database, Django, migrations."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import psycopg

from frontstage.cli import exits
from frontstage.cli.output import Report
from frontstage.foundation.embedded import ProvidedDatabase, provided_database
from frontstage.foundation.home import home

# Migrations of one database wait for each other, on however many machines they are started.
MIGRATION_LOCK = 7_238_001


def start_django() -> None:
    """Load settings and modules. Raises ImproperlyConfigured, which names the setting at fault."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontstage.config.settings")
    import django

    django.setup()


def start_django_offline() -> None:
    """Django for what touches no installation's data, such as checking a charter: asks for no secret, no
    database."""
    os.environ.setdefault("FRONTSTAGE_MODE", "demonstration")
    start_django()


def _require_reachable() -> None:
    """Say at once that the database is not there; the pool would try for long."""
    psycopg.connect(**database_parameters(), connect_timeout=5).close()


@contextmanager
def installation(*, mode: str | None = None) -> Iterator[ProvidedDatabase]:
    """A database to work on and Django on it. The embedded server runs until the end of the block.

    A demonstration has a database and a folder of files of its own, so that it never meets real data.
    """
    if mode is not None:
        os.environ["FRONTSTAGE_MODE"] = mode
    demonstration = os.environ.get("FRONTSTAGE_MODE") == "demonstration"
    if demonstration:
        os.environ.setdefault("FRONTSTAGE_FILES", str(home() / "demonstration-files"))
    with provided_database("demonstration" if demonstration else "frontstage") as provided:
        start_django()
        if provided.server is None:
            _require_reachable()
        try:
            yield provided
        finally:
            let_go_of_database()


def database_parameters() -> dict[str, Any]:
    """How to connect to the installation's database without Django."""
    from django.db import connection

    parameters = connection.get_connection_params()
    for of_python_alone in ("cursor_factory", "context", "prepare_threshold", "client_encoding"):
        parameters.pop(of_python_alone, None)
    return parameters


def let_go_of_database() -> None:
    """Close every connection of this process, those that the pool keeps included."""
    from django.db import connections

    connections.close_all()
    connections["default"].close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it


def migrate(report: Report | None = None) -> int:
    """Bring the database up to this program's tables. The number of migrations applied."""
    from django.core.management import call_command
    from django.core.management.commands.migrate import Command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
    try:
        executor = MigrationExecutor(connection)
        total = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if not total:
            return 0

        class Reporting(Command):
            applied = 0

            def migration_progress_callback(
                self, action: str, migration: Any = None, fake: bool = False
            ) -> None:
                if action == "apply_success":
                    self.applied += 1
                    if report is not None:
                        report("Preparing the database", self.applied, total)

        call_command(Reporting(), verbosity=0)
        return total
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


def require_migrated() -> None:
    """Refuse to run on tables of another version."""
    from frontstage.web.health import migrations_state

    state = migrations_state()
    if state != "ok":
        raise exits.Stop(
            f"The database is not ready: {state}.", remedy="Nothing was started.", code=exits.REFUSED
        )


def end_on_signals() -> None:
    """SIGINT, SIGTERM and SIGHUP raise Ended, once; further ones find us already ending."""
    wanted = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def end(number: int, frame: FrameType | None) -> None:
        for one in wanted:
            signal.signal(one, signal.SIG_IGN)
        raise exits.Ended

    for one in wanted:
        signal.signal(one, end)
