"""frontstage restore FILE"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import click

from frontstage.cli import archive, dumping, exits, starting
from frontstage.cli.output import console, progress


@click.command(
    "restore",
    epilog="""\b
Examples:
  frontstage restore frontstage.tar                into a new installation
  frontstage restore --replace frontstage.tar      instead of what is there, which is lost
\b
Stop serve and work first. The file is checked to its end before anything is touched.
""",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Replace an installation that holds data.")
def command(file: Path, replace: bool) -> None:
    """Bring back everything from a backup: the database and the attachments."""
    manifest = archive.verified(file)
    with starting.installation():
        _require_known_migrations(manifest)
        read_backup(file, replace=replace)
        applied = starting.migrate()
    console.print(f"Restored the backup of {manifest.made_at}, made by Frontstage {manifest.frontstage}.")
    if applied:
        console.print(f"{applied} migrations brought it up to this version.")


def read_backup(file: Path, *, replace: bool) -> None:
    """Put a verified backup in the place of the installation's database and attachments."""
    from django.conf import settings

    parameters, files = starting.database_parameters(), Path(settings.MEDIA_ROOT)
    empty = dumping.is_empty(parameters)
    if not replace and (not empty or (files.is_dir() and any(files.iterdir()))):
        raise exits.Stop(
            "This installation holds data; a restore would replace it.",
            remedy="Make a backup of it if it is of worth, then add --replace. Nothing was changed.",
            code=exits.REFUSED,
        )
    starting.let_go_of_database()
    files.parent.mkdir(parents=True, exist_ok=True)
    # Beside the attachments' place, so that renaming them into it is one step.
    with (
        tempfile.TemporaryDirectory(prefix=".frontstage-restore-", dir=files.parent) as folder,
        progress() as report,
    ):
        dump, unpacked = Path(folder) / archive.DUMP, Path(folder) / "files"
        unpacked.mkdir(mode=0o700)
        steps = ("Unpacking", "Restoring the database", "Restoring the attachments")
        report(steps[0], 0, 1)
        archive.unpack(file, dump=dump, files=unpacked)
        report(steps[0], 1, 1)
        report(steps[1], 0, 1)
        dumping.load_anew(parameters, dump, keep_while_loading=not empty)
        report(steps[1], 1, 1)
        report(steps[2], 0, 1)
        _exchange(unpacked, files, Path(folder))
        report(steps[2], 1, 1)


def _exchange(fresh: Path, place: Path, folder: Path) -> None:
    if place.exists():
        place.rename(folder / "replaced")
    try:
        fresh.rename(place)
    except OSError:  # the attachments' folder is a mount of its own: its content is exchanged instead
        shutil.copytree(fresh, place, dirs_exist_ok=True)


def _require_known_migrations(manifest: archive.Manifest) -> None:
    """A backup of a newer program has tables that this one does not understand."""
    from django.db.migrations.loader import MigrationLoader

    known = {
        f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    }
    unknown = sorted(set(manifest.migrations) - known)
    if unknown:
        raise exits.Stop(
            f"The backup was made by Frontstage {manifest.frontstage}, which is newer ({unknown[0]} is "
            "unknown here).",
            remedy=f"Install Frontstage {manifest.frontstage} or newer, then restore.",
            code=exits.REFUSED,
        )
