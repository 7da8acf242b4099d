"""
Activities: ideals education, planned and held by units, and who takes part by own word.

What happens here: a unit plans an activity, opens checking in while it lasts, and says afterwards
how many took part. Who is not in the programme is counted and never named. A pupil with an own page
checks in there; that stands on the road only if the pupil puts it there, with own words or without,
and goes again when the pupil takes it back. Held activities of a school are figures of its year.
Of a held one the unit says what it learnt, and keeps photos that bodies see and the public never.
Who comes: cell and Union of the school, the department, an upper Union; helpers read; the pupil, on
the own pages.
Its words: Activity, CheckIn, Photo, Seen.
Its actions: plan_activity, change_activity, state_number, call_off, open_check_in, close_check_in,
look_back, add_photo, remove_photo; check_in, put_on_road, take_off_road.
"""
