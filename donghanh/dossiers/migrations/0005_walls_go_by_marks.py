"""Before code: the wall goes by consent and list; the database keeps both as marks by itself."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

#: Of several policies that hold for one role PostgreSQL asks the last by name first: the owner, who
#: holds for every role, is let through by this one before any other is asked.
WHOLE = """
CREATE FUNCTION wall_whole() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT current_setting('wall.whole', true) = 'yes'
$$;
DO $$
DECLARE one record;
BEGIN
    FOR one IN SELECT tablename, policyname FROM pg_policies
                WHERE schemaname = 'public' AND starts_with(policyname, 'all_when_said')
                  AND NOT starts_with(tablename, 'reports_') LOOP
        EXECUTE format('ALTER POLICY %I ON %I USING ((SELECT wall_whole()))',
                       one.policyname, one.tablename);
        EXECUTE format('ALTER POLICY %I ON %I RENAME TO %I', one.policyname, one.tablename,
                       replace(one.policyname, 'all_when_said', 'whole_when_said'));
    END LOOP;
END $$;
"""

MARKS = """
-- Told by who looks before a cell's list: the school's own cell and Union. Empty: after it alone.
CREATE FUNCTION wall_early() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT current_setting('wall.early', true) = 'yes'
$$;

-- What consents and acts say of one person, written onto the rows the wall compares.
CREATE FUNCTION wall_mark(person bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('wall.whole', true);
    stands boolean; told boolean;
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    -- Locked in the order in which acts lock, and read only then: two at once see each other.
    PERFORM FROM dossiers_dossier WHERE person_id = person FOR NO KEY UPDATE;
    PERFORM FROM people_person WHERE id = person FOR NO KEY UPDATE;
    stands := EXISTS (SELECT FROM people_consent AS consent
                       WHERE consent.person_id = person AND consent.purpose = 'road'
                         AND consent.withdrawn_at IS NULL);
    told := EXISTS (SELECT FROM dossiers_dossier AS dossier
                      JOIN dossiers_act AS act ON act.dossier_id = dossier.id
                     WHERE dossier.person_id = person
                       AND act.step = 'listed' AND act.voids_id IS NULL
                       AND NOT EXISTS (SELECT FROM dossiers_act AS void
                                        WHERE void.voids_id = act.id));
    UPDATE people_person SET agreed = stands, listed = told
     WHERE id = person AND (agreed, listed) <> (stands, told);
    UPDATE dossiers_dossier SET agreed = stands, listed = told
     WHERE person_id = person AND (agreed, listed) <> (stands, told);
    DELETE FROM people_nameword AS word
     WHERE person_id = person
       AND NOT (stands AND EXISTS (
           SELECT FROM people_person AS whose
            WHERE whose.id = person AND whose.school_id = word.school_id
              AND word.word = ANY (string_to_array(whose.search_key, ' '))));
    IF stands THEN
        INSERT INTO people_nameword (person_id, school_id, word, listed)
        SELECT DISTINCT whose.id, whose.school_id, one, told
          FROM people_person AS whose, unnest(string_to_array(whose.search_key, ' ')) AS one
         WHERE whose.id = person AND one <> ''
            ON CONFLICT (person_id, word) DO UPDATE SET listed = EXCLUDED.listed
         WHERE people_nameword.listed <> EXCLUDED.listed;
    END IF;
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
END $$;

-- The same for everybody at once: once here, and after rows came in with triggers off.
CREATE FUNCTION wall_mark_all() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('wall.whole', true);
    changed bigint; more bigint;
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    UPDATE people_person AS person SET agreed = now.agreed, listed = now.listed
      FROM (SELECT whose.id, consent.id IS NOT NULL AS agreed, acted.person_id IS NOT NULL AS listed
              FROM people_person AS whose
              LEFT JOIN people_consent AS consent
                ON consent.person_id = whose.id AND consent.purpose = 'road'
               AND consent.withdrawn_at IS NULL
              LEFT JOIN (SELECT DISTINCT dossier.person_id
                           FROM dossiers_act AS act
                           JOIN dossiers_dossier AS dossier ON dossier.id = act.dossier_id
                           LEFT JOIN dossiers_act AS void ON void.voids_id = act.id
                          WHERE act.step = 'listed' AND act.voids_id IS NULL AND void.id IS NULL
                        ) AS acted ON acted.person_id = whose.id) AS now
     WHERE now.id = person.id AND (person.agreed, person.listed) <> (now.agreed, now.listed);
    GET DIAGNOSTICS changed = ROW_COUNT;
    UPDATE dossiers_dossier AS dossier SET agreed = person.agreed, listed = person.listed
      FROM people_person AS person
     WHERE person.id = dossier.person_id
       AND (dossier.agreed, dossier.listed) <> (person.agreed, person.listed);
    GET DIAGNOSTICS more = ROW_COUNT;
    changed := changed + more;
    DELETE FROM people_nameword AS word USING people_person AS person
     WHERE person.id = word.person_id
       AND NOT (person.agreed AND person.school_id = word.school_id
                AND word.word = ANY (string_to_array(person.search_key, ' ')));
    GET DIAGNOSTICS more = ROW_COUNT;
    changed := changed + more;
    INSERT INTO people_nameword (person_id, school_id, word, listed)
    SELECT DISTINCT person.id, person.school_id, one, person.listed
      FROM people_person AS person, unnest(string_to_array(person.search_key, ' ')) AS one
     WHERE person.agreed AND one <> ''
        ON CONFLICT (person_id, word) DO UPDATE SET listed = EXCLUDED.listed
     WHERE people_nameword.listed <> EXCLUDED.listed;
    GET DIAGNOSTICS more = ROW_COUNT;
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
    RETURN changed + more;
END $$;
REVOKE EXECUTE ON FUNCTION wall_mark(bigint), wall_mark_all() FROM PUBLIC;

CREATE FUNCTION wall_mark_by_consent() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.purpose = 'road' THEN
        PERFORM wall_mark(OLD.person_id);
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.purpose = 'road' THEN
        PERFORM wall_mark(NEW.person_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER wall_marks AFTER INSERT OR UPDATE OR DELETE ON people_consent
    FOR EACH ROW EXECUTE FUNCTION wall_mark_by_consent();

CREATE FUNCTION wall_mark_by_name() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM wall_mark(NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER wall_marks AFTER UPDATE OF search_key, school_id ON people_person
    FOR EACH ROW EXECUTE FUNCTION wall_mark_by_name();

CREATE FUNCTION wall_mark_by_act() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('wall.whole', true);
    acted bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.dossier_id ELSE NEW.dossier_id END;
    person bigint;
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    SELECT person_id INTO person FROM dossiers_dossier WHERE id = acted;
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
    PERFORM wall_mark(person);
    RETURN NULL;
END $$;
-- A declaration that an act is void carries the step of that act.
CREATE TRIGGER wall_marks AFTER INSERT ON dossiers_act
    FOR EACH ROW WHEN (NEW.step = 'listed') EXECUTE FUNCTION wall_mark_by_act();
CREATE TRIGGER wall_unmarks AFTER DELETE ON dossiers_act
    FOR EACH ROW WHEN (OLD.step = 'listed') EXECUTE FUNCTION wall_mark_by_act();

-- A new case begins with the marks of its person, whatever is said of it.
CREATE FUNCTION wall_mark_new_case() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE before text := current_setting('wall.whole', true);
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    SELECT person.agreed, person.listed INTO NEW.agreed, NEW.listed
      FROM people_person AS person WHERE person.id = NEW.person_id;
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
    RETURN NEW;
END $$;
CREATE TRIGGER wall_marks BEFORE INSERT ON dossiers_dossier
    FOR EACH ROW EXECUTE FUNCTION wall_mark_new_case();

SELECT wall_mark_all();
"""

POLICIES = """
ALTER POLICY of_a_school_in_reach ON people_invitation
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]) AND (SELECT wall_early()));
ALTER POLICY of_a_school_in_reach ON people_person
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]) AND agreed
           AND (listed OR (SELECT wall_early())));
