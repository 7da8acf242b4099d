"""
Before code: row-level security on voices; what came is only added; who acts leaves a line.

What a writer adds leaves no line of history: a line has an instant. See docs/why/unnamed-voices.md.
"""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
ALTER TABLE voices_voice ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE voices_word ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE voices_act ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE voices_publication ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY of_a_unit ON voices_act TO donghanh_cases, donghanh_counts, donghanh_education
    USING (unit_id = ANY ((SELECT wall_units())::bigint[])
           OR above_id = ANY ((SELECT wall_units())::bigint[])
           OR watch_id = ANY ((SELECT wall_units())::bigint[]));
-- One level up once the last day has passed by the database's own day, or somebody asked there; in
-- an emergency there and to the school's cell at once.
CREATE POLICY of_a_unit ON voices_voice FOR SELECT
    TO donghanh_cases, donghanh_counts, donghanh_education
    USING (unit_id = ANY ((SELECT wall_units())::bigint[])
           OR (above_id = ANY ((SELECT wall_units())::bigint[])
               AND (emergency
                    OR due_on < (SELECT (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)
                    OR id IN (SELECT act.voice_id FROM voices_act AS act
                               WHERE act.deed IN ('flagged', 'alarmed'))))
           OR (watch_id = ANY ((SELECT wall_units())::bigint[])
               AND (emergency
                    OR id IN (SELECT act.voice_id FROM voices_act AS act
                               WHERE act.deed = 'alarmed'))));
CREATE POLICY of_a_voice ON voices_word FOR SELECT
    TO donghanh_cases, donghanh_counts, donghanh_education
    USING (voice_id IN (SELECT voice.id FROM voices_voice AS voice));
CREATE POLICY of_a_unit ON voices_publication
    TO donghanh_cases, donghanh_counts, donghanh_education
    USING (unit_id = ANY ((SELECT wall_units())::bigint[])
           OR above_id = ANY ((SELECT wall_units())::bigint[]));

-- Whoever writes may add; whoever has a code sees the one voice of it.
CREATE POLICY anybody_adds ON voices_voice FOR INSERT TO donghanh_link WITH CHECK (true);
CREATE POLICY by_the_code ON voices_voice FOR SELECT TO donghanh_link
    USING (code_digest = (SELECT nullif(current_setting('wall.code', true), '')));
CREATE POLICY by_the_code ON voices_word TO donghanh_link
    USING (voice_id IN (SELECT voice.id FROM voices_voice AS voice));
CREATE POLICY by_the_code ON voices_act FOR SELECT TO donghanh_link
    USING (voice_id IN (SELECT voice.id FROM voices_voice AS voice));
CREATE POLICY made_public ON voices_publication FOR SELECT TO donghanh_link
    USING (confirmed_on IS NOT NULL AND withdrawn_on IS NULL);

DO $$
DECLARE walled text;
BEGIN
    FOREACH walled IN ARRAY ARRAY['voices_voice', 'voices_word', 'voices_act',
                                  'voices_publication'] LOOP
        EXECUTE format('CREATE POLICY whole_when_said_by_a_job ON %I TO donghanh_job'
                       ' USING ((SELECT wall_whole()))', walled);
    END LOOP;
END $$;

GRANT SELECT ON voices_voice, voices_word
    TO donghanh_cases, donghanh_counts, donghanh_education;
GRANT SELECT, INSERT ON voices_act, voices_publication
    TO donghanh_cases, donghanh_counts, donghanh_education;
GRANT UPDATE (confirmed_by_id, confirmed_on, withdrawn_on) ON voices_publication
    TO donghanh_cases, donghanh_counts, donghanh_education;
GRANT SELECT, INSERT ON voices_voice, voices_word TO donghanh_link;
GRANT SELECT (id, voice_id, of_unit_id, place, deed, text, reason, "on") ON voices_act
    TO donghanh_link;
GRANT SELECT (id, unit_id, topic, question, answer, confirmed_on, withdrawn_on)
    ON voices_publication TO donghanh_link;
GRANT SELECT ON organisation_link, organisation_successor, amendments_amendment TO donghanh_link;
GRANT SELECT, INSERT ON voices_voice, voices_word, voices_act TO donghanh_job;
GRANT SELECT, INSERT, UPDATE ON voices_publication TO donghanh_job;

SELECT wall_show('voices_promise');
GRANT SELECT ON voices_promise TO donghanh_link;
GRANT INSERT, UPDATE (days, by_id) ON voices_promise
    TO donghanh_cases, donghanh_counts, donghanh_education;

-- What came is only added. The one that lays it anew is the function below, which says so.
CREATE FUNCTION voices_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('voices.laying', true), '') = 'yes' AND TG_OP = 'DELETE' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% is only added to: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER voices_voice_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON voices_voice
    FOR EACH STATEMENT EXECUTE FUNCTION voices_only_added();
