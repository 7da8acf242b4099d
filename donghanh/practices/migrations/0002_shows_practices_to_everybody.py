"""Before code: practices hold no pupil; who proposes, takes over and looks writes, by column."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
SELECT wall_show('practices_practice', 'practices_look', 'practices_result');
GRANT INSERT ON practices_practice, practices_look, practices_result
    TO donghanh_education, donghanh_cases, donghanh_counts;
-- Whose it is, what it was made from and its line are never changed.
GRANT UPDATE (stage, title, aim, for_whom, steps, challenges, roles, cost, watch_for, changed,
              began_date, ended_date, end_reason, version, changed_at) ON practices_practice
    TO donghanh_education, donghanh_cases, donghanh_counts;
"""
TABLES = "'practices_practice', 'practices_look', 'practices_result'"


class Migration(migrations.Migration):
    """What the database's roles may see and do, and the guard of docs/why/chained-history.md."""

    dependencies = [
        ("accounts", "0002_shows_tables_that_hold_no_pupil"),
        ("history", "0006_guards_tables_that_actions_change"),
        ("practices", "0001_creates_practices"),
    ]
    operations = [
        migrations.RunSQL(FORWARDS, migrations.RunSQL.noop),
        migrations.RunSQL(f"SELECT history_protect({TABLES})", f"SELECT history_release({TABLES})"),
    ]
