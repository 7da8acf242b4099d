"""Before code: the database itself refuses to change or delete a note, an answer or a comment."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
CREATE FUNCTION accompaniment_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was written of the road is never changed: % refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON accompaniment_note
    FOR EACH ROW EXECUTE FUNCTION accompaniment_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON accompaniment_noteanswer
    FOR EACH ROW EXECUTE FUNCTION accompaniment_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON accompaniment_comment
    FOR EACH ROW EXECUTE FUNCTION accompaniment_refuse_change();
"""
BACKWARDS = "DROP FUNCTION accompaniment_refuse_change() CASCADE"


class Migration(migrations.Migration):
    """A trigger on each of the three."""

    dependencies = [("accompaniment", "0001_creates_accompaniment")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
