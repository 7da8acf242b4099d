"""Before code: a pupil's own papers, ways of the file, letters, classes and meetings, to read."""

from __future__ import annotations

from django.db import migrations

#: Of a table about the own case, the columns a pupil reads: none that names somebody beside the
#: officials who did it, and no mark a unit keeps for its own work.
READ = {
    "papers_papernote": "id, dossier_id, form, act_number, copy, pages, kept_at, valid_until,"
    " not_needed, noted_at, noted_by_id",
    "papers_sending": "id, dossier_id, from_unit_id, to_unit_id, papers, sent_date, sent_at,"
    " received_date, returned_date",
    "papers_letter": "id, dossier_id, kind, to_name, to_place, paper_number, sent_date,"
    " act_number, answered_date",
    "classes_seat": "id, course_id, dossier_id, seated_at, passed, certificate_number,"
    " certificate_date, act_number, settled_at",
    "meetings_agendaitem": "id, meeting_id, dossier_id, step, state, passed, act_number,"
    " paper_number, word",
}
_OWN = """
CREATE POLICY own ON {table} FOR SELECT TO donghanh_pupil
    USING (EXISTS (SELECT FROM dossiers_dossier AS dossier WHERE dossier.id = {table}.dossier_id));
GRANT SELECT ({columns}) ON {table} TO donghanh_pupil;
"""
_REST = """
CREATE POLICY own ON papers_paperfault FOR SELECT TO donghanh_pupil
    USING (EXISTS (SELECT FROM papers_sending AS sending
                    WHERE sending.id = papers_paperfault.sending_id));
GRANT SELECT ON papers_paperfault TO donghanh_pupil;

-- In which meetings a body spoke about the pupil: asked as the owner, since meetings must not wait
-- for agendas and those for them.
CREATE FUNCTION wall_own_meetings() RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('wall.whole', true);
    given text := nullif(current_setting('wall.code', true), '');
    own bigint := nullif(current_setting('wall.account', true), '')::bigint;
BEGIN
    IF given IS NULL AND own IS NULL THEN
        RETURN;
    END IF;
    PERFORM set_config('wall.whole', 'yes', true), set_config('wall.code', '', true),
            set_config('wall.account', '', true);
    RETURN QUERY
    SELECT item.meeting_id FROM meetings_agendaitem AS item
     WHERE item.dossier_id IN (
           SELECT dossier.id FROM dossiers_dossier AS dossier
             JOIN people_person AS person ON person.id = dossier.person_id
            WHERE person.user_id = own
               OR person.invitation_id = (SELECT invitation.id FROM people_invitation AS invitation
                                           WHERE invitation.code_digest = given)
               OR person.id = (SELECT page.person_id FROM people_pagekey AS page
                                WHERE page.digest = given));
    PERFORM set_config('wall.whole', coalesce(before, ''), true),
            set_config('wall.code', coalesce(given, ''), true),
            set_config('wall.account', coalesce(own::text, ''), true);
END $$;
REVOKE EXECUTE ON FUNCTION wall_own_meetings() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION wall_own_meetings() TO donghanh_pupil;
CREATE POLICY own ON meetings_meeting FOR SELECT TO donghanh_pupil
    USING (id IN (SELECT wall_own_meetings()));
GRANT SELECT (id, unit_id, body, on_date, closed_at) ON meetings_meeting TO donghanh_pupil;
"""
FORWARDS = _REST + "".join(_OWN.format(table=one, columns=cols) for one, cols in READ.items())
_BACK = """
DROP POLICY own ON {table};
REVOKE SELECT ({columns}) ON {table} FROM donghanh_pupil;
"""
_BACK_REST = """
DROP POLICY own ON meetings_meeting;
DROP FUNCTION wall_own_meetings();
DROP POLICY own ON papers_paperfault;
REVOKE ALL ON meetings_meeting, papers_paperfault FROM donghanh_pupil;
"""
BACKWARDS = _BACK_REST + "".join(
    _BACK.format(table=one, columns=columns) for one, columns in READ.items()
)


class Migration(migrations.Migration):
    """What the own copy was not able to read."""

    dependencies = [("ownfile", "0002_nothing_is_recorded_while_work_rests")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