ALTER POLICY of_a_school_in_reach ON dossiers_dossier
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]) AND agreed
           AND (listed OR (SELECT wall_early())));
CREATE POLICY of_a_school_in_reach ON people_nameword FOR SELECT TO donghanh_cases
    USING (school_id = ANY ((SELECT wall_schools())::bigint[])
           AND (listed OR (SELECT wall_early())));
CREATE POLICY helped ON people_nameword FOR SELECT TO donghanh_helper
    USING (person_id IN (SELECT person_id FROM wall_helped()));

-- Asked once a statement, not once a row, and found by an index from either side.
ALTER POLICY by_the_code ON people_invitation
    USING (code_digest = (SELECT nullif(current_setting('wall.code', true), '')));
ALTER POLICY own ON people_person
    USING (user_id = (SELECT nullif(current_setting('wall.account', true), '')::bigint)
           OR invitation_id = (SELECT invitation.id FROM people_invitation AS invitation
                                WHERE invitation.code_digest
                                      = (SELECT nullif(current_setting('wall.code', true), ''))));

-- The marks are the database's own: whoever looks at cases may write the other columns.
REVOKE UPDATE ON dossiers_dossier FROM donghanh_cases;
GRANT UPDATE (person_id, school_id, opened_date, base_committee, sub_committee, delegated,
              by_members, standards, scopes, graduated_date, acts_recorded, simulated)
    ON dossiers_dossier TO donghanh_cases;

