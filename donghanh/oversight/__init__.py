"""
Oversight: what is read beyond the own reach in an emergency, and who is told of it.

What happens here: a committee's organisation board opens the dossiers of one school, or one of
them, for a written reason and for some hours; the school's cell is told at once.
Who comes: organisation boards, to open and to end; secretaries of the schools, to see who and why.
Its words: Opening.
Its actions: open_cases, end_opening, confirm_notice.
"""
