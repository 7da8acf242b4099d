"""Before code: an operation may found units and do nothing else."""

from __future__ import annotations

from django.db import migrations, models

_KINDS = ["rename", "move", "merge", "split", "close", "dissolve", "change_kind", "found"]
_NAME = "reorganisation_reorganisation_kind_is_known"


class Migration(migrations.Migration):
    """One more kind of operation."""

    dependencies = [("reorganisation", "0002_shows_operations_to_everybody")]
    operations = [
        migrations.RemoveConstraint(model_name="reorganisation", name=_NAME),
        migrations.AddConstraint(
            model_name="reorganisation",
            constraint=models.CheckConstraint(condition=models.Q(kind__in=_KINDS), name=_NAME),
        ),
    ]
