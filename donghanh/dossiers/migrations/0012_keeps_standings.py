"""Before code: where each case stands, for lists; the database says by itself when it is old."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

#: What is written when a standing is told; the other columns are the database's own.
TOLD = """status, step, open_steps, past_steps, place, places, need, due_date, expiry_date, blocked,
    held, waits, branches, acted_date, willing, on_list, turns, told_by, told_date, until_date"""

BEGUN = """
INSERT INTO dossiers_standing (id, school_id, agreed, listed, simulated, sort_key, class_name,
    status, step, open_steps, past_steps, place, places, need, due_date, expiry_date, blocked,
    held, waits, branches, acted_date, willing, on_list, turns, told_by, told_date, until_date)
SELECT dossier.id, dossier.school_id, dossier.agreed, dossier.listed, dossier.simulated,
       person.sort_key, person.class_name, 'not_started', '', 0, 0, 0, 0, '{}', NULL, NULL, false,
       false, false, '', dossier.opened_date, false, false, '{}', '', DATE '0001-01-01',
       DATE '0001-01-01'
  FROM %s AS dossier JOIN people_person AS person ON person.id = dossier.person_id
"""

#: A function of the owner for a trigger that fires once a statement.
ONCE = """
CREATE FUNCTION {name}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE before text := current_setting('wall.whole', true);
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    {body};
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
    RETURN NULL;
END $$;
"""

#: Whatever is not named here of a case or person is what a road may be replayed from.
CASES = """
UPDATE dossiers_standing AS standing
   SET school_id = now.school_id, agreed = now.agreed, listed = now.listed,
       simulated = now.simulated,
       until_date = CASE WHEN to_jsonb(now) - beside IS DISTINCT FROM to_jsonb(was) - beside
                         THEN DATE '0001-01-01' ELSE standing.until_date END
  FROM told AS now JOIN untold AS was ON was.id = now.id,
       (SELECT ARRAY['acts_recorded', 'agreed', 'listed', 'simulated', 'school_id']) AS of(beside)
 WHERE standing.id = now.id
   AND to_jsonb(now) - 'acts_recorded' IS DISTINCT FROM to_jsonb(was) - 'acts_recorded'
"""
PERSONS = """
UPDATE dossiers_standing AS standing
   SET sort_key = now.sort_key, class_name = now.class_name,
       until_date = CASE WHEN to_jsonb(now) - beside IS DISTINCT FROM to_jsonb(was) - beside
                         THEN DATE '0001-01-01' ELSE standing.until_date END
  FROM told AS now JOIN untold AS was ON was.id = now.id
  JOIN dossiers_dossier AS dossier ON dossier.person_id = now.id,
       (SELECT ARRAY['agreed', 'listed', 'simulated', 'school_id', 'full_name', 'search_key',
                     'sort_key', 'class_name', 'user_id', 'invitation_id']) AS of(beside)
 WHERE standing.id = dossier.id
   AND to_jsonb(now) - marks IS DISTINCT FROM to_jsonb(was) - marks
"""
PERSONS = PERSONS.replace("- marks", "- ARRAY['agreed', 'listed']")
ACTS = """
UPDATE dossiers_standing AS standing SET until_date = DATE '0001-01-01'
 WHERE standing.id IN (SELECT dossier_id FROM told) AND until_date > DATE '0001-01-01'
"""
CONSENTS = """
UPDATE dossiers_standing AS standing SET until_date = DATE '0001-01-01'
  FROM dossiers_dossier AS dossier
 WHERE standing.id = dossier.id AND until_date > DATE '0001-01-01'
   AND dossier.person_id IN (SELECT person_id FROM told)
"""

WALL = """
ALTER TABLE dossiers_standing ENABLE ROW LEVEL SECURITY;
ALTER TABLE dossiers_standing FORCE ROW LEVEL SECURITY;
CREATE POLICY of_a_school_in_reach ON dossiers_standing TO donghanh_cases
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]) AND agreed
           AND (listed OR (SELECT wall_early())));
CREATE POLICY helped ON dossiers_standing FOR SELECT TO donghanh_helper
    USING (id IN (SELECT dossier_id FROM wall_helped()));
CREATE POLICY listed_in_reach ON dossiers_standing FOR SELECT TO donghanh_emergency
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]) AND agreed AND listed);
CREATE POLICY opened ON dossiers_standing FOR SELECT TO donghanh_emergency
    USING (school_id = (SELECT wall_opened()) AND agreed
           AND id = coalesce((SELECT wall_case()), id));
