"""Before code: each name that a case bears is kept once, and searches begin there."""

from __future__ import annotations

from importlib import import_module

from django.db import migrations, models

#: The functions of 0012 that copy what a row is found by; here they copy one column more.
_BEFORE = import_module("donghanh.dossiers.migrations.0012_keeps_standings")


def _replacing(name: str, body: str) -> str:
    made: str = _BEFORE.ONCE.format(name=name, body=body.strip())
    return made.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


_BEGUN = (
    (_BEFORE.BEGUN % "told")
    .replace("sort_key, class_name,\n", "sort_key, search_key, class_name,\n", 1)
    .replace("person.sort_key,", "person.sort_key, person.search_key,")
)
_PERSONS = _BEFORE.PERSONS.replace(
    "SET sort_key = now.sort_key,", "SET sort_key = now.sort_key, search_key = now.search_key,"
)
COPIES = _replacing("standing_begins", _BEGUN) + _replacing("standing_person", _PERSONS)
NO_COPIES = _replacing("standing_begins", _BEFORE.BEGUN % "told") + _replacing(
    "standing_person", _BEFORE.PERSONS
)

#: A name begins with the first case in sight that bears it, and goes with the last. Whoever adds a
#: bearer holds the name's rows; whoever takes one away waits for that, and only then looks whether
#: anybody is left. Two who begin a name at once write it twice, which no search notices.
NAMES = """
CREATE FUNCTION name_turns() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE before text := current_setting('wall.whole', true);
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    IF TG_OP <> 'DELETE' AND NEW.agreed THEN
        PERFORM FROM dossiers_name AS name
          WHERE name.sort_key = NEW.sort_key AND name.search_key = NEW.search_key
            FOR KEY SHARE;
        IF NOT FOUND THEN
            INSERT INTO dossiers_name (word, sort_key, search_key)
            SELECT DISTINCT one, NEW.sort_key, NEW.search_key
              FROM unnest(string_to_array(NEW.search_key, ' ')) AS one WHERE one <> '';
        END IF;
    END IF;
    IF TG_OP <> 'INSERT' AND OLD.agreed THEN
        PERFORM FROM dossiers_name AS name
          WHERE name.sort_key = OLD.sort_key AND name.search_key = OLD.search_key
          ORDER BY name.id FOR UPDATE;
        DELETE FROM dossiers_name AS name
         WHERE name.sort_key = OLD.sort_key AND name.search_key = OLD.search_key
           AND NOT EXISTS (SELECT FROM dossiers_standing AS standing
                            WHERE standing.sort_key = OLD.sort_key
                              AND standing.search_key = OLD.search_key AND standing.agreed);
    END IF;
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
    RETURN NULL;
END $$;
CREATE TRIGGER name_begins AFTER INSERT ON dossiers_standing
    FOR EACH ROW WHEN (NEW.agreed) EXECUTE FUNCTION name_turns();
CREATE TRIGGER name_turns AFTER UPDATE OF sort_key, search_key, agreed ON dossiers_standing
    FOR EACH ROW WHEN ((OLD.sort_key, OLD.search_key, OLD.agreed)
                       IS DISTINCT FROM (NEW.sort_key, NEW.search_key, NEW.agreed))
    EXECUTE FUNCTION name_turns();
CREATE TRIGGER name_ends AFTER DELETE ON dossiers_standing
    FOR EACH ROW WHEN (OLD.agreed) EXECUTE FUNCTION name_turns();

-- All names anew: once here, and after rows came in with triggers off.
CREATE FUNCTION name_all() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE before text := current_setting('wall.whole', true);
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    UPDATE dossiers_standing AS standing SET search_key = person.search_key
      FROM dossiers_dossier AS dossier JOIN people_person AS person ON person.id = dossier.person_id
     WHERE dossier.id = standing.id AND standing.search_key <> person.search_key;
    DELETE FROM dossiers_name;
    INSERT INTO dossiers_name (word, sort_key, search_key)
    SELECT DISTINCT one, name.sort_key, name.search_key
      FROM (SELECT DISTINCT sort_key, search_key FROM dossiers_standing WHERE agreed) AS name,
           unnest(string_to_array(name.search_key, ' ')) AS one
     WHERE one <> '';
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
END $$;
REVOKE EXECUTE ON FUNCTION name_all() FROM PUBLIC;

ALTER TABLE dossiers_name ENABLE ROW LEVEL SECURITY;
ALTER TABLE dossiers_name FORCE ROW LEVEL SECURITY;
CREATE POLICY whole_when_said_by_a_job ON dossiers_name TO donghanh_job
    USING ((SELECT wall_whole()));
GRANT SELECT ON dossiers_name TO donghanh_job;
"""