CREATE TRIGGER voices_word_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON voices_word
    FOR EACH STATEMENT EXECUTE FUNCTION voices_only_added();
CREATE TRIGGER voices_act_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON voices_act
    FOR EACH STATEMENT EXECUTE FUNCTION voices_only_added();

-- Writes the rows of days past anew in the order of their numbers, which are drawn by chance: where
-- a row lies, and which transaction wrote it, then tells nothing of when it came.
CREATE FUNCTION voices_settle(today date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE before text := current_setting('wall.whole', true); laid bigint; more bigint;
BEGIN
    PERFORM set_config('wall.whole', 'yes', true), set_config('voices.laying', 'yes', true);
    CREATE TEMPORARY TABLE voices_laid_voice ON COMMIT DROP AS
        SELECT * FROM voices_voice WHERE NOT settled AND came_on < today;
    CREATE TEMPORARY TABLE voices_laid_word ON COMMIT DROP AS
        SELECT * FROM voices_word WHERE NOT settled AND came_on < today;
    DELETE FROM voices_word WHERE id IN (SELECT id FROM voices_laid_word);
    DELETE FROM voices_voice WHERE id IN (SELECT id FROM voices_laid_voice);
    UPDATE voices_laid_voice SET settled = true;
    UPDATE voices_laid_word SET settled = true;
    INSERT INTO voices_voice SELECT * FROM voices_laid_voice ORDER BY id;
    GET DIAGNOSTICS laid = ROW_COUNT;
    INSERT INTO voices_word SELECT * FROM voices_laid_word ORDER BY id;
    GET DIAGNOSTICS more = ROW_COUNT;
    DROP TABLE voices_laid_voice, voices_laid_word;
    PERFORM set_config('wall.whole', coalesce(before, ''), true),
            set_config('voices.laying', '', true);
    RETURN laid + more;
END $$;
REVOKE EXECUTE ON FUNCTION voices_settle(date), voices_only_added() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION voices_settle(date) TO donghanh_job;

-- Counts for who may see no voice of the units below: numbers alone, to be covered where small.
CREATE FUNCTION voices_counted(asked bigint[], since date, until date)
RETURNS TABLE (unit_id bigint, topic text, number bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('wall.whole', true);
    mine bigint[] := (SELECT array_agg(one) FROM unnest(asked) AS one
                       WHERE wall_whole() OR one = ANY (wall_units()));
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    RETURN QUERY
    SELECT voice.unit_id, voice.topic::text, count(*) FROM voices_voice AS voice
     WHERE (voice.unit_id = ANY (mine) OR voice.above_id = ANY (mine))
       AND voice.came_on >= since AND voice.came_on < until
     GROUP BY voice.unit_id, voice.topic;
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
END $$;
REVOKE EXECUTE ON FUNCTION voices_counted(bigint[], date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION voices_counted(bigint[], date, date)
    TO donghanh_cases, donghanh_counts, donghanh_education, donghanh_job;

-- Nothing is made public to which its writer did not say yes.
CREATE FUNCTION voices_need_a_yes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (SELECT may_publish FROM voices_voice WHERE id = NEW.voice_id) THEN
        RAISE EXCEPTION 'its writer did not agree to publication'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'voices_publication_agreed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER voices_publication_agreed BEFORE INSERT ON voices_publication
    FOR EACH ROW EXECUTE FUNCTION voices_need_a_yes();

SELECT history_protect('voices_act', 'voices_publication', 'voices_promise');
"""
BACKWARDS = """
SELECT history_release('voices_act', 'voices_publication', 'voices_promise');
DROP FUNCTION voices_need_a_yes() CASCADE;
DROP FUNCTION voices_counted(bigint[], date, date);
DROP FUNCTION voices_settle(date);
DROP FUNCTION voices_only_added() CASCADE;
DO $$
DECLARE policy record;
BEGIN
    FOR policy IN SELECT policyname, tablename FROM pg_policies
                   WHERE tablename LIKE 'voices%' LOOP
        EXECUTE format('DROP POLICY %I ON %I', policy.policyname, policy.tablename);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    """What the database's roles may see and do."""

    dependencies = [
        ("accounts", "0002_shows_tables_that_hold_no_pupil"),
        ("amendments", "0003_shows_amendments_to_everybody"),
        ("history", "0006_guards_tables_that_actions_change"),
        ("people", "0004_keeps_marks_and_words_of_names"),
        ("reports", "0004_departments_read_what_they_carry_on"),
        ("voices", "0001_creates_voices"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
