"""Before code: a body hands what it adds up to the body above, which reads it."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

FORWARDS = """
-- The duties the unit of the post asked, or a unit it carries on.
CREATE FUNCTION wall_asking() RETURNS bigint[] LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(task.id), ARRAY[]::bigint[])
      FROM directives_directive AS directive
      JOIN directives_recipient AS recipient ON recipient.directive_id = directive.id
      JOIN directives_task AS task ON task.recipient_id = recipient.id
     WHERE directive.issuer_id = ANY (wall_units())
$$;
CREATE POLICY of_whom_it_is_handed_to ON reports_consolidation FOR SELECT
    TO donghanh_cases, donghanh_counts
    USING (task_id = ANY ((SELECT wall_asking())::bigint[]));
"""
BACKWARDS = """
DROP POLICY of_whom_it_is_handed_to ON reports_consolidation;
DROP FUNCTION wall_asking();
"""


class Migration(migrations.Migration):
    """Which duty a consolidation answers, and who may read it then."""

    dependencies = [
        ("directives", "0006_numbers_and_texts_leave_a_line"),
        ("reports", "0008_every_line_adds_up"),
    ]
    operations = [
        migrations.AddField(
            model_name="consolidation",
            name="task",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directives.task",
            ),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
