"""Before code: classes hold no pupil; who sits in them is seen by who sees the case."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
SELECT wall_show('classes_course');
GRANT SELECT ON classes_course TO donghanh_emergency;
GRANT INSERT ON classes_course TO donghanh_cases;
-- A class is locked while its list changes; nothing else of it is written so.
GRANT UPDATE (opened_at) ON classes_course TO donghanh_cases;

ALTER TABLE classes_seat ENABLE ROW LEVEL SECURITY;
ALTER TABLE classes_seat FORCE ROW LEVEL SECURITY;
CREATE POLICY of_a_case_in_reach ON classes_seat TO donghanh_cases
    USING (EXISTS (SELECT FROM dossiers_dossier AS dossier
                    WHERE dossier.id = classes_seat.dossier_id AND NOT dossier.gone));
CREATE POLICY whole_when_said_by_a_job ON classes_seat TO donghanh_job
    USING ((SELECT wall_whole()));
GRANT SELECT, INSERT, UPDATE, DELETE ON classes_seat TO donghanh_cases, donghanh_job;
"""
BACKWARDS = """
DROP POLICY of_a_case_in_reach ON classes_seat;
DROP POLICY whole_when_said_by_a_job ON classes_seat;
ALTER TABLE classes_seat DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    """What the database's roles may see and do."""

    dependencies = [
        ("classes", "0001_creates_classes"),
        ("dossiers", "0011_cases_tell_where_they_are"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
