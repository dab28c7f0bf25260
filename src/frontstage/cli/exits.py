"""What the program's exit codes mean, and how it ends with one. Scripts rely on them:
docs/reference/cli.md."""

from __future__ import annotations

import click

OK = 0
FAILED = 1
WRONG_USE = 2
REFUSED = 3


class Ended(BaseException):
    """Somebody asked the program to end (SIGINT, SIGTERM, SIGHUP). No error: what is open closes on the way
    out."""


class Stop(click.ClickException):
    """The program cannot go on: why, what to do about it, and the exit code."""

    def __init__(self, reason: str, *, remedy: str = "", code: int = FAILED) -> None:
        super().__init__(reason)
        self.remedy = remedy
        self.code = code
