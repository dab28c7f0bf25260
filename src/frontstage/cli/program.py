"""The command group, and how every error becomes a sentence, a remedy and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import NoReturn

import click

from frontstage import __version__
from frontstage.cli import exits
from frontstage.cli.output import complain

# In the order of the help page. Each module holds a click command named ``command``; it must be light to
# import.
COMMANDS = {
    "demo": "frontstage.cli.commands.demo",
    "serve": "frontstage.cli.commands.serve",
    "work": "frontstage.cli.commands.work",
    "migrate": "frontstage.cli.commands.migrate",
    "charter": "frontstage.cli.commands.charter",
    "person": "frontstage.cli.commands.person",
    "backup": "frontstage.cli.commands.backup",
    "restore": "frontstage.cli.commands.restore",
    "doctor": "frontstage.cli.commands.doctor",
    "manage": "frontstage.cli.commands.manage",
    "version": "frontstage.cli.commands.version",
    "web": "frontstage.cli.commands.web",
    "live": "frontstage.cli.commands.live",
}
# Commands of the measuring side: no Django, no database. name -> (module, attribute).
MEASURING = {
    "assess": ("frontstage.assess.command", "assess"),
    "servqual": ("frontstage.assess.command", "servqual"),
}


class Program(click.Group):
    def list_commands(self, context: click.Context) -> list[str]:
        measuring = [name for name, (module, _) in MEASURING.items() if _exists(module)]
        return [*COMMANDS, *measuring]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name in COMMANDS:
            found = import_module(COMMANDS[name]).command
        elif name in MEASURING and _exists(MEASURING[name][0]):
            module, attribute = MEASURING[name]
            found = getattr(import_module(module), attribute)
        else:
            return None
        if not isinstance(found, click.Command):
            raise TypeError(f"{name} is not a command")
        return found


def _exists(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


@click.command(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  frontstage demo                    a populated service desk, at http://127.0.0.1:8000
  frontstage doctor                  what is wrong with this installation, and how to mend it
  frontstage charter check my.yaml   every mistake of a charter, with its line
\b
Exit codes: 0 done; 1 failed; 2 wrong use or bad input; 3 refused (nothing was changed).
Data lies in FRONTSTAGE_HOME. DATABASE_URL names a PostgreSQL; without it Frontstage runs its own.
""",
)
@click.version_option(__version__, "--version", prog_name="frontstage")
def program() -> None:
    """Customer service that measures itself: serve, listen, measure, improve."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line. The exit code."""
    try:
        ended = program.main(
            args=list(arguments) if arguments is not None else None,
            prog_name="frontstage",
            standalone_mode=False,
        )
    except exits.Ended:
        return exits.OK
    except (click.Abort, KeyboardInterrupt):
        complain("interrupted")
        return 130
    except click.UsageError as error:
        error.show()
        return exits.WRONG_USE
    except exits.Stop as stop:
        complain(stop.message, stop.remedy)
        return stop.code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        # The reader of our output has gone (frontstage ... | head): nothing to complain about, and nobody to
        # hear it.
        sys.stdout = None  # type: ignore[assignment]
        return exits.OK
    except Exception as error:  # the last place that can turn an error into a sentence
        explained = _explained(error)
        if explained is None:
            raise
        complain(explained.message, explained.remedy)
        return explained.code
    return ended if isinstance(ended, int) else exits.OK


def _explained(error: Exception) -> exits.Stop | None:
    """The errors that have a remedy; None for those that are a fault of the program."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management.base import CommandError
    from django.db import OperationalError
    from psycopg import OperationalError as Unreachable

    from frontstage.foundation.embedded import EmbeddedServerError
    from frontstage.foundation.errors import BadInput, Refusal

    if isinstance(error, EmbeddedServerError):
        return exits.Stop(error.reason, remedy=error.remedy, code=exits.REFUSED)
    if isinstance(error, ImproperlyConfigured):
        return exits.Stop(str(error), remedy="frontstage doctor lists every setting.", code=exits.WRONG_USE)
    if isinstance(error, Refusal):
        return exits.Stop(str(error), code=exits.WRONG_USE if isinstance(error, BadInput) else exits.REFUSED)
    if isinstance(error, CommandError):
        return exits.Stop(str(error), code=error.returncode)
    if isinstance(error, OperationalError | Unreachable):
        return exits.Stop(
            f"The database cannot be used: {str(error).strip()}",
            remedy="Check DATABASE_URL, or unset it to use the embedded server. frontstage doctor says more.",
        )
    return None
