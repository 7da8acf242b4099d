"""Before code: a table; row-level security on it; what changes it leaves a line of history."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import donghanh.ownfile.texts

WALL = """
ALTER TABLE ownfile_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE ownfile_request FORCE ROW LEVEL SECURITY;

-- The school's own cell and Union, who look before the list; the wish to be erased is no one's.
CREATE POLICY of_a_person_in_reach ON ownfile_request TO donghanh_cases
    USING ((SELECT wall_early()) AND kind <> 'delete'
           AND EXISTS (SELECT FROM people_person AS person
                        WHERE person.id = ownfile_request.person_id));
CREATE POLICY own ON ownfile_request TO donghanh_pupil
    USING (EXISTS (SELECT FROM people_person AS person
                    WHERE person.id = ownfile_request.person_id));
CREATE POLICY whole_when_said_by_a_job ON ownfile_request TO donghanh_job
    USING ((SELECT wall_whole()));

GRANT SELECT ON ownfile_request TO donghanh_cases;
GRANT UPDATE (acknowledged_at, acknowledged_by_id, extended_at, outcome, sentence, answered_at,
              answered_by_id) ON ownfile_request TO donghanh_cases;
GRANT SELECT, INSERT, UPDATE ON ownfile_request TO donghanh_pupil;
GRANT SELECT, INSERT, UPDATE, DELETE ON ownfile_request TO donghanh_job;
"""
BACKWARDS = """
DO $$
DECLARE policy record;
BEGIN
    FOR policy IN SELECT policyname FROM pg_policies WHERE tablename = 'ownfile_request' LOOP
        EXECUTE format('DROP POLICY %I ON ownfile_request', policy.policyname);
    END LOOP;
END $$;
"""


def _account() -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    """What pupils asked about their own data."""

    initial = True
    dependencies = [
        ("dossiers", "0005_walls_go_by_marks"),
        ("history", "0006_guards_tables_that_actions_change"),
        ("people", "0006_persons_are_erased"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Request",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=donghanh.ownfile.texts.kinds, max_length=16),
                ),
                ("datum", models.CharField(blank=True, max_length=16)),
                ("value", models.CharField(blank=True, max_length=150)),
                ("asked_at", models.DateTimeField()),
                ("asked_date", models.DateField()),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("extended_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=16)),
                ("sentence", models.CharField(blank=True, max_length=300)),
                ("answered_at", models.DateTimeField(null=True)),
                ("acknowledged_by", _account()),
                ("answered_by", _account()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "request",
            models.UniqueConstraint(
                name="ownfile_request_one_open",
                fields=["person", "kind", "datum"],
                condition=Q(outcome=""),
            ),
        ),
        migrations.AddConstraint(
            "request",
            models.CheckConstraint(
                name="ownfile_request_kind_is_known",
                condition=Q(kind__in=["access", "rectify", "restrict", "delete"]),
            ),
        ),
        migrations.AddConstraint(
            "request",
            models.CheckConstraint(
                name="ownfile_request_datum_is_known",
                condition=Q(
                    kind="rectify",
                    datum__in=[
                        *("full_name", "birth_date", "class_name"),
                        *("union_member", "lower_secondary"),
                    ],
                )
                | (~Q(kind="rectify") & Q(datum="")),
            ),
        ),
        migrations.AddConstraint(
            "request",
            models.CheckConstraint(
                name="ownfile_request_outcome_is_known",
                condition=Q(outcome="", answered_at=None)
                | Q(outcome__in=["done", "declined", "taken_back"], answered_at__isnull=False),
            ),
        ),
        migrations.RunSQL(WALL, BACKWARDS),
        migrations.RunSQL(
            "SELECT history_protect('ownfile_request')",
            "SELECT history_release('ownfile_request')",
        ),
    ]
