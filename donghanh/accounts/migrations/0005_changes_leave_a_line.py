"""
Before code: accounts are made, renamed, closed and taken away in actions alone.

Not guarded are ``last_login`` and ``password``: signing in writes the one, and renews the other
where hashing has become stronger; nothing is done there that an action would tell of. Whatever
action sets a password writes a line of its own.
"""

from __future__ import annotations

from django.db import migrations

#: A trigger that names columns is told no rows: there even a statement that meets none is noted.
FORWARDS = """
SELECT history_protect('accounts_user', 'accounts_accountinvitation');
CREATE OR REPLACE TRIGGER history_guards_update
    AFTER UPDATE OF id, username, name, email, label, is_active, simulated ON accounts_user
    FOR EACH STATEMENT EXECUTE FUNCTION history_note_change(true);
"""


class Migration(migrations.Migration):
    """The guard of docs/why/chained-history.md, but for two columns."""

    dependencies = [
        ("accounts", "0004_lets_the_pages_keep_accounts"),
        ("history", "0006_guards_tables_that_actions_change"),
        # It changed accounts before there was a guard.
        ("people", "0003_walls_around_pupils"),
    ]
    operations = [
        migrations.RunSQL(
            FORWARDS, "SELECT history_release('accounts_user', 'accounts_accountinvitation')"
        )
    ]
