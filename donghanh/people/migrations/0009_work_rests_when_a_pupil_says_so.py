"""Before code: the day since which nothing is recorded about a pupil, and what refuses to."""

from __future__ import annotations

from django.db import migrations, models

FORWARDS = """
-- The pupil alone says it and takes it back.
GRANT UPDATE (rests_since) ON people_person TO donghanh_pupil;

-- Said by one slip it holds for all records of the same pupil.
CREATE FUNCTION people_rest_together() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE before text := current_setting('wall.whole', true); heading bigint;
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    heading := coalesce((SELECT lead_id FROM people_aside WHERE person_id = NEW.id), NEW.id);
    UPDATE people_person SET rests_since = NEW.rests_since
     WHERE (id = heading OR id IN (SELECT person_id FROM people_aside WHERE lead_id = heading))
       AND rests_since IS DISTINCT FROM NEW.rests_since;
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
    RETURN NULL;
END $$;
CREATE TRIGGER people_rests_together AFTER UPDATE OF rests_since ON people_person
    FOR EACH ROW WHEN (OLD.rests_since IS DISTINCT FROM NEW.rests_since)
    EXECUTE FUNCTION people_rest_together();
CREATE FUNCTION people_rest_joined() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE before text := current_setting('wall.whole', true);
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    UPDATE people_person AS lead SET rests_since = other.rests_since
      FROM people_person AS other
     WHERE lead.id = NEW.lead_id AND other.id = NEW.person_id
       AND lead.rests_since IS NULL AND other.rests_since IS NOT NULL;
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
    RETURN NULL;
END $$;
CREATE TRIGGER people_rests_joined AFTER INSERT ON people_aside
    FOR EACH ROW EXECUTE FUNCTION people_rest_joined();
REVOKE EXECUTE ON FUNCTION people_rest_together(), people_rest_joined() FROM PUBLIC;

-- The one door of all that is recorded about a pupil, whatever room it is of: what comes through
-- while the pupil's wish stands is refused, and with it the whole transaction. What the pupil
-- writes passes. How a row leads to its pupil is told by each table.
CREATE FUNCTION people_refuse_resting() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('wall.whole', true);
    named bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
    rests boolean;
BEGIN
    IF current_setting('role') = 'donghanh_pupil' THEN
        RETURN NEW;
    END IF;
    PERFORM set_config('wall.whole', 'yes', true);
    EXECUTE format('SELECT EXISTS (SELECT FROM people_person WHERE id = (%s) AND agreed'
                   ' AND rests_since IS NOT NULL)', TG_ARGV[1]) INTO rests USING named;
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
    IF rests THEN
        RAISE EXCEPTION 'the pupil asked that the work rests' USING ERRCODE = 'DH001';
    END IF;
    RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION people_refuse_resting() FROM PUBLIC;
"""
BACKWARDS = """
DROP FUNCTION people_refuse_resting() CASCADE;
DROP FUNCTION people_rest_joined() CASCADE;
DROP FUNCTION people_rest_together() CASCADE;
"""


class Migration(migrations.Migration):
    """A pupil's wish that the work rests, kept beside the record."""

    dependencies = [("people", "0008_pupils_may_keep_an_address")]
    operations = [
        migrations.AddField("person", "rests_since", models.DateField(null=True)),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
