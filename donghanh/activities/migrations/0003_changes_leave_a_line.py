"""Before code: what changes activities leaves a line of history, whoever changes them."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    """The guard of docs/why/chained-history.md."""

    dependencies = [
        ("history", "0006_guards_tables_that_actions_change"),
        ("activities", "0002_walls_around_check_ins"),
    ]
    operations = [
        migrations.RunSQL(
            "SELECT history_protect('activities_activity', 'activities_checkin')",
            "SELECT history_release('activities_activity', 'activities_checkin')",
        )
    ]
