"""frontstage doctor"""

from __future__ import annotations

import click
from rich.table import Table

from frontstage.cli import diagnosis, exits, starting
from frontstage.cli.output import console
from frontstage.foundation.embedded import EmbeddedServerError

SIGNS = {"ok": "[green]ok[/]", "warning": "[yellow]look[/]", "wrong": "[bold red]wrong[/]"}


@click.command(
    "doctor",
    epilog="""\b
Examples:
  frontstage doctor
  FRONTSTAGE_MODE=demonstration frontstage doctor
\b
Exit codes: 0 nothing is wrong; 1 something is.
""",
)
def command() -> None:
    """Say what is wrong with this installation, and how to mend it. Mends nothing by itself."""
    findings = list(diagnosis.before_django())
    findings += _of_the_installation()
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for finding in findings:
        table.add_row(SIGNS[finding.verdict], finding.subject, finding.said.replace("[", r"\["))
        if finding.remedy:
            table.add_row("", "", f"[bold]{finding.remedy}[/]")
    console.print(table)
    wrong = sum(finding.verdict == "wrong" for finding in findings)
    if wrong:
        raise exits.Stop(f"{wrong} of {len(findings)} checks found something wrong.")


def _of_the_installation() -> list[diagnosis.Finding]:
    from django.core.exceptions import ImproperlyConfigured
    from psycopg import OperationalError

    try:
        with starting.installation():
            return list(diagnosis.on_django())
    except EmbeddedServerError as error:
        return [diagnosis.Finding("Database", "wrong", error.reason, error.remedy)]
    except OperationalError as error:
        return [diagnosis.Finding("Database", "wrong", str(error).strip(), "Check DATABASE_URL.")]
    except ImproperlyConfigured as error:
        return [diagnosis.Finding("Settings", "wrong", str(error))]
