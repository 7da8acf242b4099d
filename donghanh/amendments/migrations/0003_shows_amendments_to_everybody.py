"""Before code: amendments hold no pupil; who keeps the rules writes them."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
SELECT wall_show('amendments_amendment');
GRANT INSERT ON amendments_amendment TO donghanh_keeper;
"""


class Migration(migrations.Migration):
    """What the database's roles may see and do."""

    dependencies = [
        ("accounts", "0002_shows_tables_that_hold_no_pupil"),
        ("amendments", "0002_amendments_are_append_only"),
    ]
    operations = [migrations.RunSQL(FORWARDS, migrations.RunSQL.noop)]
