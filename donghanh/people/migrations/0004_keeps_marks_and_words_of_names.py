"""Before code: columns with defaults and a table; the database fills them in dossiers 0005."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARDS = """
ALTER TABLE people_nameword ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_nameword FORCE ROW LEVEL SECURITY;
GRANT SELECT ON people_nameword TO donghanh_cases, donghanh_helper, donghanh_emergency;
GRANT SELECT, INSERT, UPDATE, DELETE ON people_nameword TO donghanh_job;
CREATE POLICY all_when_said_by_a_job ON people_nameword TO donghanh_job
    USING (current_setting('wall.whole', true) = 'yes');
"""


class Migration(migrations.Migration):
    """Marks the second wall goes by, words to search names by, and one index where two were."""

    dependencies = [
        ("organisation", "0012_shows_units_to_everybody"),
        ("people", "0003_walls_around_pupils"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NameWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(db_collation="C", max_length=150)),
                ("listed", models.BooleanField(db_default=False)),
            ],
        ),
        migrations.RemoveIndex(
            model_name="person",
            name="people_person_listing",
        ),
        migrations.AddField(
            model_name="person",
            name="agreed",
            field=models.BooleanField(db_default=False, editable=False),
        ),
        migrations.AddField(
            model_name="person",
            name="listed",
            field=models.BooleanField(db_default=False, editable=False),
        ),
        migrations.AlterField(
            model_name="person",
            name="school",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.unit",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                fields=["school", "sort_key", "id"],
                include=("agreed", "listed"),
                name="people_person_by_name",
            ),
        ),
        migrations.AddField(
            model_name="nameword",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="words",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="nameword",
            name="school",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.unit",
            ),
        ),
        migrations.AddIndex(
            model_name="nameword",
            index=models.Index(
                fields=["school", "word", "person"],
                include=("listed",),
                name="people_nameword_by_school",
            ),
        ),
        migrations.AddConstraint(
            model_name="nameword",
            constraint=models.UniqueConstraint(
                fields=("person", "word"), name="people_nameword_once"
            ),
        ),
        migrations.RunSQL(FORWARDS, migrations.RunSQL.noop),
    ]
