"""
Own file: what a pupil may ask about the own data, that it is answered in time, and the erasing.

What happens here: the pupil asks for a copy, a correction, a rest or the erasing, with one tap and
without a reason; the school's Union or cell acknowledges and answers; who stopped is erased.
Who comes: pupils; the Union and the cell of their school, to answer; a job, to erase.
Its words: Request, Due.
Its actions: ask, ask_correction, ask_deletion, go_on, take_back, take_copy; see_requests,
see_request, acknowledge, extend, answer; erase.
"""
