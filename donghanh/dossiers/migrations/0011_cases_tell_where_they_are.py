"""Before code: where a dossier is, where its pupil moved, and that another unit has it."""

from __future__ import annotations

from django.db import migrations, models

FORWARDS = """
GRANT UPDATE (place, moves, gone, handing_over) ON dossiers_dossier TO donghanh_cases;
GRANT SELECT (moves, gone) ON dossiers_dossier TO donghanh_counts, donghanh_keeper;

-- What lies in a file that another unit has is nobody's at the old school any more.
ALTER POLICY of_a_case_in_reach ON dossiers_act
    USING (EXISTS (SELECT FROM dossiers_dossier AS dossier
                    WHERE dossier.id = dossiers_act.dossier_id AND NOT dossier.gone));
ALTER POLICY of_a_case_opened ON dossiers_act
    USING (EXISTS (SELECT FROM dossiers_dossier AS dossier
                    WHERE dossier.id = dossiers_act.dossier_id AND NOT dossier.gone));
"""
BACKWARDS = """
ALTER POLICY of_a_case_in_reach ON dossiers_act
    USING (EXISTS (SELECT FROM dossiers_dossier AS dossier
                    WHERE dossier.id = dossiers_act.dossier_id));
ALTER POLICY of_a_case_opened ON dossiers_act
    USING (EXISTS (SELECT FROM dossiers_dossier AS dossier
                    WHERE dossier.id = dossiers_act.dossier_id));
"""


class Migration(migrations.Migration):
    """Four columns of a case, and who may write them."""

    dependencies = [("dossiers", "0010_marks_go_where_a_record_is_aside")]
    operations = [
        migrations.AddField("dossier", "place", models.JSONField(default=dict)),
        migrations.AddField("dossier", "moves", models.JSONField(default=list)),
        migrations.AddField("dossier", "gone", models.BooleanField(default=False)),
        migrations.AddField("dossier", "handing_over", models.BooleanField(default=False)),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
