"""Before code: persons can be erased; who stopped leaves a place nobody seems to have answered."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

#: Only of invitations that are over: a place still open without its name would tell.
UNANSWERED = """
DO $$
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    UPDATE people_invitation AS invitation SET answered_at = NULL
      FROM people_person AS person
     WHERE person.invitation_id = invitation.id AND NOT person.agreed
       AND invitation.expires_date < current_date;
    IF FOUND THEN
        PERFORM history_migrated('people', '0006_persons_are_erased');
    END IF;
    PERFORM set_config('wall.whole', '', true);
END $$;
"""
#: Who answers a correction writes it into the record; the row stays within the wall.
GRANTS = """
GRANT UPDATE (full_name, search_key, sort_key, birth_date, union_member, lower_secondary)
    ON people_person TO donghanh_cases;
"""
NO_GRANTS = """
REVOKE UPDATE (full_name, search_key, sort_key, birth_date, union_member, lower_secondary)
    ON people_person FROM donghanh_cases;
"""


class Migration(migrations.Migration):
    """A day of erasing, and columns that are blank from then on."""

    dependencies = [
        ("history", "0006_guards_tables_that_actions_change"),
        ("people", "0005_changes_leave_a_line"),
    ]
    operations = [
        migrations.RemoveConstraint("person", "people_person_has_a_name"),
        migrations.AddField("person", "erased_date", models.DateField(null=True)),
        migrations.AlterField(
            "person",
            "invitation",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="person",
                to="people.invitation",
            ),
        ),
        migrations.AlterField("person", "full_name", models.CharField(blank=True, max_length=150)),
        migrations.AlterField(
            "person",
            "search_key",
            models.CharField(blank=True, db_collation="C", max_length=150),
        ),
        migrations.AlterField(
            "person",
            "sort_key",
            models.CharField(blank=True, db_collation="C", max_length=600),
        ),
        migrations.AlterField("person", "class_name", models.CharField(blank=True, max_length=20)),
        migrations.AddConstraint(
            "person",
            models.CheckConstraint(
                name="people_person_has_a_name_until_erased",
                condition=(Q(erased_date=None) & ~Q(full_name="") & ~Q(sort_key=""))
                | Q(
                    erased_date__isnull=False,
                    full_name="",
                    search_key="",
                    sort_key="",
                    class_name="",
                    invitation=None,
                ),
            ),
        ),
        migrations.AddConstraint(
            "person",
            models.CheckConstraint(
                name="people_person_was_invited_until_erased",
                condition=Q(erased_date__isnull=False) | Q(invitation__isnull=False),
            ),
        ),
        migrations.RunSQL(UNANSWERED, migrations.RunSQL.noop),
        migrations.RunSQL(GRANTS, NO_GRANTS),
    ]
