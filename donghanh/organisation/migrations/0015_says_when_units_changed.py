"""Before code: one row says which state the structure is in, so that it is read once and kept."""

from __future__ import annotations

from django.db import migrations, models

TABLES = ("organisation_unitversion", "organisation_link", "organisation_successor")

#: A mark never comes back, also where a transaction is undone: it is random. Who writes units holds
#: the lock of the structure, so nobody waits here.
MARK = """
CREATE FUNCTION organisation_changes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO organisation_edition (id, mark) VALUES (1, gen_random_uuid())
        ON CONFLICT (id) DO UPDATE SET mark = EXCLUDED.mark;
    RETURN NULL;
END $$;
INSERT INTO organisation_edition (id, mark) VALUES (1, gen_random_uuid());
SELECT wall_show('organisation_edition');
REVOKE INSERT, UPDATE, DELETE ON organisation_edition FROM donghanh_job;
GRANT SELECT ON organisation_edition TO donghanh_emergency;
"""
TRIGGERS = "".join(
    f"CREATE TRIGGER organisation_changes AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION organisation_changes();\n"
    for table in TABLES
)
BACKWARDS = "DROP FUNCTION organisation_changes() CASCADE"


class Migration(migrations.Migration):
    """A table of one row, and the triggers that write it."""

    dependencies = [("organisation", "0014_delegations_may_be_taken_back")]
    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mark", models.UUIDField()),
            ],
        ),
        migrations.RunSQL(MARK + TRIGGERS, BACKWARDS),
    ]
