"""Before code: of an act only its reason may go, by a job, once its pupil is erased."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
CREATE OR REPLACE FUNCTION dossiers_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.reason = '—'
       AND to_jsonb(NEW) - 'reason' = to_jsonb(OLD) - 'reason'
       AND EXISTS (SELECT FROM dossiers_dossier AS dossier
                     JOIN people_person AS person ON person.id = dossier.person_id
                    WHERE dossier.id = OLD.dossier_id AND person.erased_date IS NOT NULL) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an act is never changed: % refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
GRANT UPDATE (reason) ON dossiers_act TO donghanh_job;
"""
BACKWARDS = """
REVOKE UPDATE (reason) ON dossiers_act FROM donghanh_job;
CREATE OR REPLACE FUNCTION dossiers_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an act is never changed: % refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    """Free words about somebody who is no longer named."""

    dependencies = [
        ("dossiers", "0008_years_are_counted_from_the_index"),
        ("people", "0006_persons_are_erased"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
