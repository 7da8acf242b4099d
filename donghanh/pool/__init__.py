"""
Pool: the source, those who agreed and may be introduced, with their yearly rating in the Union.

What happens here: the school's Union records how a class chapter or its own committee rated a
member, on the scale in force that day; a correction is a rating of its own that says why. Lists
tell by class who is ready for the next step, who waits for a day, and what is missing, each with
its rule. Nobody is scored or ranked, and no list is made against a target.
Who comes: the Union of the school, to rate and to list; its cell, to list; the pupil, to read the
own rating.
Its words: Rating, Readiness, Lack.
Its actions: rate, see_pool, export_pool, open_ratings.
"""
