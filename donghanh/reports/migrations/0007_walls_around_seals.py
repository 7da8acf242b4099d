"""Before code: who sees seals and closed years; a seal is never changed, whoever tries."""

from __future__ import annotations

from django.db import migrations

TABLES = "'reports_seal', 'reports_yearlock', 'reports_opening'"
FORWARDS = f"""
ALTER TABLE reports_seal ENABLE ROW LEVEL SECURITY;
ALTER TABLE reports_seal FORCE ROW LEVEL SECURITY;
CREATE POLICY of_a_report_in_reach ON reports_seal TO donghanh_cases, donghanh_education
    USING (EXISTS (SELECT FROM reports_report AS report
                    WHERE report.id = reports_seal.report_id));
CREATE POLICY whole_when_said_by_a_job ON reports_seal TO donghanh_job
    USING ((SELECT wall_whole()));
GRANT SELECT, INSERT ON reports_seal TO donghanh_cases, donghanh_education;
GRANT SELECT, INSERT, UPDATE, DELETE ON reports_seal TO donghanh_job;
CREATE FUNCTION reports_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a seal is never changed: % refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER reports_seal_append_only BEFORE UPDATE OR DELETE ON reports_seal
    FOR EACH ROW EXECUTE FUNCTION reports_refuse_change();
CREATE TRIGGER reports_seal_is_not_emptied BEFORE TRUNCATE ON reports_seal
    FOR EACH STATEMENT EXECUTE FUNCTION reports_refuse_change();

SELECT wall_show('reports_yearlock', 'reports_opening');
GRANT INSERT ON reports_yearlock, reports_opening TO donghanh_education;

SELECT history_protect({TABLES});
"""
BACKWARDS = f"""
SELECT history_release({TABLES});
DROP FUNCTION reports_refuse_change() CASCADE;
DROP POLICY of_a_report_in_reach ON reports_seal;
DROP POLICY whole_when_said_by_a_job ON reports_seal;
ALTER TABLE reports_seal DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    """Policies and guards of what a sent report is proved by."""

    dependencies = [("reports", "0006_seals_reports_and_closes_years")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
