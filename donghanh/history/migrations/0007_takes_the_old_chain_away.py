"""After code: nobody inserts lines but the function; what chained them before goes."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON history_event FROM PUBLIC, donghanh_web, donghanh_plain,
    donghanh_cases, donghanh_helper, donghanh_counts, donghanh_education, donghanh_pupil,
    donghanh_keeper, donghanh_job;
"""
BACKWARDS = """
GRANT INSERT ON history_event TO donghanh_web, donghanh_plain, donghanh_cases, donghanh_helper,
    donghanh_counts, donghanh_education, donghanh_pupil, donghanh_keeper, donghanh_job;
"""


class Migration(migrations.Migration):
    """The right to insert, and the columns ``previous`` and ``digest`` of a line."""

    dependencies = [("history", "0006_guards_tables_that_actions_change")]
    operations = [
        migrations.RunSQL(FORWARDS, BACKWARDS),
        migrations.RemoveField("event", "previous"),
        migrations.RemoveField("event", "digest"),
    ]
