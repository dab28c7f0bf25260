"""frontstage serve"""

from __future__ import annotations

import os

import click

from frontstage.cli import serving, starting
from frontstage.cli.family import Family
from frontstage.cli.output import console
from frontstage.foundation.lifeline import lifeline

MOST_WORKERS = 4


@click.command(
    "serve",
    epilog="""\b
Examples:
  frontstage serve --host 0.0.0.0 --port 8080
  frontstage serve --workers 4 --threads 8      4 processes of 8 threads, 32 connections at most
\b
Run frontstage work beside it, on this machine or another with the same DATABASE_URL.
Behind a reverse proxy, send exactly /live/ to the live port (--live-port, one above --port) and set
FRONTSTAGE_BEHIND_PROXY=1. docs/how-to/run-in-production.md has the whole of it.
""",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, envvar="PORT")
@click.option(
    "--live-port",
    type=click.IntRange(1, 65535),
    help="Port of the live process.  [default: the next one free]",
)
@click.option(
    "--workers", type=click.IntRange(1, 64), help="Web processes.  [default: one a core, at most 4]"
)
@click.option("--threads", type=click.IntRange(1, 64), default=8, show_default=True, help="Threads of each.")
def command(host: str, port: int, live_port: int | None, workers: int | None, threads: int) -> None:
    """Serve the pages, the REST interface and live updates."""
    starting.end_on_signals()
    serving.require_free(host, port)
    with starting.installation(), lifeline(), Family() as family:
        starting.require_migrated()
        serving.start_web_and_live(
            family,
            host,
            port,
            workers=workers or min(MOST_WORKERS, os.cpu_count() or 1),
            threads=threads,
            live_port=live_port or serving.live_port_beside(host, port),
        )
        console.print(f"Frontstage listens on http://{host}:{port} (Ctrl-C ends it)")
        family.wait_for_ever()
