"""Before code: the class of each school year, and what keeps the person's own column the same."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

#: Of who has a record by now only this is known: the class stood when the pupil agreed.
FIRST = """
SELECT set_config('wall.whole', 'yes', true);
INSERT INTO people_enrolment
       (person_id, school_id, school_year, class_name, ended, since_date, written_at, written_by_id)
SELECT person.id, person.school_id, years.first || '-' || years.first + 1, person.class_name, '',
       agreed.on_day, agreed.at, person.user_id
  FROM people_person AS person
 CROSS JOIN LATERAL (SELECT min(given_date), min(given_at) FROM people_consent AS consent
                      WHERE consent.person_id = person.id) AS agreed(on_day, at)
 CROSS JOIN LATERAL (SELECT date_part('year', agreed.on_day)::int
                            - (date_part('month', agreed.on_day) < 8)::int) AS years(first)
 WHERE person.class_name <> '';
SELECT set_config('wall.whole', '', true);
"""
MIRROR = """
-- The class that lists read is the newest one that is named; whoever wrote it, and however.
CREATE FUNCTION people_class_of_person() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE before text := current_setting('wall.whole', true);
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    UPDATE people_person AS person SET class_name = newest.class_name
      FROM (SELECT DISTINCT person_id FROM changed) AS whose
     CROSS JOIN LATERAL (
           SELECT coalesce((SELECT enrolment.class_name FROM people_enrolment AS enrolment
                             WHERE enrolment.person_id = whose.person_id
                               AND enrolment.class_name <> ''
                             ORDER BY enrolment.since_date DESC, enrolment.id DESC LIMIT 1), '')
     ) AS newest(class_name)
     WHERE person.id = whose.person_id AND person.class_name <> newest.class_name;
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION people_class_of_person() FROM PUBLIC;
CREATE TRIGGER people_class_is_written AFTER INSERT ON people_enrolment
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION people_class_of_person();
CREATE TRIGGER people_class_is_changed AFTER UPDATE ON people_enrolment
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION people_class_of_person();
CREATE TRIGGER people_class_is_undone AFTER DELETE ON people_enrolment
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION people_class_of_person();
REVOKE UPDATE (class_name) ON people_person FROM donghanh_cases;
"""
NO_MIRROR = """
GRANT UPDATE (class_name) ON people_person TO donghanh_cases;
DROP FUNCTION people_class_of_person() CASCADE;
"""
WALL = """
ALTER TABLE people_enrolment ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_enrolment FORCE ROW LEVEL SECURITY;
CREATE POLICY of_a_person_in_sight ON people_enrolment FOR SELECT
    TO donghanh_cases, donghanh_helper, donghanh_emergency, donghanh_pupil
    USING (EXISTS (SELECT FROM people_person AS person
                    WHERE person.id = people_enrolment.person_id));
CREATE POLICY first_by_the_pupil ON people_enrolment FOR INSERT TO donghanh_pupil
    WITH CHECK (EXISTS (SELECT FROM people_person AS person
                         WHERE person.id = people_enrolment.person_id));
-- A row is of the school that writes it; who looks from the list on sees it and writes none.
CREATE POLICY written_at_the_school ON people_enrolment FOR INSERT TO donghanh_cases
    WITH CHECK (school_id = ANY ((SELECT wall_schools())::bigint[]) AND (SELECT wall_early())
                AND EXISTS (SELECT FROM people_person AS person
                             WHERE person.id = people_enrolment.person_id));
CREATE POLICY corrected_at_the_school ON people_enrolment FOR UPDATE TO donghanh_cases
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]) AND (SELECT wall_early())
           AND EXISTS (SELECT FROM people_person AS person
                        WHERE person.id = people_enrolment.person_id));
-- What moving up wrote, and nothing else, can be taken back.
CREATE POLICY undone_at_the_school ON people_enrolment FOR DELETE TO donghanh_cases
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]) AND (SELECT wall_early())
           AND promotion_id IS NOT NULL
           AND EXISTS (SELECT FROM people_person AS person
                        WHERE person.id = people_enrolment.person_id));
CREATE POLICY whole_when_said_by_a_job ON people_enrolment TO donghanh_job
    USING ((SELECT wall_whole()));
GRANT SELECT ON people_enrolment TO donghanh_cases, donghanh_helper, donghanh_emergency,
    donghanh_pupil;
GRANT INSERT ON people_enrolment TO donghanh_cases, donghanh_pupil;
GRANT UPDATE (class_name, ended, written_at, written_by_id) ON people_enrolment TO donghanh_cases;
GRANT DELETE ON people_enrolment TO donghanh_cases;
GRANT SELECT, INSERT, UPDATE, DELETE ON people_enrolment TO donghanh_job;

SELECT wall_show('people_promotion');
GRANT INSERT ON people_promotion TO donghanh_cases;
GRANT UPDATE (undone_at, undone_by_id) ON people_promotion TO donghanh_cases;
SELECT history_protect('people_enrolment', 'people_promotion');
"""
NO_WALL = """
SELECT history_release('people_enrolment', 'people_promotion');
DO $$
DECLARE policy record;
BEGIN
    FOR policy IN SELECT policyname FROM pg_policies WHERE tablename = 'people_enrolment' LOOP
        EXECUTE format('DROP POLICY %I ON people_enrolment', policy.policyname);
    END LOOP;
END $$;
"""


def _number() -> models.BigAutoField[int, int]:
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def _key(
    to: str, *, null: bool = False, name: str = "+", index: bool = True
) -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        db_index=index,
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=name,
        to=to,
    )


class Migration(migrations.Migration):
    """Two tables, their walls, and the one trigger that keeps a class from being told two ways."""

    dependencies = [
        ("accounts", "0002_shows_tables_that_hold_no_pupil"),
        ("dossiers", "0012_keeps_standings"),
        ("history", "0006_guards_tables_that_actions_change"),
        ("organisation", "0012_shows_units_to_everybody"),
        ("people", "0010_pupils_agree_to_newer_wordings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Promotion",
            fields=[
                ("id", _number()),
                ("school_year", models.CharField(max_length=9)),
                ("done_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                ("done_by", _key(settings.AUTH_USER_MODEL)),
                ("school", _key("organisation.unit")),
                ("undone_by", _key(settings.AUTH_USER_MODEL, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                ("id", _number()),
                ("school_year", models.CharField(max_length=9)),
                ("class_name", models.CharField(blank=True, max_length=20)),
                ("ended", models.CharField(blank=True, max_length=8)),
                ("since_date", models.DateField()),
                ("written_at", models.DateTimeField()),
                ("person", _key("people.person", name="enrolments", index=False)),
                (
                    "promotion",
                    _key("people.promotion", null=True, name="enrolments"),
                ),
                ("school", _key("organisation.unit", index=False)),
                ("written_by", _key(settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            "enrolment",
            models.UniqueConstraint(
                name="people_enrolment_one_a_year_and_school",
                fields=("person", "school_year", "school"),
            ),
        ),
        migrations.AddConstraint(
            "enrolment",
            models.CheckConstraint(
                name="people_enrolment_has_a_class_or_ended",
                condition=(Q(ended="") & ~Q(class_name=""))
                | Q(ended__in=["finished", "left"], class_name=""),
            ),
        ),
        migrations.RunSQL(FIRST, migrations.RunSQL.noop),
        migrations.RunSQL(MIRROR, NO_MIRROR),
        migrations.RunSQL(WALL, NO_WALL),
    ]
