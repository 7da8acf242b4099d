"""Before code: row-level security on all that tells of one pupil, for the owner too."""

from __future__ import annotations

from django.db import migrations

WALLED = (
    "accompaniment_challenge",
    "accompaniment_declining",
    "accompaniment_evidence",
    "accompaniment_note",
    "accompaniment_noteanswer",
    "accompaniment_comment",
    "accompaniment_membership",
    "accompaniment_attendance",
)
_WALL = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY whole_when_said_by_a_job ON {table} TO donghanh_job USING ((SELECT wall_whole()));
GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO donghanh_job;
"""
_CASE = "EXISTS (SELECT FROM dossiers_dossier AS dossier WHERE dossier.id = {table}.dossier_id)"
_AGREED = (
    "EXISTS (SELECT FROM dossiers_dossier AS dossier"
    " WHERE dossier.id = {table}.dossier_id AND dossier.agreed)"
)
_PERSON = "EXISTS (SELECT FROM people_person AS person WHERE person.id = {table}.person_id)"
#: What of a case is in sight follows from the case; who looks from the list on sees none of it.
POLICIES = """
CREATE POLICY of_a_case_in_reach ON accompaniment_challenge TO donghanh_cases
    USING ((SELECT wall_early()) AND {challenge_case});
CREATE POLICY helped ON accompaniment_challenge TO donghanh_helper USING ({challenge_case});
CREATE POLICY own ON accompaniment_challenge TO donghanh_pupil
    USING ({challenge_case}) WITH CHECK ({challenge_agreed});
-- No member of staff is told that a pupil declined.
CREATE POLICY own ON accompaniment_declining TO donghanh_pupil
    USING (EXISTS (SELECT FROM accompaniment_challenge AS challenge
                    WHERE challenge.id = accompaniment_declining.challenge_id));
CREATE POLICY of_a_challenge_under_way ON accompaniment_evidence FOR SELECT
    TO donghanh_cases, donghanh_helper
    USING (EXISTS (SELECT FROM accompaniment_challenge AS challenge
                    WHERE challenge.id = accompaniment_evidence.challenge_id
                      AND challenge.accepted_at IS NOT NULL));
CREATE POLICY own ON accompaniment_evidence TO donghanh_pupil
    USING (EXISTS (SELECT FROM accompaniment_challenge AS challenge
                    WHERE challenge.id = accompaniment_evidence.challenge_id));

-- A note is between the pupil and who helps at present: no other way of looking may read the table.
CREATE POLICY helped ON accompaniment_note TO donghanh_helper USING ({note_case});
CREATE POLICY own ON accompaniment_note FOR SELECT TO donghanh_pupil USING ({note_case});
CREATE POLICY of_a_note_in_sight ON accompaniment_noteanswer FOR SELECT TO donghanh_helper
    USING (EXISTS (SELECT FROM accompaniment_note AS note
                    WHERE note.id = accompaniment_noteanswer.note_id));
CREATE POLICY own ON accompaniment_noteanswer TO donghanh_pupil
    USING (EXISTS (SELECT FROM accompaniment_note AS note
                    WHERE note.id = accompaniment_noteanswer.note_id));
CREATE POLICY of_a_case_in_reach ON accompaniment_comment FOR SELECT TO donghanh_cases
    USING ((SELECT wall_early()) AND {comment_case});
CREATE POLICY helped ON accompaniment_comment TO donghanh_helper USING ({comment_case});
CREATE POLICY own ON accompaniment_comment FOR SELECT TO donghanh_pupil USING ({comment_case});

CREATE POLICY of_a_person_in_reach ON accompaniment_membership TO donghanh_cases
    USING ((SELECT wall_early()) AND {membership_person});
CREATE POLICY shown_by_the_pupil ON accompaniment_membership FOR SELECT TO donghanh_helper
    USING (shown_at IS NOT NULL AND {membership_person});
CREATE POLICY own ON accompaniment_membership TO donghanh_pupil
    USING ({membership_person})
    WITH CHECK (EXISTS (SELECT FROM people_person AS person
                         WHERE person.id = accompaniment_membership.person_id AND person.agreed));
CREATE POLICY of_a_member_in_sight ON accompaniment_attendance TO donghanh_cases
    USING (EXISTS (SELECT FROM accompaniment_membership AS membership
                    WHERE membership.id = accompaniment_attendance.membership_id));
CREATE POLICY of_a_member_shown ON accompaniment_attendance FOR SELECT
    TO donghanh_helper, donghanh_pupil
    USING (EXISTS (SELECT FROM accompaniment_membership AS membership
                    WHERE membership.id = accompaniment_attendance.membership_id));

GRANT SELECT, INSERT, UPDATE (answer, answered_at, answered_by_id) ON accompaniment_challenge
    TO donghanh_cases, donghanh_helper;
GRANT SELECT, UPDATE (accepted_at, done_at, reflection) ON accompaniment_challenge
    TO donghanh_pupil;
GRANT SELECT, INSERT, DELETE ON accompaniment_declining TO donghanh_pupil;
GRANT SELECT ON accompaniment_evidence TO donghanh_cases, donghanh_helper;
GRANT SELECT, INSERT ON accompaniment_evidence TO donghanh_pupil;
GRANT SELECT, INSERT ON accompaniment_note TO donghanh_helper;
GRANT SELECT ON accompaniment_note TO donghanh_pupil;
GRANT SELECT ON accompaniment_noteanswer TO donghanh_helper;
GRANT SELECT, INSERT ON accompaniment_noteanswer TO donghanh_pupil;
GRANT SELECT ON accompaniment_comment TO donghanh_cases, donghanh_pupil;
GRANT SELECT, INSERT ON accompaniment_comment TO donghanh_helper;
GRANT SELECT, INSERT, UPDATE (invited_at) ON accompaniment_membership TO donghanh_cases;
GRANT SELECT ON accompaniment_membership TO donghanh_helper;
GRANT SELECT, INSERT, UPDATE (joined_at, left_at, shown_at) ON accompaniment_membership
    TO donghanh_pupil;
GRANT SELECT, INSERT, DELETE ON accompaniment_attendance TO donghanh_cases;
GRANT SELECT ON accompaniment_attendance TO donghanh_helper, donghanh_pupil;

-- What holds nothing of a pupil is shown to everybody who signs in.
SELECT wall_show('accompaniment_challengemodel', 'accompaniment_club', 'accompaniment_meeting');
GRANT INSERT ON accompaniment_challengemodel, accompaniment_club TO donghanh_cases;
GRANT INSERT, UPDATE (topic) ON accompaniment_meeting TO donghanh_cases;
"""
_FILLED = {
    "challenge_case": _CASE.format(table="accompaniment_challenge"),
    "challenge_agreed": _AGREED.format(table="accompaniment_challenge"),
    "note_case": _CASE.format(table="accompaniment_note"),
    "comment_case": _CASE.format(table="accompaniment_comment"),
    "membership_person": _PERSON.format(table="accompaniment_membership"),
}
FORWARDS = "".join(_WALL.format(table=table) for table in WALLED) + POLICIES.format(**_FILLED)
BACKWARDS = """
DO $$
DECLARE policy record;
BEGIN
    FOR policy IN SELECT tablename, policyname FROM pg_policies
                   WHERE starts_with(tablename, 'accompaniment_') LOOP
        EXECUTE format('DROP POLICY %I ON %I', policy.policyname, policy.tablename);
        EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY',
                       policy.tablename);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    """What the database's roles may see and do."""

    dependencies = [
        ("accompaniment", "0002_notes_are_append_only"),
        ("dossiers", "0005_walls_go_by_marks"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
