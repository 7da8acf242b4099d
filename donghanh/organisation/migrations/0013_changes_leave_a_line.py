"""Before code: what changes these tables leaves a line of history, whoever changes them."""

from __future__ import annotations

from django.db import migrations

TABLES = """
    'organisation_unit', 'organisation_unitversion', 'organisation_link',
    'organisation_post', 'organisation_successor',
    'organisation_signingdelegation', 'organisation_opening'
"""


class Migration(migrations.Migration):
    """The guard of docs/why/chained-history.md."""

    dependencies = [
        ("history", "0006_guards_tables_that_actions_change"),
        ("organisation", "0012_shows_units_to_everybody"),
    ]
    operations = [
        migrations.RunSQL(f"SELECT history_protect({TABLES})", f"SELECT history_release({TABLES})")
    ]
