"""Before code: a table; row-level security on it; what changes it leaves a line of history."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

WALL = """
ALTER TABLE duplicates_decision ENABLE ROW LEVEL SECURITY;
ALTER TABLE duplicates_decision FORCE ROW LEVEL SECURITY;

-- Of who stopped nothing is shown; of two who are two, both must be in sight.
CREATE POLICY of_persons_in_reach ON duplicates_decision TO donghanh_cases
    USING ((SELECT wall_early())
           AND EXISTS (SELECT FROM people_person AS person
                        WHERE person.id = duplicates_decision.lead_id)
           AND (same OR EXISTS (SELECT FROM people_person AS person
                                 WHERE person.id = duplicates_decision.other_id)));
CREATE POLICY whole_when_said_by_a_job ON duplicates_decision TO donghanh_job
    USING ((SELECT wall_whole()));

GRANT SELECT, INSERT ON duplicates_decision TO donghanh_cases;
GRANT UPDATE (undone_at, undone_by_id) ON duplicates_decision TO donghanh_cases;
GRANT SELECT, INSERT, UPDATE, DELETE ON duplicates_decision TO donghanh_job;
"""
BACKWARDS = """
DO $$
DECLARE policy record;
BEGIN
    FOR policy IN SELECT policyname FROM pg_policies WHERE tablename = 'duplicates_decision' LOOP
        EXECUTE format('DROP POLICY %I ON duplicates_decision', policy.policyname);
    END LOOP;
END $$;
"""


def _key(to: str, *, null: bool = False) -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        null=null, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to
    )


class Migration(migrations.Migration):
    """What was decided about two records."""

    initial = True
    dependencies = [
        ("dossiers", "0010_marks_go_where_a_record_is_aside"),
        ("history", "0006_guards_tables_that_actions_change"),
        ("people", "0007_records_are_put_aside"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("same", models.BooleanField()),
                ("decided_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                ("decided_by", _key(settings.AUTH_USER_MODEL)),
                ("lead", _key("people.person")),
                ("other", _key("people.person")),
                ("undone_by", _key(settings.AUTH_USER_MODEL, null=True)),
            ],
        ),
        migrations.AddConstraint(
            "decision",
            models.UniqueConstraint(
                django.db.models.functions.comparison.Least("lead", "other"),
                django.db.models.functions.comparison.Greatest("lead", "other"),
                name="duplicates_decision_one_for_two",
                condition=Q(undone_at=None),
            ),
        ),
        migrations.AddConstraint(
            "decision",
            models.CheckConstraint(
                name="duplicates_decision_about_two", condition=~Q(lead=F("other"))
            ),
        ),
        migrations.RunSQL(WALL, BACKWARDS),
        migrations.RunSQL(
            "SELECT history_protect('duplicates_decision')",
            "SELECT history_release('duplicates_decision')",
        ),
    ]
