"""frontstage demo"""

from __future__ import annotations

import http.client
import time

import click
from rich.table import Table

from frontstage.cli import demonstration, exits, serving, starting
from frontstage.cli.family import Family
from frontstage.cli.output import console, progress
from frontstage.foundation.lifeline import lifeline

READY_WITHIN = 90.0


@click.command(
    "demo",
    epilog="""\b
Examples:
  frontstage demo
  frontstage demo --customers 20000
  PORT=9000 FRONTSTAGE_HOME=/tmp/binjiang frontstage demo
\b
The demonstration has a database of its own and never touches other data. Ctrl-C ends it;
started again it opens as it was left. Remove its folder to begin anew.
""",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, envvar="PORT")
@click.option("--customers", type=click.IntRange(10), help="How many customers to make, the first time.")
def command(host: str, port: int, customers: int | None) -> None:
    """Open a populated, bilingual service desk: a city gas company and a year of its service."""
    began = time.monotonic()
    starting.end_on_signals()
    serving.require_free(host, port)
    with starting.installation(mode="demonstration") as database, lifeline(), Family() as family:
        with progress() as report:
            demonstration.prepare(database, customers, report)
        live_port = serving.live_port_beside(host, port)
        serving.start_web_and_live(family, host, port, workers=1, threads=8, live_port=live_port)
        family.start("worker", "work")
        if not family.wait_until(lambda: _is_well(host, port), seconds=READY_WITHIN):
            raise exits.Stop(
                f"The demonstration was not ready within {READY_WITHIN:.0f} seconds: {_said(host, port)}",
                remedy="frontstage doctor says what is wrong.",
            )
        _welcome(host, port, time.monotonic() - began)
        family.wait_for_ever()


def _asked(host: str, port: int) -> tuple[int, str]:
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # "everywhere" is asked for here
    connection = http.client.HTTPConnection(here, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        return answer.status, answer.read(2000).decode("utf-8", "replace")
    except OSError as error:
        return 0, str(error)
    finally:
        connection.close()


def _is_well(host: str, port: int) -> bool:
    return _asked(host, port)[0] == 200


def _said(host: str, port: int) -> str:
    return _asked(host, port)[1]


def _welcome(host: str, port: int, seconds: float) -> None:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104
    console.print(f"\nThe demonstration is open at [bold]http://{shown}:{port}[/] ({seconds:.1f} s)")
    table = Table(title="Sign in as", title_justify="left", box=None, padding=(0, 2, 0, 0))
    for heading in ("Who", "User name", "Password"):
        table.add_column(heading)
    for who, name in demonstration.SIGN_INS:
        table.add_row(who, name, demonstration.PASSWORD)
    console.print(table)
    console.print("Ctrl-C ends it.")
