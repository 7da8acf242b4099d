"""Before code: what changes these tables leaves a line of history, whoever changes them."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    """The guard of docs/why/chained-history.md."""

    dependencies = [
        ("history", "0006_guards_tables_that_actions_change"),
        ("pool", "0002_walls_around_ratings"),
    ]
    operations = [
        migrations.RunSQL(
            "SELECT history_protect('pool_rating')", "SELECT history_release('pool_rating')"
        )
    ]