CREATE POLICY whole_when_said_by_a_job ON dossiers_standing TO donghanh_job
    USING ((SELECT wall_whole()));
GRANT SELECT ON dossiers_standing TO donghanh_cases, donghanh_helper, donghanh_emergency;
GRANT UPDATE ({TOLD}) ON dossiers_standing TO donghanh_cases;
GRANT SELECT, INSERT, UPDATE, DELETE ON dossiers_standing TO donghanh_job;
"""

_NEW, _OLD = "REFERENCING NEW TABLE AS told", "REFERENCING OLD TABLE AS told"
#: Table, trigger, when, what it may look at, function.
TRIGGERS = (
    ("dossiers_dossier", "standing_begins", "INSERT", _NEW, "standing_begins"),
    (
        "dossiers_dossier",
        "standing_turns",
        "UPDATE",
        f"{_NEW} OLD TABLE AS untold",
        "standing_case",
    ),
    ("people_person", "standing_turns", "UPDATE", f"{_NEW} OLD TABLE AS untold", "standing_person"),
    ("dossiers_act", "standing_turns", "INSERT", _NEW, "standing_act"),
    ("dossiers_act", "standing_turns_back", "DELETE", _OLD, "standing_act"),
    ("people_consent", "standing_turns", "INSERT", _NEW, "standing_consent"),
    ("people_consent", "standing_turns_on", "UPDATE", _NEW, "standing_consent"),
    ("people_consent", "standing_turns_back", "DELETE", _OLD, "standing_consent"),
)

FORWARDS = (
    ONCE.format(name="standing_begins", body=(BEGUN % "told").strip())
    + ONCE.format(name="standing_case", body=CASES.strip())
    + ONCE.format(name="standing_person", body=PERSONS.strip())
    + ONCE.format(name="standing_act", body=ACTS.strip())
    + ONCE.format(name="standing_consent", body=CONSENTS.strip())
    + "".join(
        f"CREATE TRIGGER {name} AFTER {when} ON {table} {looks}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {function}();\n"
        for table, name, when, looks, function in TRIGGERS
    )
    # Room in each page: no index holds what is told, and rows are told anew where they lie.
    + "ALTER TABLE dossiers_standing SET (fillfactor = 70);"
    + "SELECT set_config('wall.whole', 'yes', true);"
    + BEGUN % "dossiers_dossier"
    + ";SELECT set_config('wall.whole', '', true);"
    + WALL.replace("{TOLD}", TOLD)
)

BACKWARDS = "".join(
    f"DROP FUNCTION standing_{what}() CASCADE;\n"
    for what in ("begins", "case", "person", "act", "consent")
)


class Migration(migrations.Migration):
    """A table that is told anew from the acts, its wall, and what says that it is old."""

    dependencies = [
        ("dossiers", "0011_cases_tell_where_they_are"),
        ("organisation", "0013_changes_leave_a_line"),
        ("people", "0007_records_are_put_aside"),
    ]
    operations = [
        migrations.CreateModel(
            name="Standing",
            fields=[
                (
                    "dossier",
                    models.OneToOneField(
                        db_column="id",
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="standing",
                        serialize=False,
                        to="dossiers.dossier",
                    ),
                ),
                ("agreed", models.BooleanField(editable=False)),
                ("listed", models.BooleanField(editable=False)),
                ("simulated", models.BooleanField(editable=False)),
                (
                    "sort_key",
                    models.CharField(db_collation="C", editable=False, max_length=600),
                ),
                ("class_name", models.CharField(editable=False, max_length=20)),
                ("status", models.CharField(max_length=16)),
                ("step", models.CharField(blank=True, max_length=32)),
                ("open_steps", models.BigIntegerField()),
                ("past_steps", models.BigIntegerField()),
                ("place", models.PositiveSmallIntegerField()),
                ("places", models.PositiveSmallIntegerField()),
                ("need", models.JSONField()),
                ("due_date", models.DateField(null=True)),
                ("expiry_date", models.DateField(null=True)),
                ("blocked", models.BooleanField()),
                ("held", models.BooleanField()),
                ("waits", models.BooleanField()),
                ("branches", models.CharField(blank=True, max_length=80)),
                ("acted_date", models.DateField()),
                ("willing", models.BooleanField()),
                ("on_list", models.BooleanField()),
                ("turns", models.JSONField()),
                ("told_by", models.CharField(blank=True, db_collation="C", max_length=12)),
                ("told_date", models.DateField()),
                ("until_date", models.DateField()),
                (
                    "school",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                fields=["school", "sort_key", "dossier"], name="dossiers_standing_by_name"
            ),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
