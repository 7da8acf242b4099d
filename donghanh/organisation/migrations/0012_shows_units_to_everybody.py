"""Before code: units hold no pupil; everybody reads them, and who keeps them writes."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
SELECT wall_show('organisation_unit', 'organisation_unitversion', 'organisation_link',
                 'organisation_post', 'organisation_successor', 'organisation_signingdelegation',
                 'organisation_opening');
GRANT INSERT, UPDATE, DELETE ON organisation_unit, organisation_unitversion, organisation_link,
    organisation_post, organisation_successor TO donghanh_keeper;
GRANT INSERT, UPDATE ON organisation_signingdelegation
    TO donghanh_cases, donghanh_education, donghanh_counts, donghanh_keeper;
-- A post is locked while it is delegated; only its period may ever be written so.
GRANT UPDATE (in_force) ON organisation_post
    TO donghanh_cases, donghanh_education, donghanh_counts;
-- A unit is locked while its report is consolidated.
GRANT UPDATE (simulated) ON organisation_unit TO donghanh_education;
GRANT INSERT, UPDATE ON organisation_opening TO donghanh_cases;
"""


class Migration(migrations.Migration):
    """What the database's roles may see and do."""

    dependencies = [
        ("accounts", "0002_shows_tables_that_hold_no_pupil"),
        ("organisation", "0011_opens_in_emergencies"),
    ]
    operations = [migrations.RunSQL(FORWARDS, migrations.RunSQL.noop)]
