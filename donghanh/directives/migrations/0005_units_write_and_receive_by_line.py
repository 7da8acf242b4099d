"""Before code: recipients know their school; whoever directs along a line writes its directives."""

from __future__ import annotations

from django.db import migrations

#: Until now every recipient was a school. The rows say what they said before, in one more column.
FORWARDS = """
SELECT history_release('directives_recipient');
UPDATE directives_recipient SET school_id = unit_id WHERE school_id IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
SELECT history_protect('directives_recipient');
SELECT wall_show('directives_bundle', 'directives_numberbook', 'directives_numberentry',
                 'directives_legaltext');
GRANT INSERT, UPDATE ON directives_directive, directives_recipient, directives_task
    TO donghanh_education, donghanh_cases, donghanh_counts;
GRANT INSERT, UPDATE ON directives_numberbook
    TO donghanh_education, donghanh_cases, donghanh_counts;
GRANT INSERT, UPDATE (void_reason, voided_at, voided_by_id) ON directives_numberentry
    TO donghanh_education, donghanh_cases, donghanh_counts;
GRANT INSERT ON directives_bundle, directives_legaltext
    TO donghanh_education, donghanh_cases, donghanh_counts;
"""


class Migration(migrations.Migration):
    """What the database's roles may see and do."""

    dependencies = [
        ("history", "0006_guards_tables_that_actions_change"),
        ("accounts", "0002_shows_tables_that_hold_no_pupil"),
        ("directives", "0004_directives_are_written_here"),
    ]
    operations = [migrations.RunSQL(FORWARDS, migrations.RunSQL.noop)]
