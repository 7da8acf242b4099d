"""Before code: an index that holds the day a case was opened, so that years are counted alone."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """The same index with one more column."""

    dependencies = [("dossiers", "0007_words_of_names_are_compared_by_hash")]

    operations = [
        migrations.RemoveIndex(model_name="dossier", name="dossiers_of_school"),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                fields=["school", "id"],
                include=("agreed", "listed", "opened_date"),
                name="dossiers_of_school",
            ),
        ),
    ]
