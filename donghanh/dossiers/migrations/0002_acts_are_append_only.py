"""Before code: the database itself refuses to change or delete an act."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
CREATE FUNCTION dossiers_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an act is never changed: % refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER dossiers_act_append_only BEFORE UPDATE OR DELETE ON dossiers_act
    FOR EACH ROW EXECUTE FUNCTION dossiers_refuse_change();
"""
BACKWARDS = "DROP FUNCTION dossiers_refuse_change() CASCADE"


class Migration(migrations.Migration):
    """A trigger on acts."""

    dependencies = [("dossiers", "0001_creates_dossiers")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
