"""Before code: a job lets go of what was written of somebody who is erased."""

from __future__ import annotations

from django.db import migrations

REFUSE = """
CREATE OR REPLACE FUNCTION pool_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {but}
    RAISE EXCEPTION 'a rating is never changed: % refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
"""
BUT = """IF TG_OP = 'DELETE' AND EXISTS (
           SELECT FROM people_person AS person
            WHERE person.id = OLD.person_id AND person.erased_date IS NOT NULL) THEN
        RETURN OLD;
    END IF;"""


class Migration(migrations.Migration):
    """What is append-only stays so, but for erasing."""

    dependencies = [("pool", "0003_changes_leave_a_line"), ("people", "0006_persons_are_erased")]
    operations = [migrations.RunSQL(REFUSE.format(but=BUT), REFUSE.format(but=""))]
