"""Before code: a delegation that has not begun is taken back whole."""

from __future__ import annotations

from django.db import migrations

WAYS = "donghanh_cases, donghanh_education"


class Migration(migrations.Migration):
    """Who delegates signing may take it back; the guard of history stands as it is."""

    dependencies = [("organisation", "0013_changes_leave_a_line")]
    operations = [
        migrations.RunSQL(
            f"GRANT DELETE ON organisation_signingdelegation TO {WAYS}",
            f"REVOKE DELETE ON organisation_signingdelegation FROM {WAYS}",
        )
    ]
