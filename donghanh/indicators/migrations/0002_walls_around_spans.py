"""Before code: who may count, and the triggers that say which cases are to be told anew."""

from __future__ import annotations

from django.db import migrations

#: A function of the owner for a trigger that fires once a statement.
ONCE = """
CREATE FUNCTION {name}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE before text := current_setting('wall.whole', true);
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    INSERT INTO indicators_turned (dossier_id, school_id) {body};
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
    RETURN NULL;
END $$;
"""
_OF = "SELECT dossier.id, dossier.school_id FROM dossiers_dossier AS dossier"
BODIES = {
    "acts": f"{_OF} WHERE dossier.id IN (SELECT dossier_id FROM told)",  # noqa: S608 - ours
    "begun": "SELECT told.id, told.school_id FROM told",
    # Whatever is not named of a case or person is what a road may be replayed from.
    "cases": """SELECT now.id, school.id FROM told AS now JOIN untold AS was ON was.id = now.id
     CROSS JOIN LATERAL (SELECT now.school_id UNION SELECT was.school_id) AS school(id)
     WHERE to_jsonb(now) - beside(1) IS DISTINCT FROM to_jsonb(was) - beside(1)""".replace(
        "beside(1)",
        "ARRAY['acts_recorded', 'agreed', 'listed', 'simulated', 'place', 'handing_over']",
    ),
    "persons": """SELECT dossier.id, dossier.school_id
      FROM told AS now JOIN untold AS was ON was.id = now.id
      JOIN dossiers_dossier AS dossier ON dossier.person_id = now.id
     WHERE to_jsonb(now) - beside(1) IS DISTINCT FROM to_jsonb(was) - beside(1)""".replace(
        "beside(1)",
        "ARRAY['agreed', 'listed', 'simulated', 'full_name', 'search_key', 'sort_key',"
        " 'class_name', 'user_id', 'invitation_id']",
    ),
    "whose": f"{_OF} WHERE dossier.person_id IN (SELECT person_id FROM told)",  # noqa: S608 - ours
}

_NEW, _OLD = "REFERENCING NEW TABLE AS told", "REFERENCING OLD TABLE AS told"
_BOTH = f"{_NEW} OLD TABLE AS untold"
#: Table, when, what it may look at, function.
TRIGGERS = (
    ("dossiers_act", "INSERT", _NEW, "acts"),
    ("dossiers_act", "DELETE", _OLD, "acts"),
    ("dossiers_dossier", "INSERT", _NEW, "begun"),
    ("dossiers_dossier", "UPDATE", _BOTH, "cases"),
    ("people_person", "UPDATE", _BOTH, "persons"),
    ("people_consent", "INSERT", _NEW, "whose"),
    ("people_consent", "UPDATE", _NEW, "whose"),
    ("people_consent", "DELETE", _OLD, "whose"),
    ("people_aside", "INSERT", _NEW, "whose"),
    ("people_aside", "DELETE", _OLD, "whose"),
    ("handover_handover", "UPDATE", _NEW, "acts"),
)

WALL = """
ALTER TABLE indicators_span ENABLE ROW LEVEL SECURITY;
ALTER TABLE indicators_span FORCE ROW LEVEL SECURITY;
ALTER TABLE indicators_turned ENABLE ROW LEVEL SECURITY;
ALTER TABLE indicators_turned FORCE ROW LEVEL SECURITY;
CREATE POLICY counted ON indicators_span FOR SELECT TO donghanh_counts, donghanh_education
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]));
CREATE POLICY whole_when_said_by_a_job ON indicators_span TO donghanh_job
    USING ((SELECT wall_whole()));
ALTER TABLE indicators_sum ENABLE ROW LEVEL SECURITY;
ALTER TABLE indicators_sum FORCE ROW LEVEL SECURITY;
CREATE POLICY counted ON indicators_sum FOR SELECT TO donghanh_counts, donghanh_education
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]));
CREATE POLICY whole_when_said_by_a_job ON indicators_sum TO donghanh_job
    USING ((SELECT wall_whole()));
GRANT SELECT ON indicators_sum TO donghanh_counts, donghanh_education;
GRANT SELECT, INSERT, UPDATE, DELETE ON indicators_sum TO donghanh_job;
CREATE POLICY counted ON indicators_turned FOR SELECT TO donghanh_counts, donghanh_education
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]));
CREATE POLICY whole_when_said_by_a_job ON indicators_turned TO donghanh_job
    USING ((SELECT wall_whole()));
GRANT SELECT ON indicators_span, indicators_turned TO donghanh_counts;
GRANT SELECT (school_id, since_date, until_date, counted) ON indicators_span
    TO donghanh_education;
GRANT SELECT (dossier_id, school_id) ON indicators_turned TO donghanh_education;
GRANT SELECT (id, dossier_id, from_school_id, to_school_id, received_date) ON handover_handover
    TO donghanh_counts;
CREATE POLICY counted ON handover_handover FOR SELECT TO donghanh_counts
    USING (to_school_id = ANY ((SELECT wall_schools())::bigint[])
           OR from_school_id = ANY ((SELECT wall_schools())::bigint[]));
GRANT SELECT, INSERT, UPDATE, DELETE ON indicators_span, indicators_turned TO donghanh_job;
SELECT wall_show('indicators_edition', 'indicators_entered');
GRANT INSERT, UPDATE ON indicators_entered TO donghanh_cases;
-- A board that opened something in an emergency reads figures as before.
GRANT SELECT ON indicators_edition, indicators_entered, accompaniment_club, organisation_successor
    TO donghanh_emergency;
"""

FORWARDS = (
    "".join(ONCE.format(name=f"indicators_{name}", body=body) for name, body in BODIES.items())
    + "".join(
        f"CREATE TRIGGER indicators_turn_{when.lower()} AFTER {when} ON {table} {looks}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION indicators_{function}();\n"
        for table, when, looks, function in TRIGGERS
    )
    + WALL
    + "SELECT set_config('wall.whole', 'yes', true);"
    + f"INSERT INTO indicators_turned (dossier_id, school_id) {_OF};"
    + "SELECT set_config('wall.whole', '', true);"
)
BACKWARDS = "DROP POLICY counted ON handover_handover;" + "".join(
    f"DROP FUNCTION indicators_{name}() CASCADE;\n" for name in BODIES
)


class Migration(migrations.Migration):
    """What says that a case is to be told anew, and the walls."""

    dependencies = [
        ("indicators", "0001_creates_indicators"),
        ("accompaniment", "0004_changes_leave_a_line"),
        ("handover", "0002_walls_around_handovers"),
        ("people", "0007_records_are_put_aside"),
    ]
    operations = [
        migrations.RunSQL(FORWARDS, BACKWARDS),
        migrations.RunSQL(
            "SELECT history_protect('indicators_entered')",
            "SELECT history_release('indicators_entered')",
        ),
    ]
