"""Before code: a rating is walled, and the database refuses to change or delete it."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
CREATE FUNCTION pool_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a rating is never changed: % refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON pool_rating
    FOR EACH ROW EXECUTE FUNCTION pool_refuse_change();

ALTER TABLE pool_rating ENABLE ROW LEVEL SECURITY;
ALTER TABLE pool_rating FORCE ROW LEVEL SECURITY;
CREATE POLICY whole_when_said_by_a_job ON pool_rating TO donghanh_job
    USING ((SELECT wall_whole()));
-- The school's own Union and cell; who looks from the cell's list on sees no rating.
CREATE POLICY of_a_person_in_reach ON pool_rating TO donghanh_cases
    USING ((SELECT wall_early()) AND EXISTS (SELECT FROM people_person AS person
                                              WHERE person.id = pool_rating.person_id));
CREATE POLICY own ON pool_rating FOR SELECT TO donghanh_pupil
    USING (EXISTS (SELECT FROM people_person AS person WHERE person.id = pool_rating.person_id));
GRANT SELECT, INSERT, UPDATE, DELETE ON pool_rating TO donghanh_job;
GRANT SELECT, INSERT ON pool_rating TO donghanh_cases;
GRANT SELECT ON pool_rating TO donghanh_pupil;
"""
BACKWARDS = """
DROP FUNCTION pool_refuse_change() CASCADE;
DROP POLICY whole_when_said_by_a_job ON pool_rating;
DROP POLICY of_a_person_in_reach ON pool_rating;
DROP POLICY own ON pool_rating;
ALTER TABLE pool_rating DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    """What the database's roles may see and do."""

    dependencies = [
        ("pool", "0001_creates_pool"),
        ("dossiers", "0005_walls_go_by_marks"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
