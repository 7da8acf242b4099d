"""
Before code: what decides the branches of a case, the edition an act is read with, why members were
left out of a vote, and more time allowed. Every column has a value for what was recorded before.
"""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns of cases and acts, and what the database refuses of them."""

    dependencies = [("dossiers", "0002_acts_are_append_only")]

    operations = [
        migrations.RemoveConstraint(
            model_name="act",
            name="dossiers_act_step_is_known",
        ),
        migrations.AddField(
            model_name="act",
            name="about",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="act",
            name="edition",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="act",
            name="excluded_by",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="act",
            name="until_date",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="dossier",
            name="by_members",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="dossier",
            name="delegated",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="dossier",
            name="standards",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="dossier",
            name="sub_committee",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "step__in",
                        [
                            "sourced",
                            "introduced",
                            "parents_heard",
                            "listed",
                            "challenged",
                            "sent_to_class",
                            "trained",
                            "asked",
                            "allowed",
                            "applied",
                            "verification_sent",
                            "verified",
                            "vouched",
                            "opinions",
                            "cell_voted",
                            "appraised",
                            "base_voted",
                            "decided",
                            "admitted",
                            "member_papers",
                            "new_member_class",
                            "recognition_papers",
                            "recognition_voted",
                            "recognition_appraised",
                            "recognition_base_voted",
                            "recognised",
                            "carded",
                            "papers",
                            "unlisted",
                            "helper_changed",
                            "extended",
                            "referred",
                            "deleted",
                            "annulled",
                        ],
                    )
                ),
                name="dossiers_act_step_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("step", "extended"),
                        ("until_date__isnull", False),
                        models.Q(("about", ""), _negated=True),
                    ),
                    models.Q(("step", "extended"), ("voids__isnull", False)),
                    models.Q(
                        models.Q(("step", "extended"), _negated=True),
                        ("about", ""),
                        ("until_date", None),
                    ),
                    _connector="OR",
                ),
                name="dossiers_act_more_time_says_for_what_and_until_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("base_committee", True),
                    models.Q(("delegated", False), ("sub_committee", False)),
                    _connector="OR",
                ),
                name="dossiers_dossier_base_committee_bears_the_others",
            ),
        ),
    ]
