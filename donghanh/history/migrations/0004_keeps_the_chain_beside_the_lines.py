"""Before code: tables for the chain, its head and its verifications; old columns may stay empty."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models
from django.db.models import PROTECT, Q

_LISTED = ("dossiers.list_seen", "dossiers.list_exported")


class Migration(migrations.Migration):
    """Links, head and verifications."""

    dependencies = [
        ("history", "0003_lets_everybody_leave_a_line"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField("event", "previous", models.CharField(max_length=64, null=True)),
        migrations.AlterField(
            "event", "digest", models.CharField(max_length=64, unique=True, null=True)
        ),
        migrations.AlterField(
            "event",
            "actor",
            models.ForeignKey(
                on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, null=True
            ),
        ),
        migrations.AddConstraint(
            "event",
            models.CheckConstraint(
                name="history_event_somebody_acts",
                condition=Q(actor__isnull=False) | Q(action="history.migrated"),
            ),
        ),
        migrations.AddConstraint(
            "event",
            models.CheckConstraint(
                name="history_event_at_is_an_instant",
                condition=Q(at__gt=datetime(1900, 1, 1, tzinfo=UTC))
                & Q(at__lt=datetime(3000, 1, 1, tzinfo=UTC)),
            ),
        ),
        migrations.AddIndex(
            "event",
            GinIndex(
                fields=["facts"],
                opclasses=["jsonb_path_ops"],
                condition=Q(action__in=_LISTED),
                name="history_by_who_is_listed",
            ),
        ),
        migrations.CreateModel(
            "Link",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("previous", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64, unique=True)),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=PROTECT, related_name="link", to="history.event"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            "Head",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("position", models.BigIntegerField()),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(name="history_head_is_one_row", condition=Q(id=1))
                ]
            },
        ),
        migrations.CreateModel(
            "Verification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("lines", models.BigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("broken", models.BigIntegerField(null=True)),
                ("why", models.CharField(blank=True, max_length=32)),
            ],
        ),
    ]
