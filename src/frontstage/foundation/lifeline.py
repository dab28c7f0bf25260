"""Children that end with their parent, however it ends.

The parent holds an exclusive lock on a file; a thread in each child waits for that lock. The kernel lets go
of it when the parent dies, even by SIGKILL, and no descriptor has to be passed through a web server that
starts its own workers.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

VARIABLE = "FRONTSTAGE_LIFELINE"
GRACE = 3.0  # seconds between asking and ending

_held_by: int | None = None


@contextlib.contextmanager
def lifeline() -> Iterator[None]:
    """In the parent: children started inside end when this process does."""
    descriptor, name = tempfile.mkstemp(prefix="frontstage-lifeline-")
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    os.environ[VARIABLE] = name
    try:
        yield
    finally:
        del os.environ[VARIABLE]
        os.close(descriptor)
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()


def hold_on() -> None:
    """In a child: end, at the latest GRACE seconds after the parent. Does nothing without a parent's
    lifeline."""
    global _held_by
    name = os.environ.get(VARIABLE)
    if not name or _held_by == os.getpid():
        return
    _held_by = os.getpid()
    threading.Thread(target=_end_with_parent, args=[Path(name)], name="lifeline", daemon=True).start()


def _end_with_parent(path: Path) -> None:
    with contextlib.suppress(OSError):
        descriptor = os.open(path, os.O_RDWR)
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        os.close(descriptor)
        path.unlink(missing_ok=True)  # a killed parent could not
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)
