"""Before code: the days hold no pupil; cells and committees write them, and leave a line."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
SELECT wall_show('forecast_leavingday');
GRANT INSERT, UPDATE ON forecast_leavingday TO donghanh_cases;
"""
TABLES = "'forecast_leavingday'"


class Migration(migrations.Migration):
    """What the database's roles may see and do, and the guard of docs/why/chained-history.md."""

    dependencies = [
        ("accounts", "0002_shows_tables_that_hold_no_pupil"),
        ("history", "0006_guards_tables_that_actions_change"),
        ("forecast", "0001_expects_leaving"),
    ]
    operations = [
        migrations.RunSQL(FORWARDS, migrations.RunSQL.noop),
        migrations.RunSQL(f"SELECT history_protect({TABLES})", f"SELECT history_release({TABLES})"),
    ]
