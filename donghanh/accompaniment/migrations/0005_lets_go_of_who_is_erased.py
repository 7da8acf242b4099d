"""Before code: a job lets go of what was written of somebody who is erased."""

from __future__ import annotations

from django.db import migrations

#: Those who look at pupils may delete nothing here; who says that everything is meant, is a job.
REFUSE = """
CREATE OR REPLACE FUNCTION accompaniment_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {but}
    RAISE EXCEPTION 'what was written of the road is never changed: % refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
"""
BUT = "IF TG_OP = 'DELETE' AND wall_whole() THEN RETURN OLD; END IF;"


class Migration(migrations.Migration):
    """What is append-only stays so, but for erasing."""

    dependencies = [
        ("accompaniment", "0004_changes_leave_a_line"),
        ("dossiers", "0005_walls_go_by_marks"),
    ]
    operations = [migrations.RunSQL(REFUSE.format(but=BUT), REFUSE.format(but=""))]
