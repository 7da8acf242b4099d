"""Before code: a table of records put aside; who stops by one of them stops all."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

WALL = """
ALTER TABLE people_aside ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_aside FORCE ROW LEVEL SECURITY;

-- Whoever sees the record that leads may know of the other; of who stopped nobody knows either.
CREATE POLICY of_a_person_in_sight ON people_aside
    TO donghanh_cases, donghanh_emergency, donghanh_helper
    USING (EXISTS (SELECT FROM people_person AS person WHERE person.id = people_aside.lead_id));
CREATE POLICY counted ON people_aside FOR SELECT TO donghanh_counts, donghanh_education
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]));
CREATE POLICY whole_when_said ON people_aside FOR SELECT TO donghanh_keeper
    USING ((SELECT wall_whole()));
CREATE POLICY whole_when_said_by_a_job ON people_aside TO donghanh_job
    USING ((SELECT wall_whole()));

GRANT SELECT ON people_aside TO donghanh_emergency, donghanh_helper, donghanh_counts,
    donghanh_education, donghanh_keeper;
GRANT SELECT, INSERT, DELETE ON people_aside TO donghanh_cases;
GRANT SELECT, INSERT, UPDATE, DELETE ON people_aside TO donghanh_job;

-- Asked as the owner: the code of one record does not reach the others of the same pupil.
CREATE FUNCTION people_stop_together(whose bigint, at timestamptz, day date) RETURNS bigint[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('wall.whole', true);
    heading bigint; found bigint[];
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    IF NOT EXISTS (SELECT FROM people_consent
                    WHERE person_id = whose AND withdrawn_at IS NULL) THEN
        heading := coalesce((SELECT lead_id FROM people_aside WHERE person_id = whose), whose);
        WITH stopped AS (
            UPDATE people_consent SET withdrawn_at = greatest(at, given_at), withdrawn_date = day
             WHERE withdrawn_at IS NULL
               AND (person_id = heading
                    OR person_id IN (SELECT person_id FROM people_aside WHERE lead_id = heading))
            RETURNING person_id)
        SELECT array_agg(DISTINCT person_id) INTO found FROM stopped;
        UPDATE people_invitation SET answered_at = NULL
         WHERE id IN (SELECT invitation_id FROM people_person WHERE id = ANY (found));
    END IF;
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
    RETURN coalesce(found, '{}');
END $$;
REVOKE EXECUTE ON FUNCTION people_stop_together(bigint, timestamptz, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_stop_together(bigint, timestamptz, date)
    TO donghanh_pupil, donghanh_job;
"""
BACKWARDS = """
DROP FUNCTION people_stop_together(bigint, timestamptz, date);
DO $$
DECLARE policy record;
BEGIN
    FOR policy IN SELECT policyname FROM pg_policies WHERE tablename = 'people_aside' LOOP
        EXECUTE format('DROP POLICY %I ON people_aside', policy.policyname);
    END LOOP;
END $$;
"""


def _record(name: str) -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to="people.person"
    )


class Migration(migrations.Migration):
    """Which record leads where the same pupil was entered twice."""

    dependencies = [
        ("dossiers", "0005_walls_go_by_marks"),
        ("history", "0006_guards_tables_that_actions_change"),
        ("organisation", "0012_shows_units_to_everybody"),
        ("people", "0006_persons_are_erased"),
    ]
    operations = [
        migrations.CreateModel(
            name="Aside",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aside",
                        to="people.person",
                    ),
                ),
                ("lead", _record("followers")),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "aside",
            models.CheckConstraint(name="people_aside_not_itself", condition=~Q(person=F("lead"))),
        ),
        migrations.RunSQL(WALL, BACKWARDS),
        migrations.RunSQL(
            "SELECT history_protect('people_aside')", "SELECT history_release('people_aside')"
        ),
    ]
