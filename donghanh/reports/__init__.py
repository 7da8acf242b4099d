"""
Reports: the figures of a school year, filled from the cases, sent up and frozen when sent.

What happens here: a school's report counts its cases up to a cut-off day; a figure changed by hand
keeps both values and the reason, each warning is answered; it is sent and sealed, returned on the
figures to correct, or accepted, and later amended under the next number. The department sees who is
late, makes the consolidated report in Word, closes the year, and anybody proves a paper later.
Who comes: secretaries of the schools; officers and leaders of the department.
Its words: Report, Return, Seal, Consolidation, YearLock, Opening.
Its actions: open_report, write_parts, change_figure, answer_checks, send_report, amend_report,
drop_amendment, see_figure, return_report, accept_report, consolidate, close_year, open_for_unit.
"""
