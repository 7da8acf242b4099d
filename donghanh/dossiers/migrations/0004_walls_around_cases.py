"""Before code: row-level security on cases and acts, for the owner too."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
ALTER TABLE dossiers_dossier ENABLE ROW LEVEL SECURITY;
ALTER TABLE dossiers_dossier FORCE ROW LEVEL SECURITY;
ALTER TABLE dossiers_act ENABLE ROW LEVEL SECURITY;
ALTER TABLE dossiers_act FORCE ROW LEVEL SECURITY;

-- Whom somebody helps follows from acts that are behind the wall themselves: asked as the owner.
CREATE FUNCTION wall_helped() RETURNS TABLE (dossier_id bigint, person_id bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('wall.whole', true);
    helper bigint := nullif(current_setting('wall.account', true), '')::bigint;
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    RETURN QUERY
    SELECT dossier.id, dossier.person_id
      FROM dossiers_dossier AS dossier
     WHERE dossier.id IN (SELECT act.dossier_id FROM dossiers_act AS act
                           WHERE act.helper_id = helper)
       AND helper = (SELECT told.helper_id FROM dossiers_act AS told
                      WHERE told.dossier_id = dossier.id AND told.voids_id IS NULL
                        AND (told.helper_id IS NOT NULL
                             OR told.step IN ('unlisted', 'deleted', 'annulled'))
                        AND NOT EXISTS (SELECT FROM dossiers_act AS void
                                         WHERE void.voids_id = told.id)
                      ORDER BY told.number DESC LIMIT 1);
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
END $$;

REVOKE EXECUTE ON FUNCTION wall_helped() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION wall_helped() TO donghanh_helper;

CREATE POLICY of_a_school_in_reach ON dossiers_dossier TO donghanh_cases
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]));
CREATE POLICY counted ON dossiers_dossier FOR SELECT TO donghanh_counts, donghanh_education
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]));
CREATE POLICY helped ON dossiers_dossier FOR SELECT TO donghanh_helper
    USING (id IN (SELECT dossier_id FROM wall_helped()));
CREATE POLICY own ON dossiers_dossier FOR SELECT TO donghanh_pupil
    USING (EXISTS (SELECT FROM people_person AS person
                    WHERE person.id = dossiers_dossier.person_id));
CREATE POLICY all_when_said ON dossiers_dossier FOR SELECT TO donghanh_keeper
    USING (current_setting('wall.whole', true) = 'yes');
CREATE POLICY all_when_said_by_a_job ON dossiers_dossier TO donghanh_job
    USING (current_setting('wall.whole', true) = 'yes');
CREATE POLICY helped ON people_person FOR SELECT TO donghanh_helper
    USING (id IN (SELECT person_id FROM wall_helped()));

CREATE POLICY of_a_case_in_reach ON dossiers_act TO donghanh_cases
    USING (EXISTS (SELECT FROM dossiers_dossier AS dossier
                    WHERE dossier.id = dossiers_act.dossier_id));
CREATE POLICY of_a_case_in_sight ON dossiers_act FOR SELECT
    TO donghanh_counts, donghanh_helper, donghanh_pupil
    USING (EXISTS (SELECT FROM dossiers_dossier AS dossier
                    WHERE dossier.id = dossiers_act.dossier_id));
CREATE POLICY all_when_said ON dossiers_act FOR SELECT TO donghanh_keeper
    USING (current_setting('wall.whole', true) = 'yes');
CREATE POLICY all_when_said_by_a_job ON dossiers_act TO donghanh_job
    USING (current_setting('wall.whole', true) = 'yes');

GRANT SELECT, INSERT, UPDATE ON dossiers_dossier TO donghanh_cases;
GRANT SELECT ON dossiers_dossier, dossiers_act TO donghanh_helper, donghanh_pupil;
GRANT SELECT, INSERT ON dossiers_act TO donghanh_cases;
GRANT SELECT, INSERT, UPDATE, DELETE ON dossiers_dossier TO donghanh_job;
GRANT SELECT, INSERT, DELETE ON dossiers_act TO donghanh_job;
GRANT SELECT (id, person_id, school_id, opened_date, base_committee, sub_committee, delegated,
              by_members, standards, scopes, graduated_date, acts_recorded, simulated)
    ON dossiers_dossier TO donghanh_counts, donghanh_keeper;
GRANT SELECT (id, school_id, opened_date, graduated_date, simulated)
    ON dossiers_dossier TO donghanh_education;
GRANT SELECT (id, dossier_id, number, step, on_date, received_date, form, paper_number, official,
              excluded, convened, present, favour, against, invalid, excluded_by, passed,
              governed_by, judged_by, edition, about, until_date, voids_id, recorded_at)
    ON dossiers_act TO donghanh_counts, donghanh_keeper;
"""
BACKWARDS = """
DROP POLICY helped ON people_person;
DO $$
DECLARE walled text; policy record;
BEGIN
    FOREACH walled IN ARRAY ARRAY['dossiers_dossier', 'dossiers_act'] LOOP
        FOR policy IN SELECT policyname FROM pg_policies WHERE tablename = walled LOOP
            EXECUTE format('DROP POLICY %I ON %I', policy.policyname, walled);
        END LOOP;
        EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY',
                       walled);
    END LOOP;
END $$;
DROP FUNCTION wall_helped();
"""


class Migration(migrations.Migration):
    """What the database's roles may see and do."""

    dependencies = [
        ("accounts", "0002_shows_tables_that_hold_no_pupil"),
        ("dossiers", "0003_cases_take_branches_acts_keep_their_edition"),
        ("people", "0003_walls_around_pupils"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
