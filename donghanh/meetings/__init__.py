"""
Meetings: one sitting of a body about several pupils, from the agenda to minutes and resolutions.

What happens here: a body of the Party or the Union plans a meeting, sits through its agenda pupil
by pupil with the exact count as it is typed, and closes it; closing records all that was decided on
the pupils' roads, or nothing. The papers are written from what was counted, never typed again.
Who comes: the school's Union for its committee and the chapters of the classes, the secretary of
the cell, the committee above.
Its words: Meeting, AgendaItem, Draft, Attendance, Body.
Its actions: plan_meeting, add_items, drop_item, tell_attendance, keep_draft, close_meeting,
cancel_meeting, open_meeting, open_item, take_paper, take_register,
take_contents.
"""
