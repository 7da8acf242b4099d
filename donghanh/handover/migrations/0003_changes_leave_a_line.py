"""Before code: what changes hand-overs leaves a line of history, whoever changes them."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    """The guard of docs/why/chained-history.md."""

    dependencies = [
        ("history", "0006_guards_tables_that_actions_change"),
        ("handover", "0002_walls_around_handovers"),
    ]
    operations = [
        migrations.RunSQL(
            "SELECT history_protect('handover_handover')",
            "SELECT history_release('handover_handover')",
        )
    ]
