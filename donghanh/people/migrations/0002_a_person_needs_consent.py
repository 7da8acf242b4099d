"""Before code: when a transaction ends, a person without a consent is refused."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
CREATE FUNCTION people_need_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM people_consent WHERE person_id = NEW.id) THEN
        RAISE EXCEPTION 'a person is kept on their own consent alone'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'people_person_consented';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER people_person_consented AFTER INSERT ON people_person
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION people_need_consent();
"""
BACKWARDS = "DROP FUNCTION people_need_consent() CASCADE"


class Migration(migrations.Migration):
    """A deferred trigger on persons."""

    dependencies = [("people", "0001_creates_people")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
