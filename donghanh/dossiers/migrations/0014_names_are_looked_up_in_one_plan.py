"""Before code: a search by name is planned once a session, and a whole reach is taken as it is."""

from __future__ import annotations

from importlib import import_module

from django.db import migrations

_BEFORE = import_module("donghanh.dossiers.migrations.0013_names_are_found_once").NAMED
_OWN = """own bigint[] := ARRAY(SELECT unnest(schools)
                          INTERSECT SELECT unnest(CASE WHEN whole THEN schools
                                                       ELSE wall_schools() END));"""
_SAME = """own bigint[] := CASE WHEN whole OR schools = wall_schools() THEN schools
                        ELSE ARRAY(SELECT unnest(schools)
                                   INTERSECT SELECT unnest(wall_schools())) END;"""

AGAIN = _BEFORE[: _BEFORE.index("REVOKE EXECUTE")].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
#: Planning took longer than looking: a name's bearers come off one index, however wide the reach.
NAMED = AGAIN.replace("force_custom_plan", "force_generic_plan").replace(_OWN, _SAME)


class Migration(migrations.Migration):
    """The one function that reads names, once more."""

    dependencies = [("dossiers", "0013_names_are_found_once")]
    operations = [migrations.RunSQL(NAMED, AGAIN)]
