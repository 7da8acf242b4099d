"""Before code: everybody leaves lines of history."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
SELECT wall_show('history_event');
GRANT INSERT ON history_event TO donghanh_web, donghanh_plain, donghanh_cases, donghanh_helper,
    donghanh_counts, donghanh_education, donghanh_pupil, donghanh_keeper;
"""


class Migration(migrations.Migration):
    """What the database's roles may see and do."""

    dependencies = [
        ("accounts", "0002_shows_tables_that_hold_no_pupil"),
        ("history", "0002_history_is_append_only"),
    ]
    operations = [migrations.RunSQL(FORWARDS, migrations.RunSQL.noop)]
