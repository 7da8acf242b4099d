"""
Targets: how many a unit is asked for in a school year, shared out downwards, against what is done.

What happens here: a unit that was given a target shares it out to the units directly below it, and
sees what is left to share; a target that holds is changed by a decision, with a reason, and
what held before stays; each is held against what is done now, at the cut-off, and what can still be
done in time. Units alone: never a person, never a list of who would be missing.
Who comes: department, committees and Unions that share out; everybody who reads figures.
Its words: UnitTarget, Target, Said, Plan, Rest.
Its actions: share_out.
"""
