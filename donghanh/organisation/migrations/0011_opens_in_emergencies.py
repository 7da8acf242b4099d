"""Before code: dossiers opened for some hours to somebody who does not reach them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import migrations, models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce


def _key(to: str, related: str, *, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=models.PROTECT, related_name=related, to=to, **({"null": True} if null else {})
    )


class Migration(migrations.Migration):
    """The table of openings, one at a time for each account."""

    dependencies = [
        ("organisation", "0010_posts_take_more_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("dossier_number", models.BigIntegerField(null=True)),
                ("reason", models.CharField(max_length=300)),
                ("opened_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                ("post", _key("organisation.post", "openings")),
                ("school", _key("organisation.unit", "openings")),
                ("seen_by", _key(settings.AUTH_USER_MODEL, "+", null=True)),
                ("user", _key(settings.AUTH_USER_MODEL, "openings")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        name="organisation_opening_says_why", condition=~Q(reason="")
                    ),
                    models.CheckConstraint(
                        name="organisation_opening_ends_after_it_begins",
                        condition=Q(until__gt=F("opened_at")),
                    ),
                    models.CheckConstraint(
                        name="organisation_opening_ended_within",
                        condition=Q(ended_at=None)
                        | Q(ended_at__gte=F("opened_at"), ended_at__lte=F("until")),
                    ),
                    models.CheckConstraint(
                        name="organisation_opening_seen_by_somebody",
                        condition=Q(seen_at=None, seen_by=None)
                        | Q(seen_at__isnull=False, seen_by__isnull=False),
                    ),
                    ExclusionConstraint(
                        name="organisation_opening_one_at_a_time",
                        expressions=[
                            (
                                Func(
                                    F("user_id"),
                                    F("user_id"),
                                    Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                Func(
                                    F("opened_at"),
                                    Coalesce("ended_at", "until"),
                                    function="tstzrange",
                                ),
                                "&&",
                            ),
                        ],
                    ),
                ],
            },
        ),
    ]
