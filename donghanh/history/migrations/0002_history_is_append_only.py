"""Before code: the database itself refuses to change or delete a line of history."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
CREATE FUNCTION history_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history is written once: % refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER history_event_append_only BEFORE UPDATE OR DELETE ON history_event
    FOR EACH ROW EXECUTE FUNCTION history_refuse_change();
"""
BACKWARDS = "DROP FUNCTION history_refuse_change() CASCADE"


class Migration(migrations.Migration):
    """A trigger on the lines of history."""

    dependencies = [("history", "0001_creates_history")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
