"""Before code: what the database's roles may do with the tables of sign-in."""

from __future__ import annotations

from django.db import migrations

#: The roles exist before any table does; see docs/why/two-walls.md.
FORWARDS = """
CREATE FUNCTION wall_show(VARIADIC tables regclass[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE shown regclass; looking text;
BEGIN
    FOREACH shown IN ARRAY tables LOOP
        FOREACH looking IN ARRAY ARRAY['web', 'plain', 'cases', 'helper', 'counts', 'education',
                                       'pupil', 'keeper'] LOOP
            EXECUTE format('GRANT SELECT ON %s TO donghanh_%s', shown, looking);
        END LOOP;
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO donghanh_job', shown);
    END LOOP;
END $$;
SELECT wall_show('accounts_user', 'django_content_type');
GRANT SELECT, INSERT, UPDATE, DELETE ON django_session TO donghanh_web, donghanh_job;
GRANT INSERT, UPDATE ON accounts_user TO donghanh_web, donghanh_keeper;
GRANT INSERT ON accounts_user TO donghanh_pupil;
-- An account is locked while its password is asked for again; nothing else of it is written so.
GRANT UPDATE (last_login) ON accounts_user TO donghanh_cases;
"""
BACKWARDS = "DROP FUNCTION wall_show(regclass[])"


class Migration(migrations.Migration):
    """A function that shows a table to every way of looking, and the tables of sign-in."""

    dependencies = [
        ("accounts", "0001_creates_accounts"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("sessions", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
