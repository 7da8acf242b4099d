"""Before code: row-level security on invitations, persons and consents, for the owner too."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
-- Accounts are read by everybody who signs in, so a pupil's has a number in place of a name.
UPDATE accounts_user SET name = username
 WHERE id IN (SELECT user_id FROM people_person);

ALTER TABLE people_invitation ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_invitation FORCE ROW LEVEL SECURITY;
ALTER TABLE people_person ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_person FORCE ROW LEVEL SECURITY;
ALTER TABLE people_consent ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_consent FORCE ROW LEVEL SECURITY;

-- The setting is read once for a statement; where it is empty, no row passes.
CREATE FUNCTION wall_schools() RETURNS bigint[] LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('wall.schools', true), '')::bigint[]
$$;

-- Asked when the transaction ends, whoever looked meanwhile.
CREATE OR REPLACE FUNCTION people_need_consent() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE before text := current_setting('wall.whole', true);
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    IF NOT EXISTS (SELECT 1 FROM people_consent WHERE person_id = NEW.id) THEN
        RAISE EXCEPTION 'a person is kept on their own consent alone'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'people_person_consented';
    END IF;
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
    RETURN NULL;
END $$;

CREATE POLICY of_a_school_in_reach ON people_invitation TO donghanh_cases
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]));
CREATE POLICY by_the_code ON people_invitation TO donghanh_pupil
    USING (code_digest = nullif(current_setting('wall.code', true), ''));
CREATE POLICY all_when_said ON people_invitation TO donghanh_job
    USING (current_setting('wall.whole', true) = 'yes');

CREATE POLICY of_a_school_in_reach ON people_person TO donghanh_cases
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]));
CREATE POLICY counted ON people_person FOR SELECT TO donghanh_counts, donghanh_education
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]));
CREATE POLICY own ON people_person TO donghanh_pupil
    USING (user_id = nullif(current_setting('wall.account', true), '')::bigint
           OR EXISTS (SELECT FROM people_invitation AS invitation
                       WHERE invitation.id = people_person.invitation_id));
CREATE POLICY all_when_said ON people_person FOR SELECT TO donghanh_keeper
    USING (current_setting('wall.whole', true) = 'yes');
CREATE POLICY all_when_said_by_a_job ON people_person TO donghanh_job
    USING (current_setting('wall.whole', true) = 'yes');

CREATE POLICY of_a_person_in_reach ON people_consent
    TO donghanh_cases, donghanh_counts, donghanh_pupil, donghanh_helper
    USING (EXISTS (SELECT FROM people_person AS person
                    WHERE person.id = people_consent.person_id));
CREATE POLICY all_when_said ON people_consent FOR SELECT TO donghanh_keeper
    USING (current_setting('wall.whole', true) = 'yes');
CREATE POLICY all_when_said_by_a_job ON people_consent TO donghanh_job
    USING (current_setting('wall.whole', true) = 'yes');

GRANT SELECT, INSERT, UPDATE ON people_invitation TO donghanh_cases;
GRANT SELECT, UPDATE ON people_invitation TO donghanh_pupil;
-- A person is locked while a case is opened; only the class may ever be written so.
GRANT SELECT, UPDATE (class_name) ON people_person TO donghanh_cases;
GRANT SELECT, INSERT ON people_person TO donghanh_pupil;
GRANT SELECT ON people_person TO donghanh_helper;
GRANT SELECT ON people_consent TO donghanh_cases, donghanh_helper, donghanh_counts,
    donghanh_keeper;
GRANT SELECT, INSERT, UPDATE ON people_consent TO donghanh_pupil;
GRANT SELECT (id, birth_date, school_id, union_member, lower_secondary, simulated)
    ON people_person TO donghanh_counts, donghanh_keeper;
GRANT SELECT (id, school_id, simulated) ON people_person TO donghanh_education;
GRANT SELECT, INSERT, UPDATE, DELETE ON people_invitation, people_person, people_consent
    TO donghanh_job;
"""
BACKWARDS = """
DO $$
DECLARE walled text; policy record;
BEGIN
    FOREACH walled IN ARRAY ARRAY['people_invitation', 'people_person', 'people_consent'] LOOP
        FOR policy IN SELECT policyname FROM pg_policies WHERE tablename = walled LOOP
            EXECUTE format('DROP POLICY %I ON %I', policy.policyname, walled);
        END LOOP;
        EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY',
                       walled);
    END LOOP;
END $$;
DROP FUNCTION wall_schools();
"""


class Migration(migrations.Migration):
    """What the database's roles may see and do."""

    dependencies = [
        ("accounts", "0002_shows_tables_that_hold_no_pupil"),
        ("people", "0002_a_person_needs_consent"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
