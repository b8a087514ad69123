"""The migrations say what the models say, in every process: a set's order must not stand in either."""

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState


def test_no_migration_is_missing():
    written = MigrationLoader(None, ignore_no_migrations=True)
    assert written.detect_conflicts() == {}, "two migrations follow the same one"
    detector = MigrationAutodetector(written.project_state(), ProjectState.from_apps(apps))
    missing = detector.changes(graph=written.graph)
    told = [f"{app}: {op.describe()}" for app, found in missing.items() for m in found for op in m.operations]
    assert told == []
