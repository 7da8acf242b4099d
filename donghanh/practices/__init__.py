"""
Practices: good ways of working, proposed, recognised, and taken over from unit to unit.

What happens here: a unit tells a practice – aim, for whom, steps, challenges, roles, cost – and
proposes it; the body above looks at it, returns it with a remark or recommends it, and recognises
it by a decision; another unit takes it over and changes it for its own people. The line from
practice to practice is kept and drawn, with the results of each beside the others. Its challenges
become challenges of a school with one press. Nothing here is about one pupil.
Who comes: cells and Unions of schools, the department, Unions above schools.
Its words: Practice, Telling, Stage, Look, Result, Line.
Its actions: propose, mend, return_practice, recommend, recognise, take_over, state_result,
withdraw, keep_challenges.
"""