-- A board that opened in an emergency reads: what it reads anyway, and what it opened.
CREATE FUNCTION wall_opened() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('wall.opened', true), '')::bigint
$$;
CREATE FUNCTION wall_case() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('wall.case', true), '')::bigint
$$;
-- Whose case that is: asked as the owner, since persons must not wait for cases and those for them.
CREATE FUNCTION wall_person() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE before text := current_setting('wall.whole', true); found bigint;
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    SELECT person_id INTO found FROM dossiers_dossier WHERE id = wall_case();
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
    RETURN found;
END $$;
REVOKE EXECUTE ON FUNCTION wall_person() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION wall_person() TO donghanh_emergency;
CREATE POLICY listed_in_reach ON people_person FOR SELECT TO donghanh_emergency
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]) AND agreed AND listed);
CREATE POLICY listed_in_reach ON people_nameword FOR SELECT TO donghanh_emergency
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]) AND listed);
CREATE POLICY listed_in_reach ON dossiers_dossier FOR SELECT TO donghanh_emergency
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]) AND agreed AND listed);
CREATE POLICY opened ON dossiers_dossier FOR SELECT TO donghanh_emergency
    USING (school_id = (SELECT wall_opened()) AND agreed
           AND id = coalesce((SELECT wall_case()), id));
CREATE POLICY opened ON people_person FOR SELECT TO donghanh_emergency
    USING (school_id = (SELECT wall_opened()) AND agreed
           AND ((SELECT wall_case()) IS NULL OR id = (SELECT wall_person())));
CREATE POLICY opened ON people_nameword FOR SELECT TO donghanh_emergency
    USING (school_id = (SELECT wall_opened())
           AND ((SELECT wall_case()) IS NULL OR person_id = (SELECT wall_person())));
CREATE POLICY of_a_person_in_sight ON people_consent FOR SELECT TO donghanh_emergency
    USING (EXISTS (SELECT FROM people_person AS person
                    WHERE person.id = people_consent.person_id));
CREATE POLICY of_a_case_opened ON dossiers_act FOR SELECT TO donghanh_emergency
    USING (EXISTS (SELECT FROM dossiers_dossier AS dossier
                    WHERE dossier.id = dossiers_act.dossier_id));
GRANT SELECT ON people_person, people_consent, dossiers_dossier, dossiers_act
    TO donghanh_emergency;
