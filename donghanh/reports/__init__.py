"""
Reports: the figures of a school year, filled from the cases, sent up and frozen when sent.

What happens here: a school's report counts its cases up to a cut-off day; it is sent, returned with
a comment or accepted; the department sees who is late and makes the consolidated report in Word.
Who comes: secretaries of the schools; officers and leaders of the department.
Its words: Report, Return, Consolidation.
Its actions: open_report, write_parts, send_report, see_figure, return_report, accept_report,
consolidate.
"""
