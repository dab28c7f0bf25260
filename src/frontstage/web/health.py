"""/healthz: whether database, migrations and worker are in order. Asked often by machines, so it costs three
small reads."""

from __future__ import annotations

from functools import cache

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import Max
from django.db.models.functions import Now
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

# A worker tells of itself every 10 seconds; three missed and it counts as gone.
WORKER_SILENCE = 30


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 and {"status": "ok", ...}; 503 with the reason while something is not in order."""
    report = health()
    return JsonResponse(report, status=200 if report["status"] == "ok" else 503)


def health() -> dict[str, str]:
    """{"status": "ok" or "failed", "database": ..., "migrations": ..., "worker": ...}: "ok" or what is
    wrong."""
    report = {"status": "failed", "database": "unknown", "migrations": "unknown", "worker": "unknown"}
    try:
        report["migrations"] = migrations_state()
        report["database"] = "ok"
        if report["migrations"] == "ok":
            report["worker"] = worker_state()
    except DatabaseError as error:
        report["database"] = str(error).strip() or "unreachable"
    if all(report[part] == "ok" for part in ("database", "migrations", "worker")):
        report["status"] = "ok"
    return report


@cache
def _shipped_migrations() -> frozenset[tuple[str, str]]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return frozenset((migration.app_label, migration.name) for migration in loader.disk_migrations.values())


def migrations_state() -> str:
    """ "ok", or how many migrations are still to be applied."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return "the database is empty: run frontstage migrate"
        cursor.execute("SELECT app, name FROM django_migrations")
        missing = _shipped_migrations() - set(cursor.fetchall())
    return "ok" if not missing else f"{len(missing)} still to be applied: run frontstage migrate"


def worker_state() -> str:
    """ "ok", or that no worker has told of itself lately."""
    newest = apps.get_model("procrastinate", "ProcrastinateWorker").objects.aggregate(
        silence=Now() - Max("last_heartbeat")
    )
    silence = newest["silence"]
    if silence is None:
        return "none has started: run frontstage work"
    seconds = int(silence.total_seconds())
    return "ok" if seconds < WORKER_SILENCE else f"silent for {seconds} s: run frontstage work"
