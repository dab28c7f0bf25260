"""frontstage live (internal)"""

from __future__ import annotations

import click

from frontstage.cli import serving


@click.command("live", hidden=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True)
def command(host: str, port: int) -> None:
    """The live process alone: streams events at /live/. DATABASE_URL must be set."""
    serving.require_free(host, port)
    serving.run_live(host, port)
