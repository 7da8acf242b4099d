"""Before code: what changes classes leaves a line of history, whoever changes them."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    """The guard of docs/why/chained-history.md."""

    dependencies = [
        ("history", "0006_guards_tables_that_actions_change"),
        ("classes", "0002_walls_around_seats"),
    ]
    operations = [
        migrations.RunSQL(
            "SELECT history_protect('classes_course', 'classes_seat')",
            "SELECT history_release('classes_course', 'classes_seat')",
        )
    ]
