"""Before code: a record put aside bears no mark of consent, so nobody on the staff is shown it."""

from __future__ import annotations

from django.db import migrations

BEFORE = """
CREATE OR REPLACE FUNCTION wall_mark(person bigint) RETURNS void
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

CREATE OR REPLACE FUNCTION wall_mark_all() RETURNS bigint
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
"""
AFTER = """
CREATE OR REPLACE FUNCTION wall_mark(person bigint) RETURNS void
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
                         AND consent.withdrawn_at IS NULL)
              AND NOT EXISTS (SELECT FROM people_aside AS aside WHERE aside.person_id = person);
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

CREATE OR REPLACE FUNCTION wall_mark_all() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('wall.whole', true);
    changed bigint; more bigint;
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    UPDATE people_person AS person SET agreed = now.agreed, listed = now.listed
      FROM (SELECT whose.id, acted.person_id IS NOT NULL AS listed,
                   consent.id IS NOT NULL AND NOT EXISTS (
                       SELECT FROM people_aside AS aside WHERE aside.person_id = whose.id
                   ) AS agreed
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
"""
TRIGGER = """
CREATE FUNCTION wall_mark_by_aside() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM wall_mark(CASE TG_OP WHEN 'DELETE' THEN OLD.person_id ELSE NEW.person_id END);
    RETURN NULL;
END $$;
CREATE TRIGGER wall_marks AFTER INSERT OR DELETE ON people_aside
    FOR EACH ROW EXECUTE FUNCTION wall_mark_by_aside();
"""


class Migration(migrations.Migration):
    """The functions that keep the marks, and one trigger more."""

    dependencies = [
        ("dossiers", "0009_reasons_of_erased_pupils_go"),
        ("people", "0007_records_are_put_aside"),
    ]
    operations = [
        migrations.RunSQL(AFTER, BEFORE),
        migrations.RunSQL(TRIGGER, "DROP FUNCTION wall_mark_by_aside() CASCADE"),
    ]
