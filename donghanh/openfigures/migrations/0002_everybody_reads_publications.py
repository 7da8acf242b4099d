"""Before code: everybody reads what was told; who may make figures public keeps it."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
SELECT wall_show('openfigures_publication');
GRANT INSERT, UPDATE ON openfigures_publication
    TO donghanh_education, donghanh_cases, donghanh_counts;
"""
TABLES = "'openfigures_publication'"


class Migration(migrations.Migration):
    """What the database's roles may do, and the guard of docs/why/chained-history.md."""

    dependencies = [
        ("accounts", "0002_shows_tables_that_hold_no_pupil"),
        ("history", "0006_guards_tables_that_actions_change"),
        ("openfigures", "0001_creates_publications"),
    ]
    operations = [
        migrations.RunSQL(FORWARDS, migrations.RunSQL.noop),
        migrations.RunSQL(f"SELECT history_protect({TABLES})", f"SELECT history_release({TABLES})"),
    ]
