"""Before code: the database itself refuses to change, delete or skip an amendment."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
CREATE FUNCTION amendments_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an amendment is never changed: % refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER amendments_amendment_append_only BEFORE UPDATE OR DELETE ON amendments_amendment
    FOR EACH ROW EXECUTE FUNCTION amendments_refuse_change();

CREATE FUNCTION amendments_refuse_gap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.number <> 1 + COALESCE((SELECT max(number) FROM amendments_amendment), 0) THEN
        RAISE EXCEPTION 'amendments are numbered one after the other: % refused', NEW.number
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER amendments_amendment_numbered BEFORE INSERT ON amendments_amendment
    FOR EACH ROW EXECUTE FUNCTION amendments_refuse_gap();
"""
BACKWARDS = """
DROP FUNCTION amendments_refuse_gap() CASCADE;
DROP FUNCTION amendments_refuse_change() CASCADE;
"""


class Migration(migrations.Migration):
    """Two triggers on amendments."""

    dependencies = [("amendments", "0001_creates_amendments")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
