"""Before code: photos are shown to bodies that may read the activity, and to nobody else."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
GRANT UPDATE (went_well, next_time, looked_back_at) ON activities_activity
    TO donghanh_cases, donghanh_education, donghanh_counts;

ALTER TABLE activities_photo ENABLE ROW LEVEL SECURITY;
ALTER TABLE activities_photo FORCE ROW LEVEL SECURITY;
CREATE POLICY whole_when_said_by_a_job ON activities_photo TO donghanh_job
    USING ((SELECT wall_whole()));
-- Of a school in reach, or of a body that holds for many schools.
CREATE POLICY of_an_activity_in_reach ON activities_photo
    TO donghanh_cases, donghanh_education, donghanh_counts
    USING (EXISTS (SELECT FROM activities_activity AS activity
                    WHERE activity.id = activities_photo.activity_id
                      AND (activity.school_id = ANY ((SELECT wall_schools())::bigint[])
                           OR activity.school_id IS NULL
                              AND (SELECT nullif(current_setting('wall.unit', true), ''))
                                  IS NOT NULL)));
GRANT SELECT, INSERT, UPDATE, DELETE ON activities_photo TO donghanh_job;
GRANT SELECT, INSERT, DELETE ON activities_photo
    TO donghanh_cases, donghanh_education, donghanh_counts;
-- Bytes of pictures are compressed already: they are stored as they are.
ALTER TABLE activities_photo ALTER COLUMN data SET STORAGE EXTERNAL;
ALTER TABLE activities_photo ALTER COLUMN small SET STORAGE EXTERNAL;
"""
BACKWARDS = """
DROP POLICY whole_when_said_by_a_job ON activities_photo;
DROP POLICY of_an_activity_in_reach ON activities_photo;
ALTER TABLE activities_photo DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    """What the database's roles may see and do, and the guard of docs/why/chained-history.md."""

    dependencies = [
        ("history", "0006_guards_tables_that_actions_change"),
        ("activities", "0004_looks_back_and_keeps_photos"),
    ]
    operations = [
        migrations.RunSQL(FORWARDS, BACKWARDS),
        migrations.RunSQL(
            "SELECT history_protect('activities_photo')",
            "SELECT history_release('activities_photo')",
        ),
    ]
