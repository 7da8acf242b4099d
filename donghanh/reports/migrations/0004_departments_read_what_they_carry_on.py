"""Before code: a department reads the reports of those it carries on, whoever was asked then."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
-- The unit of the post with all it carries on; on which day is the first wall's to say.
CREATE FUNCTION wall_units() RETURNS bigint[] LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    WITH RECURSIVE chain(id) AS (
        SELECT nullif(current_setting('wall.unit', true), '')::bigint
      UNION
        SELECT successor.before_id
          FROM organisation_successor AS successor JOIN chain ON successor.after_id = chain.id
         WHERE successor.rest
    )
    SELECT array_agg(id) FROM chain
$$;
ALTER POLICY of_the_department ON reports_report
    USING (department_id = ANY ((SELECT wall_units())::bigint[])
           OR school_id = ANY ((SELECT wall_schools())::bigint[]));
DROP POLICY of_the_department ON reports_consolidation;
CREATE POLICY of_the_department ON reports_consolidation FOR SELECT TO donghanh_education
    USING (department_id = ANY ((SELECT wall_units())::bigint[]));
CREATE POLICY made_for_the_own_department ON reports_consolidation FOR INSERT TO donghanh_education
    WITH CHECK (department_id = (SELECT nullif(current_setting('wall.unit', true), '')::bigint));
"""
BACKWARDS = """
ALTER POLICY of_the_department ON reports_report
    USING (department_id = (SELECT nullif(current_setting('wall.unit', true), '')::bigint)
           OR school_id = ANY ((SELECT wall_schools())::bigint[]));
DROP POLICY made_for_the_own_department ON reports_consolidation;
DROP POLICY of_the_department ON reports_consolidation;
CREATE POLICY of_the_department ON reports_consolidation TO donghanh_education
    USING (department_id = (SELECT nullif(current_setting('wall.unit', true), '')::bigint));
DROP FUNCTION wall_units();
"""


class Migration(migrations.Migration):
    """What a department's role of the database may see."""

    dependencies = [
        ("organisation", "0012_shows_units_to_everybody"),
        ("reports", "0003_shows_reports_to_the_school_alone"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
