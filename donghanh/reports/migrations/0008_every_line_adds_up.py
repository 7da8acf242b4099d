"""Before code: committees and Unions above read what was reported to them, and add it up."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
-- The duties linked with one the unit of the post asked, or a unit it carries on: one answer of a
-- school answers all of them, and who asked for one reads it.
CREATE FUNCTION wall_answering() RETURNS bigint[] LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT other.id), ARRAY[]::bigint[])
      FROM directives_directive AS directive
      JOIN directives_recipient AS recipient ON recipient.directive_id = directive.id
      JOIN directives_task AS own ON own.recipient_id = recipient.id
      JOIN directives_task AS other ON other.bundle_id = own.bundle_id
     WHERE directive.issuer_id = ANY (wall_units())
$$;
CREATE POLICY of_who_asked ON reports_report TO donghanh_cases, donghanh_counts
    USING (department_id = ANY ((SELECT wall_units())::bigint[]) AND status <> 'writing');
CREATE POLICY of_who_asked_the_same ON reports_report FOR SELECT
    TO donghanh_cases, donghanh_counts, donghanh_education
    USING (task_id = ANY ((SELECT wall_answering())::bigint[]) AND status <> 'writing');
CREATE POLICY of_a_report_that_was_asked ON reports_return TO donghanh_counts
    USING (EXISTS (SELECT FROM reports_report AS report
                    WHERE report.id = reports_return.report_id));
CREATE POLICY of_a_report_that_was_asked ON reports_seal FOR SELECT TO donghanh_counts
    USING (EXISTS (SELECT FROM reports_report AS report
                    WHERE report.id = reports_seal.report_id));
CREATE POLICY of_who_made_it ON reports_consolidation FOR SELECT
    TO donghanh_cases, donghanh_counts
    USING (department_id = ANY ((SELECT wall_units())::bigint[]));
CREATE POLICY made_for_the_own_body ON reports_consolidation FOR INSERT
    TO donghanh_cases, donghanh_counts
    WITH CHECK (department_id = (SELECT nullif(current_setting('wall.unit', true), '')::bigint));
GRANT SELECT, UPDATE ON reports_report TO donghanh_counts;
GRANT SELECT, INSERT ON reports_return TO donghanh_counts;
GRANT SELECT ON reports_seal TO donghanh_counts;
GRANT SELECT, INSERT ON reports_consolidation TO donghanh_cases, donghanh_counts;
GRANT INSERT ON reports_yearlock, reports_opening TO donghanh_cases, donghanh_counts;
"""
BACKWARDS = """
REVOKE INSERT ON reports_yearlock, reports_opening FROM donghanh_cases, donghanh_counts;
REVOKE ALL ON reports_consolidation FROM donghanh_cases, donghanh_counts;
REVOKE ALL ON reports_report, reports_return, reports_seal FROM donghanh_counts;
DROP POLICY made_for_the_own_body ON reports_consolidation;
DROP POLICY of_who_made_it ON reports_consolidation;
DROP POLICY of_a_report_that_was_asked ON reports_seal;
DROP POLICY of_a_report_that_was_asked ON reports_return;
DROP POLICY of_who_asked_the_same ON reports_report;
DROP POLICY of_who_asked ON reports_report;
DROP FUNCTION wall_answering();
"""


class Migration(migrations.Migration):
    """What the database's roles of committees and Unions above may see and do."""

    dependencies = [
        ("reports", "0007_walls_around_seals"),
        ("directives", "0005_units_write_and_receive_by_line"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
