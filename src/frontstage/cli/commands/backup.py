"""frontstage backup FILE"""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from frontstage import __version__
from frontstage.cli import archive, dumping, exits, starting
from frontstage.cli.output import console, progress


@click.command(
    "backup",
    epilog="""\b
Examples:
  frontstage backup /backups/frontstage-$(date +%F).tar
  DATABASE_URL=postgresql://me@db/frontstage frontstage backup frontstage.tar
\b
It may run while the program does; the backup is one consistent moment. The file holds personal
data and is readable by its owner alone: keep it as well guarded as the database.
""",
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite FILE if it exists.")
def command(file: Path, force: bool) -> None:
    """Write everything into FILE: the database and the attachments, with a digest of each."""
    if file.exists() and not force:
        raise exits.Stop(f"{file} exists.", remedy="Name another file, or add --force.", code=exits.REFUSED)
    if not file.absolute().parent.is_dir():
        raise click.BadParameter(f"there is no folder {file.absolute().parent}.")
    with starting.installation():
        if dumping.is_empty(starting.database_parameters()):
            raise exits.Stop("The database is empty: there is nothing to back up.", code=exits.REFUSED)
        size = write_backup(file)
    console.print(f"{file}: {size / 1e6:,.1f} MB", markup=False)


def write_backup(file: Path) -> int:
    """Write the backup of the running installation. Its size in bytes."""
    from django.conf import settings
    from django.utils import timezone

    parameters = starting.database_parameters()
    manifest = archive.Manifest(
        frontstage=__version__,
        postgresql=dumping.server_major(parameters),
        made_at=timezone.now().isoformat(timespec="seconds"),
        migrations=applied_migrations(),
    )
    with tempfile.TemporaryDirectory(prefix=".frontstage-backup-", dir=file.absolute().parent) as folder:
        dump = Path(folder) / archive.DUMP
        with progress() as report:
            report("Dumping the database", 0, 1)
            # The database first: attachments are never changed or removed, so what it names is there
            # afterwards.
            dumping.dump(parameters, dump)
            report("Dumping the database", 1, 1)
            archive.write(
                file,
                dump,
                Path(settings.MEDIA_ROOT),
                manifest,
                lambda done, total: report("Writing the backup", done, total),
            )
    return file.stat().st_size


def applied_migrations() -> list[str]:
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