GRANT UPDATE ON organisation_opening TO donghanh_emergency;
GRANT UPDATE (last_login) ON accounts_user TO donghanh_emergency;
"""

HELPED = """
CREATE OR REPLACE FUNCTION wall_helped() RETURNS TABLE (dossier_id bigint, person_id bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('wall.whole', true);
    helper bigint := nullif(current_setting('wall.account', true), '')::bigint;
BEGIN
    IF helper IS NULL THEN
        RETURN;
    END IF;
    -- The owner holds for helpers too: without an account this is not asked again inside.
    PERFORM set_config('wall.whole', 'yes', true), set_config('wall.account', '', true);
    RETURN QUERY
    SELECT dossier.id, dossier.person_id
      FROM dossiers_dossier AS dossier
     WHERE dossier.id IN (SELECT act.dossier_id FROM dossiers_act AS act
                           WHERE act.helper_id = helper)
       {agreed}
       AND helper = (SELECT told.helper_id FROM dossiers_act AS told
                      WHERE told.dossier_id = dossier.id AND told.voids_id IS NULL
                        AND (told.helper_id IS NOT NULL
                             OR told.step IN ('unlisted', 'deleted', 'annulled'))
                        AND NOT EXISTS (SELECT FROM dossiers_act AS void
                                         WHERE void.voids_id = told.id)
                      ORDER BY told.number DESC LIMIT 1);
    PERFORM set_config('wall.whole', coalesce(before, ''), true),
            set_config('wall.account', helper::text, true);
END $$;
"""

BACKWARDS = """
DO $$
DECLARE one record;
BEGIN
    FOR one IN SELECT tablename, policyname FROM pg_policies
                WHERE schemaname = 'public' AND starts_with(policyname, 'whole_when_said')
                  AND NOT starts_with(tablename, 'reports_') LOOP
        EXECUTE format('ALTER POLICY %I ON %I USING (current_setting(%L, true) = %L)',
                       one.policyname, one.tablename, 'wall.whole', 'yes');
        EXECUTE format('ALTER POLICY %I ON %I RENAME TO %I', one.policyname, one.tablename,
                       replace(one.policyname, 'whole_when_said', 'all_when_said'));
    END LOOP;
    FOR one IN SELECT tablename, policyname FROM pg_policies
                WHERE 'donghanh_emergency' = ANY (roles)
                   OR (tablename = 'people_nameword'
                       AND policyname <> 'all_when_said_by_a_job') LOOP
        EXECUTE format('DROP POLICY %I ON %I', one.policyname, one.tablename);
    END LOOP;
END $$;
ALTER POLICY of_a_school_in_reach ON people_invitation
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]));
ALTER POLICY of_a_school_in_reach ON people_person
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]));
ALTER POLICY of_a_school_in_reach ON dossiers_dossier
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]));
ALTER POLICY by_the_code ON people_invitation
    USING (code_digest = nullif(current_setting('wall.code', true), ''));
ALTER POLICY own ON people_person
    USING (user_id = nullif(current_setting('wall.account', true), '')::bigint
           OR EXISTS (SELECT FROM people_invitation AS invitation
                       WHERE invitation.id = people_person.invitation_id));
REVOKE ALL ON people_person, people_consent, dossiers_dossier, dossiers_act, organisation_opening,
    accounts_user FROM donghanh_emergency;
GRANT UPDATE ON dossiers_dossier TO donghanh_cases;
DROP FUNCTION wall_mark_by_consent() CASCADE;
DROP FUNCTION wall_mark_by_name() CASCADE;
DROP FUNCTION wall_mark_by_act() CASCADE;
DROP FUNCTION wall_mark_new_case() CASCADE;
DROP FUNCTION wall_mark(bigint);
DROP FUNCTION wall_mark_all();
DROP FUNCTION wall_early();
DROP FUNCTION wall_opened();
DROP FUNCTION wall_person();
DROP FUNCTION wall_case();
DROP FUNCTION wall_whole();
"""


class Migration(migrations.Migration):
    """Marks on cases, what keeps them, and policies that compare them."""

    dependencies = [
        ("accounts", "0002_shows_tables_that_hold_no_pupil"),
        ("dossiers", "0004_walls_around_cases"),
        ("history", "0003_lets_everybody_leave_a_line"),
        ("organisation", "0012_shows_units_to_everybody"),
        ("people", "0004_keeps_marks_and_words_of_names"),
    ]
    operations = [
        migrations.RemoveIndex(model_name="dossier", name="dossiers_by_school"),
        migrations.AddField(
            model_name="dossier",
            name="agreed",
            field=models.BooleanField(db_default=False, editable=False),
        ),
        migrations.AddField(
            model_name="dossier",
            name="listed",
            field=models.BooleanField(db_default=False, editable=False),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="school",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.unit",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                fields=["school", "id"], include=("agreed", "listed"), name="dossiers_of_school"
            ),
        ),
        migrations.RunSQL(WHOLE + MARKS + POLICIES, BACKWARDS),
        migrations.RunSQL(HELPED.format(agreed="AND dossier.agreed"), HELPED.format(agreed="")),
    ]