#: Who looks at cases is told numbers of cases, and of no others than the wall shows the same way:
#: what is asked with them goes through the wall once more. Names themselves nobody is given.
#: The word that fewest names bear is looked up; the others are compared in what that found.
NAMED = """
CREATE FUNCTION wall_named(typed text[], schools bigint[], first bigint, most bigint)
RETURNS TABLE (case_id bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200
SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    before text := current_setting('wall.whole', true);
    early boolean := coalesce(wall_early(), false);
    opened bigint := wall_opened(); one_case bigint := wall_case();
    -- A job says that it wants everything; nobody else is heard who says so.
    whole boolean := wall_whole() AND current_setting('role') IN ('none', 'donghanh_job');
    own bigint[] := ARRAY(SELECT unnest(schools)
                          INTERSECT SELECT unnest(CASE WHEN whole THEN schools
                                                       ELSE wall_schools() END));
    reach bigint[] := own || CASE WHEN opened = ANY (schools) THEN ARRAY[opened] ELSE '{}' END;
    one text; rarest text; fewest bigint; many bigint;
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    FOREACH one IN ARRAY typed LOOP
        SELECT count(*) INTO many
          FROM (SELECT FROM dossiers_name AS name
                 WHERE name.word >= one AND name.word < one || chr(1114111) LIMIT fewest) AS found;
        IF fewest IS NULL OR many < fewest THEN
            rarest := one; fewest := many;
        END IF;
    END LOOP;
    RETURN QUERY
    WITH borne AS MATERIALIZED (
        SELECT DISTINCT name.sort_key, name.search_key FROM dossiers_name AS name
         WHERE name.word >= rarest AND name.word < rarest || chr(1114111)
           AND NOT EXISTS (SELECT FROM unnest(typed) AS word
                            WHERE strpos(' ' || name.search_key, ' ' || word) = 0)
         ORDER BY name.sort_key, name.search_key)
    SELECT bearer.id
      FROM borne CROSS JOIN LATERAL (
          -- Name by name, whatever the planner takes for few: a page of them ends the search.
          SELECT standing.id FROM dossiers_standing AS standing
           WHERE standing.sort_key = borne.sort_key AND standing.search_key = borne.search_key
             AND standing.school_id = ANY (reach) AND standing.agreed
             AND (((opened IS NULL OR standing.school_id = ANY (own))
                   AND (standing.listed OR early OR whole))
                 OR (standing.school_id = opened AND standing.id = coalesce(one_case, standing.id)))
          OFFSET 0) AS bearer
     ORDER BY borne.sort_key, bearer.id
    OFFSET first LIMIT most;
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
END $$;
REVOKE EXECUTE ON FUNCTION wall_named(text[], bigint[], bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION wall_named(text[], bigint[], bigint, bigint)
    TO donghanh_cases, donghanh_emergency, donghanh_job;
"""
BACKWARDS = """
DROP FUNCTION wall_named(text[], bigint[], bigint, bigint);
DROP FUNCTION name_turns() CASCADE;
DROP FUNCTION name_all();
"""


class Migration(migrations.Migration):
    """A table of names, what keeps it, and the one function that reads it."""

    dependencies = [("dossiers", "0012_keeps_standings")]
    operations = [
        migrations.CreateModel(
            name="Name",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(db_collation="C", max_length=150)),
                ("sort_key", models.CharField(db_collation="C", max_length=600)),
                ("search_key", models.CharField(db_collation="C", max_length=150)),
            ],
        ),
        migrations.AddField(
            model_name="standing",
            name="search_key",
            field=models.CharField(db_collation="C", db_default="", editable=False, max_length=150),
        ),
        migrations.AddIndex(
            model_name="name",
            index=models.Index(
                fields=["word", "sort_key", "search_key"], name="dossiers_name_by_word"
            ),
        ),
        migrations.AddIndex(
            model_name="name", index=models.Index(fields=["sort_key"], name="dossiers_name_borne")
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                fields=["sort_key", "school", "dossier"], name="dossiers_standing_of_a_name"
            ),
        ),
        migrations.RunSQL(COPIES, NO_COPIES),
        migrations.RunSQL(NAMES + "SELECT name_all();" + NAMED, BACKWARDS),
    ]
