"""Before code: who sees a hand-over, whom its link shows, and what moves the case at receipt."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
ALTER TABLE handover_handover ENABLE ROW LEVEL SECURITY;
ALTER TABLE handover_handover FORCE ROW LEVEL SECURITY;

-- The mark of the consent, kept by the database alone: a hand-over begins with that of its case,
-- and follows it.
CREATE FUNCTION handover_mark_new() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE before text := current_setting('wall.whole', true);
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    SELECT agreed INTO NEW.stands FROM dossiers_dossier WHERE id = NEW.dossier_id;
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
    RETURN NEW;
END $$;
CREATE TRIGGER wall_marks BEFORE INSERT ON handover_handover
    FOR EACH ROW EXECUTE FUNCTION handover_mark_new();
CREATE FUNCTION handover_mark() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE before text := current_setting('wall.whole', true);
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    UPDATE handover_handover SET stands = NEW.agreed
     WHERE dossier_id = NEW.id AND stands <> NEW.agreed;
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
    RETURN NULL;
END $$;
CREATE TRIGGER handover_marks AFTER UPDATE OF agreed ON dossiers_dossier
    FOR EACH ROW WHEN (OLD.agreed <> NEW.agreed) EXECUTE FUNCTION handover_mark();

CREATE FUNCTION wall_code() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('wall.code', true), '')
$$;

-- Whose name the link shows: with the second code alone, while nobody confirmed.
CREATE FUNCTION wall_linked() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE before text := current_setting('wall.whole', true); found bigint;
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    SELECT dossier.person_id INTO found
      FROM handover_handover AS handover
      JOIN dossiers_dossier AS dossier ON dossier.id = handover.dossier_id
     WHERE handover.whole_digest = nullif(current_setting('wall.code', true), '')
       AND handover.stands AND dossier.agreed AND handover.sent_date IS NOT NULL
       AND handover.received_at IS NULL AND handover.called_back_at IS NULL;
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
    RETURN found;
END $$;
REVOKE EXECUTE ON FUNCTION wall_linked() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION wall_linked() TO donghanh_link;

-- Confirms a hand-over, once, and moves its case: to the school here, or out of sight. The one who
-- asks is a post of the school it goes to, or whoever holds link and code; that is looked at here.
CREATE FUNCTION handover_settle(number bigint, day date, instant timestamptz, account bigint,
                                named text, move jsonb, class text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('wall.whole', true);
    schools bigint[] := nullif(current_setting('wall.schools', true), '')::bigint[];
    code text := nullif(current_setting('wall.code', true), '');
    one handover_handover%ROWTYPE; whose bigint; may boolean;
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    -- Locked in the order in which acts and consents lock: the case, its person, then the rest.
    SELECT person_id INTO whose FROM dossiers_dossier
     WHERE id = (SELECT dossier_id FROM handover_handover WHERE id = number) AND agreed
       FOR NO KEY UPDATE;
    PERFORM FROM people_person WHERE id = whose FOR NO KEY UPDATE;
    SELECT * INTO one FROM handover_handover
     WHERE id = number AND stands AND sent_date IS NOT NULL AND received_at IS NULL
       AND called_back_at IS NULL
       FOR UPDATE;
    may := one.id IS NOT NULL AND whose IS NOT NULL AND day >= one.sent_date
           AND CASE WHEN one.to_school_id IS NULL THEN coalesce(one.whole_digest = code, false)
                    ELSE coalesce(one.to_school_id = ANY (schools), false) END;
    IF may THEN
        UPDATE handover_handover
           SET received_date = day, received_at = instant, received_by_id = account,
               receiver = named, link_until = NULL
         WHERE id = number;
        UPDATE dossiers_dossier
           SET moves = (moves - (-1)) || jsonb_build_array(move), handing_over = false,
               place = '{}'::jsonb, gone = (one.to_school_id IS NULL),
               school_id = coalesce(one.to_school_id, school_id)
         WHERE id = one.dossier_id;
        IF one.to_school_id IS NOT NULL THEN
            UPDATE people_person SET school_id = one.to_school_id, class_name = class
             WHERE id = whose;
        END IF;
    END IF;
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
    RETURN may;
END $$;
REVOKE EXECUTE ON FUNCTION
    handover_settle(bigint, date, timestamptz, bigint, text, jsonb, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    handover_settle(bigint, date, timestamptz, bigint, text, jsonb, text)
    TO donghanh_cases, donghanh_link, donghanh_job;

CREATE POLICY of_a_school_in_reach ON handover_handover TO donghanh_cases
    USING (stands AND (SELECT wall_early())
           AND (from_school_id = ANY ((SELECT wall_schools())::bigint[])
                OR (to_school_id = ANY ((SELECT wall_schools())::bigint[])
                    AND sent_date IS NOT NULL)));
CREATE POLICY own ON handover_handover TO donghanh_pupil
    USING (EXISTS (SELECT FROM dossiers_dossier AS dossier
                    WHERE dossier.id = handover_handover.dossier_id));
CREATE POLICY by_the_link ON handover_handover FOR SELECT TO donghanh_link
    USING (stands AND sent_date IS NOT NULL AND received_at IS NULL AND called_back_at IS NULL
           AND (link_digest = (SELECT wall_code()) OR whole_digest = (SELECT wall_code())));
CREATE POLICY whole_when_said_by_a_job ON handover_handover TO donghanh_job
    USING ((SELECT wall_whole()));
CREATE POLICY by_the_link ON people_person FOR SELECT TO donghanh_link
    USING (id = (SELECT wall_linked()));

GRANT SELECT, INSERT ON handover_handover TO donghanh_cases;
GRANT UPDATE (stand, papers, lying, sent_date, sent_at, sent_by_id, link_digest, whole_digest,
              link_until, called_back_at, called_back_by_id)
    ON handover_handover TO donghanh_cases;
GRANT SELECT, UPDATE (agreed_date, agreed_at, refused_at) ON handover_handover TO donghanh_pupil;
GRANT SELECT (id, dossier_id, from_school_id, from_unit_id, "to", to_name, papers, lying,
              sent_date, sent_by_id, link_digest, whole_digest, link_until, received_at,
              called_back_at, stands)
    ON handover_handover TO donghanh_link;
GRANT SELECT (id, full_name) ON people_person TO donghanh_link;
GRANT SELECT ON organisation_unit, organisation_unitversion TO donghanh_link;
GRANT EXECUTE ON FUNCTION history_record(timestamptz, bigint, text, text, text, text, bigint, jsonb)
    TO donghanh_link;
GRANT SELECT, INSERT, UPDATE, DELETE ON handover_handover TO donghanh_job;
"""
BACKWARDS = """
DROP POLICY by_the_link ON people_person;
DO $$
DECLARE policy record;
BEGIN
    FOR policy IN SELECT policyname FROM pg_policies WHERE tablename = 'handover_handover' LOOP
        EXECUTE format('DROP POLICY %I ON handover_handover', policy.policyname);
    END LOOP;
END $$;
ALTER TABLE handover_handover DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;
REVOKE ALL ON people_person, organisation_unit, organisation_unitversion FROM donghanh_link;
REVOKE EXECUTE ON FUNCTION
    history_record(timestamptz, bigint, text, text, text, text, bigint, jsonb) FROM donghanh_link;
DROP FUNCTION handover_settle(bigint, date, timestamptz, bigint, text, jsonb, text);
DROP FUNCTION handover_mark() CASCADE;
DROP FUNCTION handover_mark_new() CASCADE;
DROP FUNCTION wall_linked();
DROP FUNCTION wall_code();
"""


class Migration(migrations.Migration):
    """What the database's roles may see and do."""

    dependencies = [
        ("dossiers", "0011_cases_tell_where_they_are"),
        ("handover", "0001_creates_handovers"),
        ("history", "0006_guards_tables_that_actions_change"),
        ("organisation", "0012_shows_units_to_everybody"),
        ("people", "0004_keeps_marks_and_words_of_names"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
