"""What `frontstage demo` does before it opens: tables, charter and a year of service, once."""

from __future__ import annotations

from frontstage.cli import exits, starting
from frontstage.cli.output import Report
from frontstage.foundation.embedded import ProvidedDatabase

CHARTER = "gas_supply"
PASSWORD = "binjiang-2026"  # noqa: S105  # printed on purpose; a demonstration holds nothing of anybody's
SIGN_INS = (
    ("Customer", "liu"),
    ("Agents", "chen, wang"),
    ("Team lead", "zhao"),
    ("Field workers", "sun, zhou"),
    ("Quality manager", "lin"),
    ("Head of service", "he"),
    ("Administrator", "admin"),
)
# The event that says the demonstration is complete; without it a killed seeding is begun anew.
SEEDED = "demonstration.seeded"


def prepare(database: ProvidedDatabase, customers: int | None, report: Report) -> None:
    """Migrate, and seed unless that was done. Refuses a database that holds anything else."""
    starting.migrate(report)
    if is_seeded():
        return
    if not _is_untouched():
        _begin_anew(database, report)
    _seed(customers, report)


def is_seeded() -> bool:
    """Whether this database holds a complete demonstration."""
    from frontstage.foundation.models import Event

    return Event.objects.filter(name=SEEDED, subject_kind="installation").exists()


def _is_untouched() -> bool:
    from frontstage.foundation.models import Event
    from frontstage.people.public import User

    return not (User.objects.exists() or Event.objects.exists())


def _begin_anew(database: ProvidedDatabase, report: Report) -> None:
    """Half a demonstration, left by a kill: on our own server its database is ours alone and is made
    again."""
    if database.server is None:
        raise exits.Stop(
            "The database that DATABASE_URL names holds data that is not a complete demonstration.",
            remedy="Name an empty database, or unset DATABASE_URL to use the embedded server.",
            code=exits.REFUSED,
        )
    from django.db import connection

    starting.let_go_of_database()
    name = str(connection.settings_dict["NAME"])
    database.server.drop_database(name)
    database.server.ensure_database(name)
    starting.migrate(report)


def _seed(customers: int | None, report: Report) -> None:
    from django.db import transaction
    from django.utils import timezone

    from frontstage.demo.public import seed
    from frontstage.foundation.actors import Actor
    from frontstage.foundation.events import Subject, record

    seed(customers, report)
    with transaction.atomic():
        record(
            SEEDED,
            now=timezone.now(),
            actor=Actor(kind="program", label="frontstage demo", origin="demo"),
            subject=Subject("installation", 1),
            data={"customers": customers},
        )
