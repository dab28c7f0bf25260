"""frontstage migrate"""

from __future__ import annotations

import click

from frontstage.cli import starting
from frontstage.cli.output import console, progress


@click.command("migrate")
def command() -> None:
    """Bring the database up to this version of the program.

    Make a backup first. Several machines may start it at once: one works, the others wait.
    """
    with starting.installation(), progress() as report:
        applied = starting.migrate(report)
    console.print(
        f"{applied} migrations applied." if applied else "Nothing to do: the database is up to date."
    )
