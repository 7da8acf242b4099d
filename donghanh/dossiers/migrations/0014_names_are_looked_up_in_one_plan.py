"""Before code: a search by name is planned once, and a wide reach is looked up by hash."""

from __future__ import annotations

from importlib import import_module

from django.db import migrations

_BEFORE = import_module("donghanh.dossiers.migrations.0013_names_are_found_once").NAMED
#: Up to so many schools the index is asked for each; a wider reach is compared with who was found.
_NARROW = 40

_OWN = """own bigint[] := ARRAY(SELECT unnest(schools)
                          INTERSECT SELECT unnest(CASE WHEN whole THEN schools
                                                       ELSE wall_schools() END));"""
_SAME = """own bigint[] := CASE WHEN whole OR schools = wall_schools() THEN schools
                        ELSE ARRAY(SELECT unnest(schools)
                                   INTERSECT SELECT unnest(wall_schools())) END;"""
_AT, _UNTIL = "    RETURN QUERY\n", "    OFFSET first LIMIT most;\n"
_ASKED = _BEFORE[_BEFORE.index(_AT) : _BEFORE.index(_UNTIL) + len(_UNTIL)]
#: The index knows names; whether one in reach bears them is asked of a list made once.
_WIDE = _ASKED.replace(
    "standing.school_id = ANY (reach)", "(standing.school_id IN (SELECT unnest(reach))) IS TRUE"
).replace("standing.school_id = ANY (own)", "(standing.school_id IN (SELECT unnest(own))) IS TRUE")

NAMED = (
    _BEFORE[: _BEFORE.index("REVOKE EXECUTE")]
    .replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    .replace("force_custom_plan", "force_generic_plan")
    .replace(_OWN, _SAME)
    .replace(
        _ASKED,
        f"    IF cardinality(reach) <= {_NARROW} THEN\n{_ASKED}    ELSE\n{_WIDE}    END IF;\n",
    )
)
AGAIN = _BEFORE[: _BEFORE.index("REVOKE EXECUTE")].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)


class Migration(migrations.Migration):
    """The one function that reads names, once more."""

    dependencies = [("dossiers", "0013_names_are_found_once")]
    operations = [migrations.RunSQL(NAMED, AGAIN)]
