"""Before code: what changes these tables leaves a line of history, whoever changes them."""

from __future__ import annotations

from django.db import migrations

TABLES = """
    'meetings_meeting', 'meetings_agendaitem'
"""


class Migration(migrations.Migration):
    """The guard of docs/why/chained-history.md; drafts are no record yet and leave none."""

    dependencies = [
        ("history", "0006_guards_tables_that_actions_change"),
        ("meetings", "0002_walls_around_meetings"),
    ]
    operations = [
        migrations.RunSQL(f"SELECT history_protect({TABLES})", f"SELECT history_release({TABLES})")
    ]
