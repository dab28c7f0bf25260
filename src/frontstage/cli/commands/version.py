"""frontstage version"""

from __future__ import annotations

import platform

import click

from frontstage import __version__
from frontstage.cli.output import console


@click.command("version")
def command() -> None:
    """Versions of the program and of what it stands on."""
    import django
    import granian
    import procrastinate

    from frontstage.foundation.embedded import EmbeddedServerError, binaries

    try:
        postgres = str(binaries.major_version())
    except EmbeddedServerError:
        postgres = "not installed"
    console.print(f"Frontstage {__version__}")
    console.print(f"Python {platform.python_version()}, Django {django.get_version()}")
    console.print(f"granian {granian.__version__}, procrastinate {procrastinate.__version__}")
    console.print(f"embedded PostgreSQL {postgres}")
