"""Models and migrations agree. Asks no database: what is on disk is compared with what is in the models."""

from __future__ import annotations

import sys

import django


def problems() -> list[str]:
    from django.apps import apps
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState

    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("frontstage.")}
    loader = MigrationLoader(None, ignore_no_migrations=True)
    clashes = [
        f"{app} has several last migrations: {names}" for app, names in loader.detect_conflicts().items()
    ]
    if clashes:
        return clashes
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    changes = detector.changes(graph=loader.graph)
    return [
        f"{app}: {operation.describe()} (run: frontstage manage makemigrations {app})"
        for app, migrations in changes.items()
        if app in ours
        for migration in migrations
        for operation in migration.operations
    ]


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontstage.config.settings")
    django.setup()
    wrong = problems()
    print("\n".join(wrong))
    sys.exit(bool(wrong))
