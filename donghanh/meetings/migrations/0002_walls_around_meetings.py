"""Before code: row-level security on meetings, agendas and drafts, for the owner too."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
ALTER TABLE meetings_meeting ENABLE ROW LEVEL SECURITY;
ALTER TABLE meetings_meeting FORCE ROW LEVEL SECURITY;
ALTER TABLE meetings_agendaitem ENABLE ROW LEVEL SECURITY;
ALTER TABLE meetings_agendaitem FORCE ROW LEVEL SECURITY;
ALTER TABLE meetings_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE meetings_draft FORCE ROW LEVEL SECURITY;

-- Of a school: its own cell and Union, who look before the list. Of a committee: itself.
CREATE POLICY of_a_body ON meetings_meeting TO donghanh_cases
    USING ((school_id = ANY ((SELECT wall_schools())::bigint[]) AND (SELECT wall_early()))
           OR unit_id = (SELECT nullif(current_setting('wall.unit', true), '')::bigint));
CREATE POLICY whole_when_said_by_a_job ON meetings_meeting TO donghanh_job
    USING ((SELECT wall_whole()));

-- Of a meeting in sight, and of a pupil in sight: who stopped is on nobody's agenda.
CREATE POLICY of_a_pupil_in_sight ON meetings_agendaitem TO donghanh_cases
    USING (EXISTS (SELECT FROM meetings_meeting AS meeting
                    WHERE meeting.id = meetings_agendaitem.meeting_id)
           AND EXISTS (SELECT FROM dossiers_dossier AS dossier
                        WHERE dossier.id = meetings_agendaitem.dossier_id));
CREATE POLICY whole_when_said_by_a_job ON meetings_agendaitem TO donghanh_job
    USING ((SELECT wall_whole()));
CREATE POLICY of_an_item_in_sight ON meetings_draft TO donghanh_cases
    USING (EXISTS (SELECT FROM meetings_agendaitem AS item WHERE item.id = meetings_draft.item_id));
CREATE POLICY whole_when_said_by_a_job ON meetings_draft TO donghanh_job
    USING ((SELECT wall_whole()));

GRANT SELECT, INSERT, UPDATE ON meetings_meeting TO donghanh_cases;
GRANT SELECT, INSERT, UPDATE, DELETE ON meetings_agendaitem, meetings_draft TO donghanh_cases;
GRANT SELECT, INSERT, UPDATE, DELETE ON meetings_meeting, meetings_agendaitem, meetings_draft
    TO donghanh_job;

-- A closed meeting is never changed; erasing a pupil's case takes its items away with it.
CREATE FUNCTION meetings_keep_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'meetings_meeting' THEN
        IF OLD.closed_at IS NULL THEN
            RETURN NEW;
        END IF;
    ELSIF NOT EXISTS (
        SELECT FROM meetings_meeting AS meeting
         WHERE meeting.closed_at IS NOT NULL
           AND meeting.id = CASE TG_OP WHEN 'DELETE' THEN OLD.meeting_id ELSE NEW.meeting_id END
    ) THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    ELSIF TG_OP = 'DELETE' AND wall_whole() THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a closed meeting is not changed' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER meetings_stay_closed BEFORE UPDATE ON meetings_meeting
    FOR EACH ROW EXECUTE FUNCTION meetings_keep_closed();
CREATE TRIGGER meetings_stay_closed BEFORE INSERT OR UPDATE OR DELETE ON meetings_agendaitem
    FOR EACH ROW EXECUTE FUNCTION meetings_keep_closed();

-- With a meeting go its drafts, and what nobody could decide any more because nobody sees it.
CREATE FUNCTION meetings_forget_drafts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE before text := current_setting('wall.whole', true);
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    DELETE FROM meetings_draft AS draft USING meetings_agendaitem AS item
     WHERE item.id = draft.item_id AND item.meeting_id = NEW.id;
    DELETE FROM meetings_agendaitem WHERE meeting_id = NEW.id AND state = 'open';
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
    RETURN NULL;
END $$;
CREATE TRIGGER meetings_forget AFTER UPDATE OF closed_at, cancelled_at ON meetings_meeting
    FOR EACH ROW WHEN (NEW.closed_at IS NOT NULL OR NEW.cancelled_at IS NOT NULL)
    EXECUTE FUNCTION meetings_forget_drafts();
REVOKE EXECUTE ON FUNCTION meetings_keep_closed(), meetings_forget_drafts() FROM PUBLIC;
"""
BACKWARDS = """
DROP FUNCTION meetings_keep_closed() CASCADE;
DROP FUNCTION meetings_forget_drafts() CASCADE;
DO $$
DECLARE walled text; policy record;
BEGIN
    FOREACH walled IN ARRAY ARRAY['meetings_meeting', 'meetings_agendaitem', 'meetings_draft'] LOOP
        FOR policy IN SELECT policyname FROM pg_policies WHERE tablename = walled LOOP
            EXECUTE format('DROP POLICY %I ON %I', policy.policyname, walled);
        END LOOP;
        EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY',
                       walled);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    """What the database's roles may see and do, and what nobody may."""

    dependencies = [
        ("dossiers", "0005_walls_go_by_marks"),
        ("meetings", "0001_creates_meetings"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
