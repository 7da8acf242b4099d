"""Before code: columns with defaults; those there are are filled from the names."""

from __future__ import annotations

from django.db import migrations, models

from donghanh.domain import names


def fill(apps: object, schema_editor: object) -> None:
    """Give each account the keys of its name; names of pupils stand in none."""
    accounts = apps.get_model("accounts", "User")  # type: ignore[attr-defined]
    found = []
    for account in accounts.objects.only("id", "name").iterator():
        account.search_key = names.search_key(account.name)
        account.sort_key = names.sort_key(account.name)
        found.append(account)
    accounts.objects.bulk_update(found, ["search_key", "sort_key"], batch_size=2_000)


class Migration(migrations.Migration):
    """What a list of accounts is searched and sorted by; neither is guarded by history."""

    dependencies = [("accounts", "0005_changes_leave_a_line")]
    operations = [
        migrations.AddField(
            model_name="user",
            name="search_key",
            field=models.CharField(db_collation="C", db_default="", editable=False, max_length=150),
        ),
        migrations.AddField(
            model_name="user",
            name="sort_key",
            field=models.CharField(db_collation="C", db_default="", editable=False, max_length=600),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
