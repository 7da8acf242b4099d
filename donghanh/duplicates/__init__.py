"""
Duplicates: the same pupil entered twice, and what a person decides about it.

What happens here: records with the same name, marks or not, and the same or a turned day of birth
are shown to the secretary, who says which record leads, or that they are two pupils; both can be
undone, and nothing is lost.
Who comes: the secretary of the school's cell.
Its words: Pair, Decision.
Its actions: see_pairs, join, tell_apart, undo.
"""
