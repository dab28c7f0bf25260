"""PostgreSQL's own programs that dump a database and read it back."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import psycopg
from psycopg import conninfo, sql

from frontstage.cli import exits
from frontstage.foundation.embedded import EmbeddedServerError, binaries


def server_major(parameters: dict[str, Any]) -> int:
    with psycopg.connect(**parameters) as connection:
        return connection.info.server_version // 10000


def dump(parameters: dict[str, Any], target: Path) -> None:
    """Write the database in pg_dump's custom format: one consistent moment of it, while others go on
    working."""
    _run(
        parameters,
        "pg_dump",
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        f"--file={target}",
        what="The database could not be dumped",
    )


def load(parameters: dict[str, Any], source: Path) -> None:
    """Read a dump into an empty database, all or nothing."""
    _run(
        parameters,
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--single-transaction",
        str(source),
        what="The dump could not be read into the database",
    )
    with psycopg.connect(**parameters, autocommit=True) as connection:
        connection.execute("ANALYZE")  # a dump holds no statistics; without them the first pages are slow


def _run(parameters: dict[str, Any], name: str, *arguments: str, what: str) -> None:
    said = {key: str(value) for key, value in parameters.items() if value is not None}
    password = said.pop("password", None)
    environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    command = [
        _program(name, server_major(parameters)),
        f"--dbname={conninfo.make_conninfo(**said)}",
        *arguments,
    ]
    ended = subprocess.run(command, capture_output=True, text=True, env=environment)
    if ended.returncode != 0:
        raise exits.Stop(f"{what}: {ended.stderr.strip()}", remedy="Nothing was changed.")


def _program(name: str, server: int) -> str:
    """Our own program, unless the server is newer than it: then the system's, which must be new enough."""
    try:
        if server <= binaries.major_version():
            return str(binaries.program(name))
    except EmbeddedServerError:
        pass
    found = shutil.which(name)
    if found is None:
        raise exits.Stop(
            f"The server is PostgreSQL {server}, newer than the {name} that Frontstage brings.",
            remedy=f"Install the PostgreSQL {server} client programs, so that {name} is found on the PATH.",
            code=exits.REFUSED,
        )
    return found


def is_empty(parameters: dict[str, Any]) -> bool:
    """Whether the database has no table of anybody's."""
    with psycopg.connect(**parameters) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchone()
    return row == (0,)


def load_anew(parameters: dict[str, Any], source: Path, *, keep_while_loading: bool) -> None:
    """Read a dump into a fresh database and put that in the place of the present one, which is dropped at the
    end.

    An empty present database is used as it is. Otherwise the role must be allowed to create databases.
    """
    if not keep_while_loading:
        load(parameters, source)
        return
    name = str(parameters["dbname"])
    making, leaving = f"{name}_restoring", f"{name}_replaced"
    with psycopg.connect(**{**parameters, "dbname": "postgres"}, autocommit=True) as admin:
        try:
            for leftover in (making, leaving):
                admin.execute(_statement("DROP DATABASE IF EXISTS {} WITH (FORCE)", leftover))
            admin.execute(_statement("CREATE DATABASE {}", making))
        except psycopg.errors.InsufficientPrivilege:
            raise exits.Stop(
                f"The role {parameters.get('user')} may not create databases, and {name} is not empty.",
                remedy="Allow it (ALTER ROLE ... CREATEDB), or name an empty database in DATABASE_URL.",
                code=exits.REFUSED,
            ) from None
        load({**parameters, "dbname": making}, source)
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> "
            "pg_backend_pid()",
            [name],
        )
        admin.execute(_statement("ALTER DATABASE {} RENAME TO {}", name, leaving))
        admin.execute(_statement("ALTER DATABASE {} RENAME TO {}", making, name))
        admin.execute(_statement("DROP DATABASE {} WITH (FORCE)", leaving))


def _statement(text: str, *names: str) -> sql.Composed:
    return sql.SQL(text).format(*map(sql.Identifier, names))  # type: ignore[arg-type]
