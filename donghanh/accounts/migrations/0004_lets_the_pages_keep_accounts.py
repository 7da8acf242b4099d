"""Before code: what the database's roles may do with the tables of sign-in, and what is counted."""

from __future__ import annotations

from django.db import migrations

#: What is counted is seen by every process; to lose it with the machine is no loss: not logged.
CACHE = """
CREATE UNLOGGED TABLE accounts_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX accounts_cache_expires ON accounts_cache (expires);
GRANT SELECT, INSERT, UPDATE, DELETE ON accounts_cache TO donghanh_web, donghanh_job,
    donghanh_plain, donghanh_cases, donghanh_helper, donghanh_counts, donghanh_education,
    donghanh_pupil, donghanh_keeper;
"""
#: The secrets of the second factor are for who signs in and who lets others in, nobody else.
GRANTS = """
GRANT SELECT, INSERT, UPDATE, DELETE ON mfa_authenticator, usersessions_usersession,
    account_emailaddress, account_emailconfirmation, socialaccount_socialaccount,
    socialaccount_socialtoken, socialaccount_socialapp
    TO donghanh_web, donghanh_job;
GRANT SELECT, DELETE ON mfa_authenticator, usersessions_usersession, django_session
    TO donghanh_keeper;
GRANT SELECT, INSERT, UPDATE ON account_emailaddress TO donghanh_keeper;
GRANT SELECT, INSERT, UPDATE ON accounts_accountinvitation TO donghanh_keeper;
GRANT SELECT ON accounts_accountinvitation TO donghanh_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON accounts_accountinvitation TO donghanh_job;
"""


class Migration(migrations.Migration):
    """The table of what is counted, and what the pages may do with the library's tables."""

    dependencies = [
        ("accounts", "0003_invites_members"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("usersessions", "0001_initial"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
        ("sessions", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(CACHE, "DROP TABLE accounts_cache"),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
    ]
