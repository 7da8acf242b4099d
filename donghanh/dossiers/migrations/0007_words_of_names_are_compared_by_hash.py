"""Before code: the schools of a word are looked up in a hash, and the planner guesses rightly."""

from __future__ import annotations

from django.db import migrations

#: An array that is told at run time is searched from its beginning for every row, and the planner
#: takes it for ten schools; what is filtered beside it finds the index anyway.
FORWARDS = """
ALTER POLICY of_a_school_in_reach ON people_nameword
    USING (school_id IN (SELECT unnest(wall_schools())) AND (listed OR (SELECT wall_early())));
ALTER POLICY listed_in_reach ON people_nameword
    USING (school_id IN (SELECT unnest(wall_schools())) AND listed);
"""
BACKWARDS = """
ALTER POLICY of_a_school_in_reach ON people_nameword
    USING (school_id = ANY ((SELECT wall_schools())::bigint[])
           AND (listed OR (SELECT wall_early())));
ALTER POLICY listed_in_reach ON people_nameword
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]) AND listed);
"""


class Migration(migrations.Migration):
    """The same rows as before, found by a better plan: see benchmarks/walls.py."""

    dependencies = [("dossiers", "0006_changes_leave_a_line")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
