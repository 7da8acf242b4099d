"""
History: what was done, by whom, when; written once, chained, never changed.

What happens here: every action leaves one line, and every reading of a pupil's file does too.
Who comes: the other rooms, to write; the person concerned and an auditor, to read.
Its words: Event.
Its actions: record.
"""
