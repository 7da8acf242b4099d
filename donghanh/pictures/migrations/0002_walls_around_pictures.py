"""Before code: everybody is given a picture by its address; who writes for a unit keeps them."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
SELECT wall_show('pictures_picture', 'pictures_making', 'pictures_rendition');
GRANT INSERT, UPDATE ON pictures_picture
    TO donghanh_education, donghanh_cases, donghanh_counts;
GRANT INSERT ON pictures_making TO donghanh_education, donghanh_cases, donghanh_counts;
-- Taken down, the bytes go; nothing else changes them.
GRANT INSERT, DELETE ON pictures_rendition
    TO donghanh_education, donghanh_cases, donghanh_counts;
-- Bytes of pictures are compressed already: they are stored as they are.
ALTER TABLE pictures_rendition ALTER COLUMN data SET STORAGE EXTERNAL;
"""
TABLES = "'pictures_picture'"


class Migration(migrations.Migration):
    """What the database's roles may do, and the guard of docs/why/chained-history.md."""

    dependencies = [
        ("accounts", "0002_shows_tables_that_hold_no_pupil"),
        ("history", "0006_guards_tables_that_actions_change"),
        ("pictures", "0001_creates_pictures"),
    ]
    operations = [
        migrations.RunSQL(FORWARDS, migrations.RunSQL.noop),
        migrations.RunSQL(f"SELECT history_protect({TABLES})", f"SELECT history_release({TABLES})"),
    ]
