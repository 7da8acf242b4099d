"""
Web: the shell around every page.

What happens here: the frame, the components, the look and the pages of errors; a living page shows
them all. No word of the business is decided here.
Who comes: every other room's templates.
Its words: none of its own.
Its actions: none.
"""
