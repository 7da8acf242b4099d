"""Before code: a committee reads no report; the second wall says so too."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
ALTER POLICY of_a_school_in_reach ON reports_report
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]) AND (SELECT wall_early()));
-- Asked once a statement, not once a row.
ALTER POLICY of_the_department ON reports_report
    USING (department_id = (SELECT nullif(current_setting('wall.unit', true), '')::bigint)
           OR school_id = ANY ((SELECT wall_schools())::bigint[]));
ALTER POLICY of_the_department ON reports_consolidation
    USING (department_id = (SELECT nullif(current_setting('wall.unit', true), '')::bigint));
ALTER POLICY all_when_said ON reports_report USING ((SELECT wall_whole()));
ALTER POLICY all_when_said ON reports_report RENAME TO whole_when_said;
ALTER POLICY all_when_said_by_a_job ON reports_report
    USING ((SELECT wall_whole()));
ALTER POLICY all_when_said_by_a_job ON reports_report RENAME TO whole_when_said_by_a_job;
ALTER POLICY all_when_said_by_a_job ON reports_return
    USING ((SELECT wall_whole()));
ALTER POLICY all_when_said_by_a_job ON reports_return RENAME TO whole_when_said_by_a_job;
ALTER POLICY all_when_said_by_a_job ON reports_consolidation
    USING ((SELECT wall_whole()));
ALTER POLICY all_when_said_by_a_job ON reports_consolidation RENAME TO whole_when_said_by_a_job;
"""
BACKWARDS = """
ALTER POLICY of_a_school_in_reach ON reports_report
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]));
ALTER POLICY of_the_department ON reports_report
    USING (department_id = nullif(current_setting('wall.unit', true), '')::bigint
           OR school_id = ANY ((SELECT wall_schools())::bigint[]));
ALTER POLICY of_the_department ON reports_consolidation
    USING (department_id = nullif(current_setting('wall.unit', true), '')::bigint);
ALTER POLICY whole_when_said ON reports_report RENAME TO all_when_said;
ALTER POLICY all_when_said ON reports_report USING (current_setting('wall.whole', true) = 'yes');
ALTER POLICY whole_when_said_by_a_job ON reports_report RENAME TO all_when_said_by_a_job;
ALTER POLICY all_when_said_by_a_job ON reports_report
    USING (current_setting('wall.whole', true) = 'yes');
ALTER POLICY whole_when_said_by_a_job ON reports_return RENAME TO all_when_said_by_a_job;
ALTER POLICY all_when_said_by_a_job ON reports_return
    USING (current_setting('wall.whole', true) = 'yes');
ALTER POLICY whole_when_said_by_a_job ON reports_consolidation RENAME TO all_when_said_by_a_job;
ALTER POLICY all_when_said_by_a_job ON reports_consolidation
    USING (current_setting('wall.whole', true) = 'yes');
"""


class Migration(migrations.Migration):
    """Policies of reports."""

    dependencies = [
        ("dossiers", "0005_walls_go_by_marks"),
        ("reports", "0002_walls_around_reports"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
