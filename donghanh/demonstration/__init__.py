"""
Demonstration: invented schools and people, and the whole main job without a browser.

What happens here: stories are played through the real actions of the rooms, on past days, so that
every desk has something on it; and a letter is walked, in a database of its own, from its reading
to the consolidated report. Nobody in it exists; every unit and person is marked as simulated.
Who comes: whoever tries the product out, shows it or tests it.
Its words: Diary (what happens on which day), Stage (units and people), Pupil, Story, Walk.
Its actions: load.ensure, walk.run.
"""
