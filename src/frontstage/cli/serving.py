"""The web and the live process: their ports, and granian's settings."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path

from frontstage.cli import exits
from frontstage.cli.family import Family
from frontstage.foundation.lifeline import hold_on

STATIC_FOLDER = Path(__file__).resolve().parent.parent / "web" / "static"
# Built files carry the hash of their content in their name.
STATIC_KEPT_FOR = 30 * 24 * 3600


def is_free(host: str, port: int) -> bool:
    """Whether a server may listen there. Stop for an address that is not this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise exits.Stop(
                f"Cannot listen on {host}, port {port}: {error.strerror}.",
                remedy="Name an address of this machine with --host (127.0.0.1 for itself alone, 0.0.0.0 for "
                "all) and a port from 1024 on with --port.",
            ) from None
        return True


def require_free(host: str, port: int) -> None:
    if not is_free(host, port):
        raise exits.Stop(
            f"Port {port} on {host} is taken: another program, perhaps another Frontstage, listens there.",
            remedy=f"End that program, or choose another port: --port {port + 10} (or PORT={port + 10}).",
        )


def live_port_beside(host: str, port: int) -> int:
    """A free port for the live process, the next ones first."""
    for candidate in range(port + 1, min(port + 20, 65536)):
        if is_free(host, candidate):
            return candidate
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as any_port:
        any_port.bind((host, 0))
        return int(any_port.getsockname()[1])


def start_web_and_live(
    family: Family, host: str, port: int, *, workers: int, threads: int, live_port: int
) -> None:
    """Start both; tell the web process where browsers find the live one, unless a proxy hides it
    (FRONTSTAGE_HTTPS)."""
    from django.conf import settings

    if not settings.HTTPS:
        # The star is the host by which the page was opened: localhost, 127.0.0.1 or the machine's name.
        os.environ.setdefault("FRONTSTAGE_LIVE_URL", f"http://*:{live_port}")
    os.environ.setdefault("FRONTSTAGE_POOL", str(threads))
    family.start(
        "web", "web", f"--host={host}", f"--port={port}", f"--workers={workers}", f"--threads={threads}"
    )
    family.start("live", "live", f"--host={host}", f"--port={live_port}")


def run_web(host: str, port: int, *, workers: int, threads: int) -> None:
    """Serve pages, REST and static files in this process and its workers, until a signal."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    hold_on()
    Granian(
        "frontstage.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        static_path_route=["/static"],
        static_path_mount=[STATIC_FOLDER],
        static_path_expires=STATIC_KEPT_FOR,
        respawn_failed_workers=True,
        respawn_interval=1.0,
        workers_kill_timeout=5,
        websockets=False,
        log_level=LogLevels.error,
    ).serve()


def run_live(host: str, port: int) -> None:
    """Stream live events from this process and its one worker, until a signal."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    hold_on()
    Granian(
        "frontstage.config.live_app:application",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=1,
        respawn_failed_workers=True,
        respawn_interval=1.0,
        # Streams never end by themselves; browsers come back and resume.
        workers_kill_timeout=1,
        websockets=False,
        log_level=LogLevels.error,
    ).serve()
