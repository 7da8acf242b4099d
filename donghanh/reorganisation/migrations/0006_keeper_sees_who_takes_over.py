"""Before code: who keeps the units sees since when dossiers lie where, and reads nobody's name."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
GRANT SELECT (on_date) ON meetings_meeting TO donghanh_keeper;
GRANT SELECT (sent_date, sent_at) ON papers_sending TO donghanh_keeper;
"""
BACKWARDS = """
REVOKE SELECT (on_date) ON meetings_meeting FROM donghanh_keeper;
REVOKE SELECT (sent_date, sent_at) ON papers_sending FROM donghanh_keeper;
"""


class Migration(migrations.Migration):
    """What an operation touches, for the preview of it."""

    dependencies = [("reorganisation", "0005_keeper_counts_what_is_under_way")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
