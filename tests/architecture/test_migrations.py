"""The tables written down in migrations are the tables of the models."""

from __future__ import annotations

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

from tests.architecture import ours


class TestMigrations:
    def test_say_everything_the_models_say(self) -> None:
        loader = MigrationLoader(None)
        with translation.override(None):  # names are compared as written, not in Vietnamese
            changes = MigrationAutodetector(
                loader.project_state(), ProjectState.from_apps(apps)
            ).changes(graph=loader.graph)
        missing = {
            label: [str(operation.describe()) for each in found for operation in each.operations]
            for label, found in changes.items()
        }
        assert missing == {}

    def test_do_not_disagree_on_which_comes_last(self) -> None:
        assert MigrationLoader(None).detect_conflicts() == {}

    def test_are_there_for_every_room_with_tables(self) -> None:
        without = [
            room.name
            for room in ours.rooms()
            if (room / "models.py").exists() and not (room / "migrations" / "__init__.py").exists()
        ]
        assert without == []
