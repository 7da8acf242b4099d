"""
Pictures: what a unit shows of its life, clean, in the sizes pages need.

What happens here: a picture is checked, drawn clean without what a camera adds, and kept with what
it shows in words; a job draws it smaller; whoever shows it asks for its addresses; taken down, its
bytes are gone at once, wherever it was shown.
Who comes: who writes articles for a unit; everybody, where a page shows one.
Its words: Picture, Rendition, Shown.
Its actions: upload, describe, take_down, take_down_shown, make_waiting.
"""
