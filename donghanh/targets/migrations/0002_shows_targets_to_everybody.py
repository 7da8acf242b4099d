"""Before code: targets hold no pupil; who shares out adds rows, nobody changes one."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
SELECT wall_show('targets_target');
GRANT INSERT ON targets_target TO donghanh_education, donghanh_cases, donghanh_counts;
"""
TABLES = "'targets_target'"


class Migration(migrations.Migration):
    """What the database's roles may see and do, and the guard of docs/why/chained-history.md."""

    dependencies = [
        ("accounts", "0002_shows_tables_that_hold_no_pupil"),
        ("history", "0006_guards_tables_that_actions_change"),
        ("targets", "0001_creates_targets"),
    ]
    operations = [
        migrations.RunSQL(FORWARDS, migrations.RunSQL.noop),
        migrations.RunSQL(f"SELECT history_protect({TABLES})", f"SELECT history_release({TABLES})"),
    ]
