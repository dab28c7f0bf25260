"""The server's process: found, started, stopped."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg

from frontstage.foundation.embedded import binaries
from frontstage.foundation.embedded.account import Account
from frontstage.foundation.embedded.cluster import SUPERUSER, server_environment
from frontstage.foundation.embedded.errors import EmbeddedServerError
from frontstage.foundation.embedded.folders import Folders

# Recovery after a crash replays at most max_wal_size; a slow disk needs minutes for it.
START_TIMEOUT = 300.0
STOP_TIMEOUT = 60.0


def answers(folders: Folders) -> bool:
    """Whether the server takes connections."""
    try:
        with psycopg.connect(
            host=str(folders.socket), port=5432, user=SUPERUSER, dbname="postgres", connect_timeout=5
        ):
            return True
    except psycopg.OperationalError:
        return False


def postmaster(folders: Folders) -> psutil.Process | None:
    """The server's main process by its pid file, or None; a pid that now belongs to another program is not
    ours."""
    try:
        pid = int(folders.pid_file.read_bytes().splitlines()[0])
        process = psutil.Process(pid)
        ours = str(folders.data) in process.cmdline() and process.status() != psutil.STATUS_ZOMBIE
    except (OSError, ValueError, IndexError, psutil.Error):
        return None
    return process if ours else None


def start(folders: Folders, account: Account) -> None:
    """Start the server and wait until it answers. A server killed a moment ago may still be letting go of its
    memory."""
    if postmaster(folders) is None:
        folders.pid_file.unlink(missing_ok=True)
    deadline = time.monotonic() + START_TIMEOUT
    patience = time.monotonic() + 15
    server = None
    while not answers(folders):
        if server is None and postmaster(folders) is None:
            server = _launch(folders, account)
        if server is not None and server.poll() is not None:
            if time.monotonic() > patience:
                raise _failure(folders)
            time.sleep(0.5)
            server = None
        if time.monotonic() > deadline:
            raise _failure(folders)
        time.sleep(0.05)


def _launch(folders: Folders, account: Account) -> subprocess.Popen[bytes]:
    command = [*account.prefix, str(binaries.program("postgres")), "-D", str(folders.data)]
    with (folders.base / "start.log").open("wb") as log:
        # A session of its own: Ctrl-C in the terminal is for us, and to PostgreSQL would mean an early end.
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env=server_environment(),
            start_new_session=True,
            **account.options,
        )


def _failure(folders: Folders) -> EmbeddedServerError:
    said = (folders.base / "start.log").read_text(encoding="utf-8", errors="replace").strip()
    logs = sorted(folders.log.glob("*.log"), key=lambda path: path.stat().st_mtime)
    if logs:
        said += "\n" + "\n".join(logs[-1].read_text(encoding="utf-8", errors="replace").splitlines()[-15:])
    return EmbeddedServerError(
        f"The embedded PostgreSQL did not start. It said:\n{said.strip()}",
        remedy=f"Its logs lie in {folders.log}. Mend what they say, or set DATABASE_URL to another server.",
    )


def stop(folders: Folders) -> None:
    """End the server with a checkpoint, without waiting for its clients (fast shutdown)."""
    process = postmaster(folders)
    if process is None:
        return
    try:
        process.send_signal(signal.SIGINT)
        process.wait(STOP_TIMEOUT)
    except psutil.NoSuchProcess:
        return
    except psutil.TimeoutExpired:
        # Immediate shutdown: as safe as a power cut, which the next start recovers from.
        process.send_signal(signal.SIGQUIT)


def watch(folders: Folders) -> None:
    """Leave behind a small process that stops the server once no program uses it, were they all killed."""
    script = Path(__file__).with_name("watcher.py")
    subprocess.Popen(
        [sys.executable, "-I", "-S", str(script), str(folders.users_lock), str(folders.pid_file)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
    )
