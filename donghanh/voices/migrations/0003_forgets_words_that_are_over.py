"""
Before code: the words of voices that have long been over go; unit, topic and month stay to count.

The tables are only added to still: the one function that takes words away says so, and a job alone
may ask for it. See docs/why/unnamed-voices.md.
"""

from __future__ import annotations

import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

FORWARDS = """
-- What came is only added. The functions that lay it anew, or take words away, say so.
CREATE OR REPLACE FUNCTION voices_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('voices.laying', true), '') = 'yes' AND TG_OP = 'DELETE' THEN
        RETURN NULL;
    END IF;
    IF coalesce(current_setting('voices.forgetting', true), '') = 'yes' AND TG_OP = 'UPDATE' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% is only added to: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;

-- Takes away the words of voices that wait for nothing and of which nothing was said or done since
-- the first day that is kept, and the day but for its month; a public answer stays until it is
-- taken back. Returns whose answers and rewritten words went, and of how many voices; the row
-- without an account tells how many voices went in all.
CREATE FUNCTION voices_forget(first_kept date, on_day date)
RETURNS TABLE (account bigint, many bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE before text := current_setting('wall.whole', true);
BEGIN
    PERFORM voices_settle(on_day);
    -- Who goes on meanwhile waits, and is then told that it is over.
    LOCK TABLE voices_word, voices_act IN SHARE ROW EXCLUSIVE MODE;
    PERFORM set_config('wall.whole', 'yes', true), set_config('voices.forgetting', 'yes', true);
    CREATE TEMPORARY TABLE voices_over ON COMMIT DROP AS
        SELECT voice.id FROM voices_voice AS voice
         WHERE voice.gone_on IS NULL AND voice.came_on < first_kept
           AND NOT EXISTS (SELECT FROM voices_word AS word
                            WHERE word.voice_id = voice.id AND word.came_on >= first_kept)
           AND NOT EXISTS (SELECT FROM voices_act AS act
                            WHERE act.voice_id = voice.id AND act."on" >= first_kept)
           AND (EXISTS (SELECT FROM voices_word AS word
                         WHERE word.voice_id = voice.id AND word.kind = 'closed')
                OR EXISTS (SELECT FROM voices_act AS act
                            WHERE act.voice_id = voice.id
                              AND act.deed IN ('answered', 'noted', 'set_aside')
                              AND NOT EXISTS (SELECT FROM voices_word AS word
                                               WHERE word.voice_id = act.voice_id
                                                 AND word.kind = 'more'
                                                 AND word.place > act.place)))
           AND NOT EXISTS (SELECT FROM voices_publication AS made
                            WHERE made.voice_id = voice.id
                              AND made.confirmed_on IS NULL AND made.withdrawn_on IS NULL);
    UPDATE voices_voice
       SET text = '', name = '', class_name = '', gone_on = on_day,
           came_on = date_trunc('month', came_on)::date, due_on = date_trunc('month', due_on)::date
     WHERE id IN (SELECT over.id FROM voices_over AS over);
    UPDATE voices_word
       SET text = '', came_on = date_trunc('month', came_on)::date,
           due_on = date_trunc('month', due_on)::date
     WHERE voice_id IN (SELECT over.id FROM voices_over AS over);
    UPDATE voices_act SET text = '', "on" = date_trunc('month', "on")::date
     WHERE voice_id IN (SELECT over.id FROM voices_over AS over);
    CREATE TEMPORARY TABLE voices_taken_back ON COMMIT DROP AS
        SELECT made.id, made.voice_id, made.proposed_by_id FROM voices_publication AS made
          JOIN voices_voice AS voice ON voice.id = made.voice_id
         WHERE voice.gone_on IS NOT NULL AND made.withdrawn_on IS NOT NULL AND made.question <> '';
    UPDATE voices_publication SET question = '', answer = ''
     WHERE id IN (SELECT taken.id FROM voices_taken_back AS taken);
    RETURN QUERY
        SELECT whose.account_id, count(DISTINCT whose.voice_id)
          FROM (SELECT act.by_id AS account_id, act.voice_id FROM voices_act AS act
                 WHERE act.voice_id IN (SELECT over.id FROM voices_over AS over)
                UNION ALL
                SELECT taken.proposed_by_id, taken.voice_id FROM voices_taken_back AS taken
               ) AS whose
         GROUP BY whose.account_id
        UNION ALL
        SELECT NULL::bigint, count(*) FROM voices_over;
    DROP TABLE voices_over, voices_taken_back;
    PERFORM set_config('wall.whole', coalesce(before, ''), true),
            set_config('voices.forgetting', '', true);
END $$;
REVOKE EXECUTE ON FUNCTION voices_forget(date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION voices_forget(date, date) TO donghanh_job;

-- Nothing is added to a voice whose words have gone.
CREATE FUNCTION voices_gone_stays_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM voices_voice WHERE id = NEW.voice_id AND gone_on IS NOT NULL) THEN
        RAISE EXCEPTION 'its words have gone'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'voices_gone_stays_gone';
    END IF;
    RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION voices_gone_stays_gone() FROM PUBLIC;
CREATE TRIGGER voices_word_gone BEFORE INSERT ON voices_word
    FOR EACH ROW EXECUTE FUNCTION voices_gone_stays_gone();
CREATE TRIGGER voices_act_gone BEFORE INSERT ON voices_act
    FOR EACH ROW EXECUTE FUNCTION voices_gone_stays_gone();
"""
BACKWARDS = """
DROP FUNCTION voices_gone_stays_gone() CASCADE;
DROP FUNCTION voices_forget(date, date);
CREATE OR REPLACE FUNCTION voices_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('voices.laying', true), '') = 'yes' AND TG_OP = 'DELETE' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% is only added to: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    """When the words of a voice went, and the function that takes them away."""

    dependencies = [("voices", "0002_walls_around_voices")]
    operations = [
        migrations.RemoveConstraint(model_name="voice", name="voices_voice_says_something"),
        migrations.AddField(model_name="voice", name="gone_on", field=models.DateField(null=True)),
        migrations.AddConstraint(
            model_name="voice",
            constraint=models.CheckConstraint(
                name="voices_voice_says_something",
                condition=models.Q(
                    models.Q(
                        ("gone_on", None),
                        models.Q(("text", ""), _negated=True),
                        django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("text"), 5000
                        ),
                    ),
                    models.Q(
                        ("class_name", ""), ("gone_on__isnull", False), ("name", ""), ("text", "")
                    ),
                    _connector="OR",
                ),
            ),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
