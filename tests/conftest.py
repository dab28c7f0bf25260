"""One embedded PostgreSQL for all workers of a run; each worker's database is a copy of one migrated
template.

Ask for ``db`` (rolled back after the test) or ``transactional_db`` (a fresh copy after the test). A test that
asks for neither starts no server.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase
from psycopg import sql

from frontstage.foundation.embedded import EmbeddedServer

RUN_FOLDER = Path(os.environ["FRONTSTAGE_TEST_FOLDER"])
TEMPLATE = "migrated"


@pytest.fixture(scope="session")
def database_server() -> Iterator[EmbeddedServer]:
    """The run's server: the first worker that asks starts it, the last one that leaves stops it."""
    with EmbeddedServer(RUN_FOLDER / "server", durable=False) as server:
        yield server


@pytest.fixture(scope="session")
def database_url(database_server: EmbeddedServer, worker_id: str) -> str:
    """The address of this worker's own database, for programs that a test starts."""
    return database_server.url(f"test_{worker_id}")


@pytest.fixture(scope="session")
def django_db_setup(
    database_server: EmbeddedServer, worker_id: str, django_db_blocker: Any
) -> Iterator[None]:
    with django_db_blocker.unblock():
        _ensure_template(database_server)
        name = f"test_{worker_id}"
        _copy_template(database_server, name)
        _use(database_server, name)
        patch = pytest.MonkeyPatch()
        # Django would truncate every table, which the append-only log refuses; a fresh copy restores
        # sequences too.
        patch.setattr(
            TransactionTestCase, "_fixture_teardown", lambda self: _copy_template(database_server, name)
        )
        yield
        patch.undo()
        connections.close_all()


def _use(server: EmbeddedServer, name: str) -> None:
    wanted = {"NAME": name, "HOST": str(server.folders.socket)}
    connections.close_all()
    settings.DATABASES["default"].update(wanted)
    connection.settings_dict.update(wanted)
    os.environ["DATABASE_URL"] = server.url(name)


def _ensure_template(server: EmbeddedServer) -> None:
    """Migrate the template once; the other workers wait for it."""
    with (RUN_FOLDER / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not server.ensure_database(TEMPLATE) and (RUN_FOLDER / "template.made").exists():
            return
        _use(server, TEMPLATE)
        call_command("migrate", verbosity=0)
        connections.close_all()
        (RUN_FOLDER / "template.made").touch()


def _copy_template(server: EmbeddedServer, name: str) -> None:
    connections.close_all()
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        database = sql.Identifier(name)
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database))
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                database, sql.Identifier(TEMPLATE)
            )
        )


@pytest.fixture
def cast(db: None) -> Any:
    """The fixed cast (tests/cast.py) in a small service."""
    from frontstage.cases.actions.opening import _kind
    from frontstage.commitments.definitions import forget
    from tests.cast import assemble

    forget()
    _kind.cache_clear()
    return assemble()


@pytest.fixture
def committed_cast(transactional_db: None) -> Any:
    """The same, visible to other connections: for races."""
    from frontstage.cases.actions.opening import _kind
    from frontstage.commitments.definitions import forget
    from tests.cast import assemble

    forget()
    _kind.cache_clear()
    return assemble()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Every test begins in English: a page asked for in Chinese leaves its language behind in the thread."""
    from django.utils import translation

    with translation.override("en"):
        yield
