"""frontstage web (internal)"""

from __future__ import annotations

import click

from frontstage.cli import serving


@click.command("web", hidden=True)
@click.option("--host", default="127.0.0.1")
@click.option("--port", type=click.IntRange(1, 65535), default=8000)
@click.option("--workers", type=click.IntRange(1), default=1)
@click.option("--threads", type=click.IntRange(1), default=8)
def command(host: str, port: int, workers: int, threads: int) -> None:
    """The web process alone. DATABASE_URL must be set."""
    serving.run_web(host, port, workers=workers, threads=threads)
