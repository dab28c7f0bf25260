"""PostgreSQL's own programs that dump a database and read it back."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import conninfo, sql

from frontstage.cli import exits
from frontstage.foundation.embedded import EmbeddedServerError, binaries

# What a newer pg_restore sets at the head of its script -> the server that first knows it.
SETTINGS_SINCE = {b"SET transaction_timeout = 0;": 17}
HEAD_LINES = 40


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
    server = server_major(parameters)
    reading = [_program("pg_restore", server), "--no-owner", "--no-privileges", "--file=-", str(source)]
    address, environment = _connection(parameters)
    writing = [
        _program("psql", server),
        "--no-psqlrc",
        "--quiet",
        "--single-transaction",
        "--set=ON_ERROR_STOP=1",
    ]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(reading, stdout=subprocess.PIPE, stderr=said) as script,
        subprocess.Popen(
            [*writing, address],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env=environment,
        ) as loading,
    ):
        assert script.stdout is not None
        assert loading.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # psql stopped at an error, which it has said
            _pass_on(script.stdout, loading.stdin, server)
            loading.stdin.close()
        if (loading.wait() or script.wait()) != 0:
            said.seek(0)
            why = said.read().decode("utf-8", "replace").strip()
            raise exits.Stop(
                f"The dump could not be read into the database: {why}", remedy="Nothing was changed."
            )
    with psycopg.connect(**parameters, autocommit=True) as connection:
        connection.execute("ANALYZE")  # a dump holds no statistics; without them the first pages are slow


def _pass_on(script: IO[bytes], target: IO[bytes], server: int) -> None:
    """Hand the script on, without the settings at its head that an older server does not know."""
    unknown = {setting for setting, since in SETTINGS_SINCE.items() if server < since}
    for _ in range(HEAD_LINES):
        line = script.readline()
        if line.strip() not in unknown:
            target.write(line)
    shutil.copyfileobj(script, target)


def _run(parameters: dict[str, Any], name: str, *arguments: str, what: str) -> None:
    address, environment = _connection(parameters)
    command = [_program(name, server_major(parameters)), address, *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, env=environment)
    if ended.returncode != 0:
        raise exits.Stop(f"{what}: {ended.stderr.strip()}", remedy="Nothing was changed.")


def _connection(parameters: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """The --dbname of PostgreSQL's programs and their environment, in which the password travels unseen."""
    said = {key: str(value) for key, value in parameters.items() if value is not None}
    password = said.pop("password", None)
    return (
        f"--dbname={conninfo.make_conninfo(**said)}",
        {**os.environ, **({"PGPASSWORD": password} if password else {})},
    )


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
        try:
            load({**parameters, "dbname": making}, source)
        except exits.Stop:
            admin.execute(_statement("DROP DATABASE {} WITH (FORCE)", making))
            raise
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
