"""Before code: what changes these tables leaves a line of history, whoever changes them."""

from __future__ import annotations

from django.db import migrations

TABLES = """
    'accompaniment_challengemodel', 'accompaniment_challenge', 'accompaniment_declining',
    'accompaniment_evidence', 'accompaniment_note', 'accompaniment_noteanswer',
    'accompaniment_comment', 'accompaniment_club', 'accompaniment_membership',
    'accompaniment_meeting', 'accompaniment_attendance'
"""


class Migration(migrations.Migration):
    """The guard of docs/why/chained-history.md."""

    dependencies = [
        ("history", "0006_guards_tables_that_actions_change"),
        ("accompaniment", "0003_walls_around_accompaniment"),
    ]
    operations = [
        migrations.RunSQL(f"SELECT history_protect({TABLES})", f"SELECT history_release({TABLES})")
    ]
