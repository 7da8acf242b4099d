"""Before code: what changes these tables leaves a line of history, whoever changes them."""

from __future__ import annotations

from django.db import migrations

TABLES = """
    'papers_papernote', 'papers_sending', 'papers_paperfault', 'papers_letter'
"""


class Migration(migrations.Migration):
    """The guard of docs/why/chained-history.md."""

    dependencies = [
        ("history", "0006_guards_tables_that_actions_change"),
        ("papers", "0002_walls_around_papers"),
    ]
    operations = [
        migrations.RunSQL(f"SELECT history_protect({TABLES})", f"SELECT history_release({TABLES})")
    ]
