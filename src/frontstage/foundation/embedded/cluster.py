"""The server's data: made once, checked for its version at every start, and its settings."""

from __future__ import annotations

import os
import shutil
import subprocess

from frontstage.foundation.embedded import binaries
from frontstage.foundation.embedded.account import Account
from frontstage.foundation.embedded.errors import EmbeddedServerError
from frontstage.foundation.embedded.folders import Folders

SUPERUSER = "frontstage"
SETTINGS_FILE = "frontstage.conf"
# For a small machine that also runs the program. What was acknowledged is on disk: synchronous_commit stays
# on.
SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    # Small containers have a small /dev/shm: parallel queries take from here first.
    "min_dynamic_shared_memory": "64MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "max_wal_size": "2GB",
    "synchronous_commit": "on",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "on",
    "log_filename": "server-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_min_messages": "warning",
    "log_line_prefix": "%m [%p] ",
}
# For tests, whose data nobody will miss.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "128MB"}


def ensure_cluster(folders: Folders, account: Account, *, durable: bool) -> None:
    """Make the data folder if there is none; refuse one of another major version; write this start's
    settings."""
    version_file = folders.data / "PG_VERSION"
    if not version_file.exists():
        _initialise(folders, account, durable=durable)
    found = int(version_file.read_text(encoding="ascii").strip())
    if found != binaries.major_version():
        raise EmbeddedServerError(
            f"The data in {folders.data} was written by PostgreSQL {found}; this Frontstage brings "
            f"PostgreSQL {binaries.major_version()} and will not touch it.",
            remedy="With the Frontstage that wrote it, run: frontstage backup FILE. Then move the folder "
            "away and run with this one: frontstage restore FILE. Or set DATABASE_URL to a server that holds "
            "the data.",
        )
    _write_settings(folders, account, durable=durable)


def _initialise(folders: Folders, account: Account, *, durable: bool) -> None:
    # Made beside its place and renamed, so that a kill in the middle leaves nothing that looks like a
    # cluster.
    making = folders.base / "data.making"
    shutil.rmtree(making, ignore_errors=True)
    command = [
        *account.prefix,
        str(binaries.program("initdb")),
        f"--pgdata={making}",
        f"--username={SUPERUSER}",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--data-checksums",
        *([] if durable else ["--no-sync"]),
    ]
    made = subprocess.run(
        command, capture_output=True, text=True, cwd="/", env=server_environment(), **account.options
    )
    if made.returncode != 0:
        said = (made.stderr or made.stdout).strip()
        raise EmbeddedServerError(
            f"PostgreSQL could not make its data folder {folders.data}:\n{said}",
            remedy="Mend what it says, or set FRONTSTAGE_HOME to another folder, or DATABASE_URL to another "
            "server.",
        )
    with (making / "postgresql.conf").open("a", encoding="utf-8") as configuration:
        configuration.write(
            f"\n# What Frontstage wants; written anew at every start.\ninclude '{SETTINGS_FILE}'\n"
        )
    making.rename(folders.data)


def _write_settings(folders: Folders, account: Account, *, durable: bool) -> None:
    wanted = {
        **SETTINGS,
        "unix_socket_directories": str(folders.socket),
        "log_directory": str(folders.log),
        **({} if durable else CARELESS),
    }
    quoted = {name: value.replace("'", "''") for name, value in wanted.items()}
    text = "".join(f"{name} = '{value}'\n" for name, value in quoted.items())
    path = folders.data / SETTINGS_FILE
    path.write_text(text, encoding="utf-8")
    account.own(path)


def server_environment() -> dict[str, str]:
    """Our environment without what would lead PostgreSQL's programs elsewhere, in a locale that exists
    everywhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    return {**kept, "LANG": "C", "LC_ALL": "C"}
