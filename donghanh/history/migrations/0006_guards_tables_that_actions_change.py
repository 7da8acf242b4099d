"""
Before code: a function that guards tables: what changes them without a line is refused at commit.

Rooms call it in migrations of their own. Noted is once a statement that something changed, in one
row a transaction, whatever the number of rows; see docs/why/chained-history.md.
"""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
CREATE FUNCTION history_note_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP <> 'TRUNCATE' AND NOT TG_ARGV[0]::boolean THEN
        IF NOT EXISTS (SELECT FROM changed) THEN
            RETURN NULL;
        END IF;
    END IF;
    INSERT INTO history_open (xact, changed) VALUES (pg_current_xact_id(), TG_TABLE_NAME)
        ON CONFLICT (xact) DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION history_protect(VARIADIC tables regclass[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE guarded regclass; deed text;
BEGIN
    FOREACH guarded IN ARRAY tables LOOP
        FOREACH deed IN ARRAY ARRAY['INSERT', 'UPDATE', 'DELETE'] LOOP
            EXECUTE format(
                'CREATE OR REPLACE TRIGGER history_guards_%s AFTER %s ON %s'
                ' REFERENCING %s TABLE AS changed FOR EACH STATEMENT'
                ' EXECUTE FUNCTION history_note_change(false)',
                lower(deed), deed, guarded, CASE deed WHEN 'DELETE' THEN 'OLD' ELSE 'NEW' END);
        END LOOP;
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER history_guards_truncate AFTER TRUNCATE ON %s'
            ' FOR EACH STATEMENT EXECUTE FUNCTION history_note_change(true)', guarded);
    END LOOP;
END $$;

CREATE FUNCTION history_release(VARIADIC tables regclass[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE guarded regclass; deed text;
BEGIN
    FOREACH guarded IN ARRAY tables LOOP
        FOREACH deed IN ARRAY ARRAY['insert', 'update', 'delete', 'truncate'] LOOP
            EXECUTE format('DROP TRIGGER IF EXISTS history_guards_%s ON %s', deed, guarded);
        END LOOP;
    END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION history_note_change(), history_protect(regclass[]),
    history_release(regclass[]) FROM PUBLIC;
"""
BACKWARDS = """
DROP FUNCTION history_release(regclass[]);
DROP FUNCTION history_protect(regclass[]);
DROP FUNCTION history_note_change();
"""


class Migration(migrations.Migration):
    """The guard, and how a room asks for it."""

    dependencies = [("history", "0005_links_lines_when_they_are_committed")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
