"""Before code: what changes these tables leaves a line of history, whoever changes them."""

from __future__ import annotations

from django.db import migrations

TABLES = """
    'reports_report', 'reports_return', 'reports_consolidation'
"""


class Migration(migrations.Migration):
    """The guard of docs/why/chained-history.md."""

    dependencies = [
        ("history", "0006_guards_tables_that_actions_change"),
        ("reports", "0004_departments_read_what_they_carry_on"),
    ]
    operations = [
        migrations.RunSQL(f"SELECT history_protect({TABLES})", f"SELECT history_release({TABLES})")
    ]
