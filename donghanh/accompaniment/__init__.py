"""
Accompaniment: challenge and accompany, the road walked together, and what is written of it.

What happens here: a pupil on the way is given a challenge, accepts it or not, tells what was done
and what it meant; the helper answers in words. The helper writes notes of the road, which the pupil
reads, and the periodic comment, which the cell reads, too. Clubs meet; that a pupil came counts
only if the pupil says so. Nothing is scored, and nothing is about religion, family or health.
Who comes: the helper, the cell and the Union of the school; the pupil, on the own pages.
Its words: ChallengeModel, Challenge, Evidence, Note, Comment, Club, Membership, Meeting,
Attendance.
Its actions: give_challenges, answer_challenge, keep_model, write_note, write_comment, found_club,
invite_members, keep_meeting; accept, decline, tell, finish, answer_note, join_club, leave_club,
show_attendance.
"""
