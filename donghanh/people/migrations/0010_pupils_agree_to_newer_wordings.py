"""Before code: to which newer wording of a purpose a pupil agreed, beside the first."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

WALL = """
ALTER TABLE people_renewal ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_renewal FORCE ROW LEVEL SECURITY;
-- Whether a pupil answered is the pupil's own affair: no way of looking of the staff reads it.
CREATE POLICY own ON people_renewal TO donghanh_pupil
    USING (EXISTS (SELECT FROM people_consent AS consent
                    WHERE consent.id = people_renewal.consent_id));
CREATE POLICY whole_when_said_by_a_job ON people_renewal TO donghanh_job
    USING ((SELECT wall_whole()));
GRANT SELECT, INSERT ON people_renewal TO donghanh_pupil;
GRANT SELECT, INSERT, UPDATE, DELETE ON people_renewal TO donghanh_job;
SELECT history_protect('people_renewal');
"""
BACKWARDS = """
SELECT history_release('people_renewal');
DROP POLICY own ON people_renewal;
DROP POLICY whole_when_said_by_a_job ON people_renewal;
"""


class Migration(migrations.Migration):
    """A consent keeps its own wording; what was agreed to later stands beside it."""

    dependencies = [("people", "0009_work_rests_when_a_pupil_says_so")]
    operations = [
        migrations.CreateModel(
            name="Renewal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("wording", models.CharField(max_length=16)),
                ("agreed_at", models.DateTimeField()),
                (
                    "consent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewals",
                        to="people.consent",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "renewal",
            models.UniqueConstraint(name="people_renewal_once", fields=("consent", "wording")),
        ),
        migrations.RunSQL(WALL, BACKWARDS),
    ]
