"""Before code: a committee reads and writes the meetings of those it carries on."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
-- On which day one carries another on is the first wall's to say.
ALTER POLICY of_a_body ON meetings_meeting
    USING ((school_id = ANY ((SELECT wall_schools())::bigint[]) AND (SELECT wall_early()))
           OR unit_id = ANY ((SELECT wall_units())::bigint[]));
"""
BACKWARDS = """
ALTER POLICY of_a_body ON meetings_meeting
    USING ((school_id = ANY ((SELECT wall_schools())::bigint[]) AND (SELECT wall_early()))
           OR unit_id = (SELECT nullif(current_setting('wall.unit', true), '')::bigint));
"""


class Migration(migrations.Migration):
    """What a committee's role of the database may see and do."""

    dependencies = [
        ("meetings", "0003_changes_leave_a_line"),
        ("reports", "0004_departments_read_what_they_carry_on"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
