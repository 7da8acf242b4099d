"""Before code: whoever confirms an arrival writes the class of the school year, not the person."""

from __future__ import annotations

from django.db import migrations

#: As 0002 has it, but for the class; what keeps a class is in the migrations of ``people``.
_SETTLE = """
CREATE OR REPLACE FUNCTION
    handover_settle(number bigint, day date, instant timestamptz, account bigint,
                    named text, move jsonb, class text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('wall.whole', true);
    schools bigint[] := nullif(current_setting('wall.schools', true), '')::bigint[];
    code text := nullif(current_setting('wall.code', true), '');
    one handover_handover%ROWTYPE; whose bigint; may boolean;
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    -- Locked in the order in which acts and consents lock: the case, its person, then the rest.
    SELECT person_id INTO whose FROM dossiers_dossier
     WHERE id = (SELECT dossier_id FROM handover_handover WHERE id = number) AND agreed
       FOR NO KEY UPDATE;
    PERFORM FROM people_person WHERE id = whose FOR NO KEY UPDATE;
    SELECT * INTO one FROM handover_handover
     WHERE id = number AND stands AND sent_date IS NOT NULL AND received_at IS NULL
       AND called_back_at IS NULL
       FOR UPDATE;
    may := one.id IS NOT NULL AND whose IS NOT NULL AND day >= one.sent_date
           AND CASE WHEN one.to_school_id IS NULL THEN coalesce(one.whole_digest = code, false)
                    ELSE coalesce(one.to_school_id = ANY (schools), false) END;
    IF may THEN
        UPDATE handover_handover
           SET received_date = day, received_at = instant, received_by_id = account,
               receiver = named, link_until = NULL
         WHERE id = number;
        UPDATE dossiers_dossier
           SET moves = (moves - (-1)) || jsonb_build_array(move), handing_over = false,
               place = '{}'::jsonb, gone = (one.to_school_id IS NULL),
               school_id = coalesce(one.to_school_id, school_id)
         WHERE id = one.dossier_id;
        IF one.to_school_id IS NOT NULL THEN
            UPDATE people_person SET school_id = one.to_school_id%(mirrored)s
             WHERE id = whose;%(kept)s
        END IF;
    END IF;
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
    RETURN may;
END $$;
"""
_KEPT = """
            INSERT INTO people_enrolment (person_id, school_id, school_year, class_name, ended,
                                          since_date, written_at, written_by_id)
            SELECT whose, one.to_school_id, first || '-' || first + 1, class, '', day, instant,
                   account
              FROM (SELECT date_part('year', day)::int
                           - (date_part('month', day) < 8)::int) AS years(first)
                ON CONFLICT (person_id, school_year, school_id) DO UPDATE
               SET class_name = EXCLUDED.class_name, ended = '', promotion_id = NULL,
                   since_date = EXCLUDED.since_date, written_at = EXCLUDED.written_at,
                   written_by_id = EXCLUDED.written_by_id;"""


class Migration(migrations.Migration):
    """The function that moves a case, which wrote the class into the person before."""

    dependencies = [
        ("handover", "0003_changes_leave_a_line"),
        ("people", "0011_keeps_the_class_of_each_year"),
    ]
    operations = [
        migrations.RunSQL(
            _SETTLE.replace("%(mirrored)s", "").replace("%(kept)s", _KEPT),
            _SETTLE.replace("%(mirrored)s", ", class_name = class").replace("%(kept)s", ""),
        )
    ]
