"""frontstage work"""

from __future__ import annotations

import click

from frontstage.cli import starting
from frontstage.foundation.lifeline import hold_on


@click.command(
    "work",
    epilog="""\b
Examples:
  frontstage work
  frontstage work --concurrency 8
\b
Start as many as you like, on any machine: a task is done once, whoever takes it.
""",
)
@click.option(
    "--concurrency", type=click.IntRange(1, 64), default=4, show_default=True, help="Tasks at a time."
)
def command(concurrency: int) -> None:
    """Do background work: clocks, messages, invitations, everything on a schedule."""
    hold_on()
    starting.end_on_signals()
    with starting.installation():
        starting.require_migrated()
        from frontstage.config.tasks import run_worker

        run_worker(concurrency=concurrency)
