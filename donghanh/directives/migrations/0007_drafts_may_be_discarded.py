"""Before code: one more stage of a draft."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """The stages a draft may have."""

    dependencies = [("directives", "0006_numbers_and_texts_leave_a_line")]
    operations = [
        migrations.RemoveConstraint(
            model_name="directive", name="directives_directive_stage_is_of_a_draft"
        ),
        migrations.AddConstraint(
            model_name="directive",
            constraint=models.CheckConstraint(
                name="directives_directive_stage_is_of_a_draft",
                condition=models.Q(stage="")
                | models.Q(
                    stage__in=["writing", "review", "signed", "discarded"],
                    drafted=True,
                    status="draft",
                ),
            ),
        ),
    ]
