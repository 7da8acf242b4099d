"""Before code: a unit looks back at an activity it held, and keeps some photos of it."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from donghanh.activities.texts import seen_choices

_NOT_BACK = Q(looked_back_at=None, next_time="", went_well="")
_BACK = Q(held_at__isnull=False, looked_back_at__isnull=False)


class Migration(migrations.Migration):
    """Three columns beside an activity, and the table of its photos."""

    dependencies = [
        ("activities", "0003_changes_leave_a_line"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            model_name="activity",
            name="looked_back_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="activity",
            name="next_time",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="activity",
            name="went_well",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=_NOT_BACK | _BACK, name="activities_activity_looked_back_once_held"
            ),
        ),
        migrations.CreateModel(
            name="Photo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("alt", models.CharField(max_length=300)),
                ("seen", models.CharField(choices=seen_choices, max_length=8)),
                ("digest", models.CharField(max_length=64)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("data", models.BinaryField()),
                ("small", models.BinaryField()),
                ("added_at", models.DateTimeField()),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="activities.activity",
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["activity", "digest"], name="activities_photo_once"
                    ),
                    models.CheckConstraint(
                        condition=Q(seen__in=["nobody", "agreed"]),
                        name="activities_photo_says_who_is_seen",
                    ),
                    models.CheckConstraint(
                        condition=~Q(alt=""), name="activities_photo_says_what_it_shows"
                    ),
                ]
            },
        ),
    ]
