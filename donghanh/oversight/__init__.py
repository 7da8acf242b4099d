"""
Oversight: what is read beyond the own reach in an emergency, who is told, and history itself.

What happens here: a committee's organisation board opens the dossiers of one school, or one of
them, for a written reason and for some hours; the school's cell is told at once. An auditor reads
history, without a pupil's name, and verifies its chain.
Who comes: organisation boards, to open and to end; secretaries of the schools, to see who and why;
auditors.
Its words: Opening.
Its actions: open_cases, end_opening, confirm_notice, verify_history.
"""
