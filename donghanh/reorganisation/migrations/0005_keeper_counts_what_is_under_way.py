"""Before code: who keeps the units counts what is under way there, and reads nobody's name."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
CREATE POLICY all_when_said ON meetings_meeting FOR SELECT TO donghanh_keeper
    USING ((SELECT wall_whole()));
CREATE POLICY all_when_said ON papers_sending FOR SELECT TO donghanh_keeper
    USING ((SELECT wall_whole()));
CREATE POLICY all_when_said ON handover_handover FOR SELECT TO donghanh_keeper
    USING ((SELECT wall_whole()));
CREATE POLICY all_when_said ON classes_seat FOR SELECT TO donghanh_keeper
    USING ((SELECT wall_whole()));
GRANT SELECT (id, unit_id, school_id, closed_at, cancelled_at) ON meetings_meeting
    TO donghanh_keeper;
GRANT SELECT (id, dossier_id, from_unit_id, to_unit_id, received_date, returned_date)
    ON papers_sending TO donghanh_keeper;
GRANT SELECT (id, from_school_id, to_school_id, stands, sent_date, received_at, called_back_at)
    ON handover_handover TO donghanh_keeper;
GRANT SELECT (id, course_id, passed) ON classes_seat TO donghanh_keeper;
"""
BACKWARDS = """
DROP POLICY all_when_said ON meetings_meeting;
DROP POLICY all_when_said ON papers_sending;
DROP POLICY all_when_said ON handover_handover;
DROP POLICY all_when_said ON classes_seat;
REVOKE SELECT (id, unit_id, school_id, closed_at, cancelled_at) ON meetings_meeting
    FROM donghanh_keeper;
REVOKE SELECT (id, dossier_id, from_unit_id, to_unit_id, received_date, returned_date)
    ON papers_sending FROM donghanh_keeper;
REVOKE SELECT (id, from_school_id, to_school_id, stands, sent_date, received_at, called_back_at)
    ON handover_handover FROM donghanh_keeper;
REVOKE SELECT (id, course_id, passed) ON classes_seat FROM donghanh_keeper;
"""


class Migration(migrations.Migration):
    """What an operation touches, for the preview of it."""

    dependencies = [
        ("classes", "0003_changes_leave_a_line"),
        ("handover", "0003_changes_leave_a_line"),
        ("meetings", "0003_changes_leave_a_line"),
        ("papers", "0004_lets_go_of_who_is_erased"),
        ("reorganisation", "0004_changes_leave_a_line"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
