"""Before code: operations and the numbers of cases they hand over hold no pupil."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
SELECT wall_show('reorganisation_reorganisation', 'reorganisation_touch',
                 'reorganisation_rerouting');
GRANT INSERT, UPDATE, DELETE ON reorganisation_reorganisation, reorganisation_touch,
    reorganisation_rerouting TO donghanh_keeper;
GRANT UPDATE ON reorganisation_rerouting TO donghanh_cases;
"""


class Migration(migrations.Migration):
    """What the database's roles may see and do."""

    dependencies = [
        ("accounts", "0002_shows_tables_that_hold_no_pupil"),
        ("reorganisation", "0001_creates_reorganisation"),
    ]
    operations = [migrations.RunSQL(FORWARDS, migrations.RunSQL.noop)]
