"""Before code: directives hold no pupil; departments and schools write them."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
SELECT wall_show('directives_directive', 'directives_recipient', 'directives_task',
                 'directives_unittarget');
GRANT INSERT, UPDATE, DELETE ON directives_directive, directives_recipient, directives_task,
    directives_unittarget TO donghanh_education;
GRANT INSERT, UPDATE ON directives_recipient, directives_task TO donghanh_cases;
"""


class Migration(migrations.Migration):
    """What the database's roles may see and do."""

    dependencies = [
        ("accounts", "0002_shows_tables_that_hold_no_pupil"),
        ("directives", "0001_creates_directives"),
    ]
    operations = [migrations.RunSQL(FORWARDS, migrations.RunSQL.noop)]
