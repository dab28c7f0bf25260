"""frontstage manage ..."""

from __future__ import annotations

import click

from frontstage.cli import starting


@click.command(
    "manage",
    context_settings={
        "ignore_unknown_options": True,
        "allow_interspersed_args": False,
        "help_option_names": [],
    },
    epilog="""\b
Examples:
  frontstage manage createsuperuser
  frontstage manage check --deploy
  FRONTSTAGE_MODE=demonstration frontstage manage shell
""",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Django's own commands, on this installation's database."""
    with starting.installation():
        from django.core.management import ManagementUtility

        ManagementUtility(["frontstage manage", *arguments]).execute()
