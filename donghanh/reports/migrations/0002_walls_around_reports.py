"""Before code: row-level security on reports, whose figures name the cases behind them."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
ALTER TABLE reports_report ENABLE ROW LEVEL SECURITY;
ALTER TABLE reports_report FORCE ROW LEVEL SECURITY;
ALTER TABLE reports_return ENABLE ROW LEVEL SECURITY;
ALTER TABLE reports_return FORCE ROW LEVEL SECURITY;
ALTER TABLE reports_consolidation ENABLE ROW LEVEL SECURITY;
ALTER TABLE reports_consolidation FORCE ROW LEVEL SECURITY;

CREATE POLICY of_a_school_in_reach ON reports_report TO donghanh_cases
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]));
CREATE POLICY of_the_department ON reports_report TO donghanh_education
    USING (department_id = nullif(current_setting('wall.unit', true), '')::bigint
           OR school_id = ANY ((SELECT wall_schools())::bigint[]));
CREATE POLICY all_when_said ON reports_report FOR SELECT TO donghanh_keeper
    USING (current_setting('wall.whole', true) = 'yes');
CREATE POLICY all_when_said_by_a_job ON reports_report TO donghanh_job
    USING (current_setting('wall.whole', true) = 'yes');

CREATE POLICY of_a_report_in_reach ON reports_return TO donghanh_cases, donghanh_education
    USING (EXISTS (SELECT FROM reports_report AS report
                    WHERE report.id = reports_return.report_id));
CREATE POLICY all_when_said_by_a_job ON reports_return TO donghanh_job
    USING (current_setting('wall.whole', true) = 'yes');

CREATE POLICY of_the_department ON reports_consolidation TO donghanh_education
    USING (department_id = nullif(current_setting('wall.unit', true), '')::bigint);
CREATE POLICY all_when_said_by_a_job ON reports_consolidation TO donghanh_job
    USING (current_setting('wall.whole', true) = 'yes');

GRANT SELECT, INSERT, UPDATE ON reports_report, reports_return
    TO donghanh_cases, donghanh_education;
GRANT SELECT, INSERT ON reports_consolidation TO donghanh_education;
GRANT SELECT (id, task_id, school_id, department_id, school_year, status)
    ON reports_report TO donghanh_keeper;
GRANT SELECT, INSERT, UPDATE, DELETE ON reports_report, reports_return, reports_consolidation
    TO donghanh_job;
"""
BACKWARDS = """
DO $$
DECLARE walled text; policy record;
BEGIN
    FOREACH walled IN ARRAY ARRAY['reports_report', 'reports_return', 'reports_consolidation'] LOOP
        FOR policy IN SELECT policyname FROM pg_policies WHERE tablename = walled LOOP
            EXECUTE format('DROP POLICY %I ON %I', policy.policyname, walled);
        END LOOP;
        EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY',
                       walled);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    """What the database's roles may see and do."""

    dependencies = [
        ("accounts", "0002_shows_tables_that_hold_no_pupil"),
        ("reports", "0001_creates_reports"),
        ("people", "0003_walls_around_pupils"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
