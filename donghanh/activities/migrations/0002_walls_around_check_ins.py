"""Before code: activities hold no pupil; who was where is the pupil's own until shown."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
SELECT wall_show('activities_activity');
GRANT SELECT ON activities_activity TO donghanh_emergency;
GRANT INSERT, UPDATE (kind, title, search_key, on_date, begins, ends, place, audience, plan,
        school_year, open_since, open_until, turns, held_at, called_off_at, reason)
    ON activities_activity TO donghanh_cases, donghanh_education, donghanh_counts;

ALTER TABLE activities_checkin ENABLE ROW LEVEL SECURITY;
ALTER TABLE activities_checkin FORCE ROW LEVEL SECURITY;
CREATE POLICY whole_when_said_by_a_job ON activities_checkin TO donghanh_job
    USING ((SELECT wall_whole()));
CREATE POLICY own ON activities_checkin TO donghanh_pupil
    USING (EXISTS (SELECT FROM people_person AS person
                    WHERE person.id = activities_checkin.person_id))
    WITH CHECK (EXISTS (SELECT FROM people_person AS person
                         WHERE person.id = activities_checkin.person_id AND person.agreed));
-- The school's own cell and Union, and who helps: only what the pupil put on the road.
CREATE POLICY shown_at_the_school ON activities_checkin FOR SELECT TO donghanh_cases
    USING (shown_at IS NOT NULL AND (SELECT wall_early())
           AND EXISTS (SELECT FROM people_person AS person
                        WHERE person.id = activities_checkin.person_id));
CREATE POLICY shown_to_the_helper ON activities_checkin FOR SELECT TO donghanh_helper
    USING (shown_at IS NOT NULL
           AND EXISTS (SELECT FROM people_person AS person
                        WHERE person.id = activities_checkin.person_id));
GRANT SELECT, INSERT, UPDATE, DELETE ON activities_checkin TO donghanh_job;
GRANT SELECT, INSERT, UPDATE (shown_at, reflection) ON activities_checkin TO donghanh_pupil;
GRANT SELECT ON activities_checkin TO donghanh_cases, donghanh_helper;

-- How many checked in is counted here, so that nobody has to read who did.
CREATE FUNCTION activities_count_check_in() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE activities_activity SET checked_in = checked_in + 1
     WHERE id = NEW.activity_id AND held_at IS NULL AND called_off_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'checking in at activity % is over', NEW.activity_id
            USING ERRCODE = 'DH002';
    END IF;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION activities_count_check_in() FROM PUBLIC;
CREATE TRIGGER counted AFTER INSERT ON activities_checkin
    FOR EACH ROW EXECUTE FUNCTION activities_count_check_in();
"""
BACKWARDS = """
DROP FUNCTION activities_count_check_in() CASCADE;
DROP POLICY whole_when_said_by_a_job ON activities_checkin;
DROP POLICY own ON activities_checkin;
DROP POLICY shown_at_the_school ON activities_checkin;
DROP POLICY shown_to_the_helper ON activities_checkin;
ALTER TABLE activities_checkin DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    """What the database's roles may see and do."""

    dependencies = [
        ("activities", "0001_creates_activities"),
        ("dossiers", "0011_cases_tell_where_they_are"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
