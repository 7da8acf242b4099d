"""Before code: a job lets go of what was written of somebody who is erased."""

from __future__ import annotations

from django.db import migrations

REFUSE = """
CREATE OR REPLACE FUNCTION accompaniment_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {but}
    RAISE EXCEPTION 'what was written of the road is never changed: % refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
"""
BUT = """IF TG_OP = 'DELETE' AND EXISTS (
           SELECT FROM people_person AS person
             JOIN dossiers_dossier AS dossier ON dossier.person_id = person.id
            WHERE person.erased_date IS NOT NULL
              AND dossier.id = coalesce(
                  (to_jsonb(OLD) ->> 'dossier_id')::bigint,
                  (SELECT note.dossier_id FROM accompaniment_note AS note
                    WHERE note.id = (to_jsonb(OLD) ->> 'note_id')::bigint))) THEN
        RETURN OLD;
    END IF;"""


class Migration(migrations.Migration):
    """What is append-only stays so, but for erasing."""

    dependencies = [
        ("accompaniment", "0004_changes_leave_a_line"),
        ("dossiers", "0009_reasons_of_erased_pupils_go"),
    ]
    operations = [migrations.RunSQL(REFUSE.format(but=BUT), REFUSE.format(but=""))]
