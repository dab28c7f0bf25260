"""Run as a script beside the server, with the standard library alone: waits until no program holds
users.lock, then stops the server. So a server never outlives the programs that used it, even when all of them
were killed."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import sys
import time
from pathlib import Path


def postmaster_pid(pid_file: Path) -> int | None:
    try:
        return int(pid_file.read_bytes().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None


def main(users_lock: str, pid_file: Path) -> None:
    watched = postmaster_pid(pid_file)
    descriptor = os.open(users_lock, os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    if watched is None or postmaster_pid(pid_file) != watched:
        return
    with contextlib.suppress(ProcessLookupError):
        os.kill(watched, signal.SIGINT)
    deadline = time.monotonic() + 60
    # The lock is kept until the server has gone, so that a newcomer does not meet a server that is leaving.
    while pid_file.exists() and time.monotonic() < deadline:
        time.sleep(0.02)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
