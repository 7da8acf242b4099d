"""Before code: row-level security on what is kept about papers; notes are never changed."""

from __future__ import annotations

from django.db import migrations

#: The tables, each with what leads to its case.
_TABLES = {
    "papers_papernote": "dossier_id",
    "papers_sending": "dossier_id",
    "papers_letter": "dossier_id",
    "papers_paperfault": "(SELECT sending.dossier_id FROM papers_sending AS sending"
    " WHERE sending.id = papers_paperfault.sending_id)",
}
_WALL = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY of_a_case_in_reach ON {table} TO donghanh_cases
    USING (EXISTS (SELECT FROM dossiers_dossier AS dossier
                    WHERE dossier.id = {key} AND NOT dossier.gone));
CREATE POLICY of_a_case_opened ON {table} FOR SELECT TO donghanh_emergency
    USING (EXISTS (SELECT FROM dossiers_dossier AS dossier
                    WHERE dossier.id = {key} AND NOT dossier.gone));
CREATE POLICY whole_when_said_by_a_job ON {table} TO donghanh_job
    USING ((SELECT wall_whole()));
GRANT SELECT, INSERT ON {table} TO donghanh_cases;
GRANT SELECT ON {table} TO donghanh_emergency;
GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO donghanh_job;
"""
FORWARDS = (
    "".join(_WALL.format(table=table, key=key) for table, key in _TABLES.items())
    + """
GRANT UPDATE (received_date, received_by_id, returned_date, returned_by_id)
    ON papers_sending TO donghanh_cases;
GRANT UPDATE (answered_date, answered_by_id) ON papers_letter TO donghanh_cases;

CREATE FUNCTION papers_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a note is never changed: % refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER papers_papernote_append_only BEFORE UPDATE OR DELETE ON papers_papernote
    FOR EACH ROW EXECUTE FUNCTION papers_refuse_change();
"""
)
BACKWARDS = """
DROP FUNCTION papers_refuse_change() CASCADE;
DO $$
DECLARE walled text; policy record;
BEGIN
    FOREACH walled IN ARRAY ARRAY['papers_papernote', 'papers_sending', 'papers_letter',
                                  'papers_paperfault'] LOOP
        FOR policy IN SELECT policyname FROM pg_policies WHERE tablename = walled LOOP
            EXECUTE format('DROP POLICY %I ON %I', policy.policyname, walled);
        END LOOP;
        EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY',
                       walled);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    """What the database's roles may see and do."""

    dependencies = [
        ("dossiers", "0011_cases_tell_where_they_are"),
        ("papers", "0001_creates_papers"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
