"""Before code: accounts with an address, and invitations; what runs already never asks for them."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The address of an account, and the table of invitations to accounts."""

    dependencies = [
        ("accounts", "0002_shows_tables_that_hold_no_pupil"),
        ("organisation", "0012_shows_units_to_everybody"),
    ]

    # The library's own migrations read the address.
    run_before = [("account", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="AccountInvitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("username", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=150)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("role", models.CharField(blank=True, max_length=32)),
                ("invited_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="user",
            name="email",
            field=models.EmailField(blank=True, db_default="", default="", max_length=254),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                name="accounts_user_email_is_lower",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                condition=models.Q(("email", ""), _negated=True),
                fields=("email",),
                name="accounts_user_email_once",
            ),
        ),
        migrations.AddField(
            model_name="accountinvitation",
            name="account",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="let_in_by",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="accountinvitation",
            name="invited_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitations",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="accountinvitation",
            name="unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountinvitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("invited_at"))),
                name="accounts_accountinvitation_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountinvitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role", ""), ("unit", None)),
                    models.Q(("unit__isnull", False), models.Q(("role", ""), _negated=True)),
                    _connector="OR",
                ),
                name="accounts_accountinvitation_post_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountinvitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accepted_at", None), ("account__isnull", False), _connector="OR"
                ),
                name="accounts_accountinvitation_accepted_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountinvitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("accepted_at", None), ("withdrawn_at", None), _connector="OR"),
                name="accounts_accountinvitation_not_both",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountinvitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("accepted_at", None), ("withdrawn_at", None)),
                fields=("username",),
                name="accounts_accountinvitation_one_open_each",
            ),
        ),
    ]
