"""What `frontstage doctor` looks at. Each check says what it found and, when something is wrong, what to
do."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Literal

from frontstage.foundation.home import home

Verdict = Literal["ok", "warning", "wrong"]
LEAST_SPACE = 1 << 30  # bytes
LEAST_POSTGRESQL = 15


@dataclass(frozen=True)
class Finding:
    subject: str
    verdict: Verdict
    said: str
    remedy: str = ""


def before_django() -> Iterator[Finding]:
    """What can be said of the machine alone."""
    for check in (python, packages, home_folder, space, locale):
        yield check()


def on_django() -> Iterator[Finding]:
    """What needs settings and a database."""
    for check in (server, migrations, worker, browser_files, *_production()):
        try:
            yield check()
        except Exception as error:  # a check that fails is itself a finding
            name = check.__name__.replace("_", " ").capitalize()
            yield Finding(name, "wrong", str(error).strip() or type(error).__name__)


def python() -> Finding:
    running = ".".join(map(str, sys.version_info[:3]))
    if (3, 11) <= sys.version_info[:2] <= (3, 13):
        return Finding("Python", "ok", running)
    return Finding("Python", "wrong", running, "Use Python 3.11, 3.12 or 3.13: make PYTHON=python3.12 setup")


def packages() -> Finding:
    """Every package that we ask for is there, in the version that we ask for."""
    from packaging.requirements import Requirement

    missing = []
    for asked in map(Requirement, requires("frontstage") or []):
        if asked.marker and not asked.marker.evaluate({"extra": ""}):
            continue
        try:
            if not asked.specifier.contains(version(asked.name), prereleases=True):
                missing.append(f"{asked.name} {version(asked.name)} is not {asked.specifier}")
        except PackageNotFoundError:
            missing.append(f"{asked.name} is missing")
    if missing:
        return Finding(
            "Packages", "wrong", "; ".join(missing), "make setup, or pip install --upgrade frontstage"
        )
    return Finding("Packages", "ok", "all there")


def home_folder() -> Finding:
    place = _existing(home())
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        return Finding(
            "Home",
            "wrong",
            f"{home()}: {error.strerror}",
            "Set FRONTSTAGE_HOME to a folder that may be written.",
        )
    return Finding("Home", "ok", str(home()))


def space() -> Finding:
    free = shutil.disk_usage(_existing(home())).free
    if free < LEAST_SPACE:
        return Finding("Space", "wrong", f"{free / 1e6:,.0f} MB free", f"Make room where {home()} lies.")
    return Finding("Space", "ok", f"{free / 1e9:,.0f} GB free")


def locale() -> Finding:
    encoding = sys.getfilesystemencoding().lower()
    if encoding not in {"utf-8", "utf8"}:
        return Finding("Locale", "warning", f"file names are {encoding}", "Set LANG=C.UTF-8.")
    return Finding("Locale", "ok", "UTF-8")


def server() -> Finding:
    from django.db import connection

    connection.ensure_connection()
    found = int(connection.pg_version)  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it
    where = "embedded" if "/postgres/run" in connection.settings_dict["HOST"] else "DATABASE_URL"
    said = f"PostgreSQL {found // 10000}.{found % 10000} ({where})"
    if found // 10000 < LEAST_POSTGRESQL:
        return Finding("Database", "wrong", said, f"Use PostgreSQL {LEAST_POSTGRESQL} or newer.")
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        encoding = cursor.fetchone()[0]
    if encoding != "UTF8":
        return Finding(
            "Database", "wrong", f"{said}, encoding {encoding}", "Create the database with ENCODING 'UTF8'."
        )
    return Finding("Database", "ok", said)


def migrations() -> Finding:
    from frontstage.web.health import migrations_state

    state = migrations_state()
    if state == "ok":
        return Finding("Migrations", "ok", "all applied")
    return Finding("Migrations", "wrong", state, "frontstage migrate")


def worker() -> Finding:
    from frontstage.web.health import migrations_state, worker_state

    state = worker_state() if migrations_state() == "ok" else "the database is not migrated"
    if state == "ok":
        return Finding("Worker", "ok", "alive")
    return Finding("Worker", "warning", state, "Start one: frontstage work")


def browser_files() -> Finding:
    from django.conf import settings

    manifest = Path(settings.STATIC_FOLDER) / "dist" / "manifest.json"
    if not manifest.exists():
        return Finding(
            "Browser files", "wrong", f"{manifest} is missing", "Install Frontstage again, or make frontend."
        )
    return Finding("Browser files", "ok", "built")


def _production() -> tuple[Callable[[], Finding], ...]:
    if os.environ.get("FRONTSTAGE_MODE", "production") != "production":
        return ()
    return (secret_key, hosts, https, demonstration_data)


def secret_key() -> Finding:
    from django.conf import settings

    if len(settings.SECRET_KEY) < 50 or len(set(settings.SECRET_KEY)) < 5:
        return Finding(
            "Secret key",
            "wrong",
            "too short to be secret",
            "Set FRONTSTAGE_SECRET_KEY (or _FILE) to 50 random characters: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'",
        )
    return Finding("Secret key", "ok", "set")


def hosts() -> Finding:
    from django.conf import settings

    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        said = "none named" if not settings.ALLOWED_HOSTS else "every name is accepted"
        return Finding("Host names", "wrong", said, "Set FRONTSTAGE_HOSTS=service.example.org")
    return Finding("Host names", "ok", ", ".join(settings.ALLOWED_HOSTS))


def https() -> Finding:
    from django.conf import settings

    if not settings.HTTPS:
        return Finding(
            "HTTPS", "warning", "off: passwords travel in the clear", "Unset FRONTSTAGE_HTTPS, use a proxy."
        )
    if settings.SECURE_PROXY_SSL_HEADER is None:
        return Finding(
            "HTTPS",
            "warning",
            "required, but no proxy is trusted to say that it was used",
            "Behind a proxy that ends HTTPS, set FRONTSTAGE_BEHIND_PROXY=1.",
        )
    return Finding("HTTPS", "ok", "required")


def demonstration_data() -> Finding:
    from frontstage.cli.demonstration import is_seeded
    from frontstage.web.health import migrations_state

    if migrations_state() == "ok" and is_seeded():
        return Finding(
            "Data",
            "wrong",
            "this is a demonstration, whose passwords everybody knows",
            "Use another database.",
        )
    return Finding("Data", "ok", "no demonstration")


def _existing(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path
