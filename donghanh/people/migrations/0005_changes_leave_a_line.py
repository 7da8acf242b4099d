"""Before code: what changes these tables leaves a line of history, whoever changes them."""

from __future__ import annotations

from django.db import migrations

TABLES = """
    'people_invitation', 'people_person', 'people_consent'
"""


class Migration(migrations.Migration):
    """The guard of docs/why/chained-history.md."""

    dependencies = [
        ("history", "0006_guards_tables_that_actions_change"),
        ("people", "0004_keeps_marks_and_words_of_names"),
        # It marked persons before there was a guard.
        ("dossiers", "0005_walls_go_by_marks"),
    ]
    operations = [
        migrations.RunSQL(f"SELECT history_protect({TABLES})", f"SELECT history_release({TABLES})")
    ]
