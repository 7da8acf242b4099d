"""
News: what units tell the public, and who of those named or shown has agreed to it.

What happens here: a unit writes an article; somebody else reviews it; names found in it are linked
to a pupil's own agreement or said to be somebody else's; it is published, corrected in the open, or
taken down. A picture is shown once everybody who can be recognised has agreed. A pupil takes back
the agreement in two taps: the name and the picture are gone at once.
Who comes: who writes and who reviews, the pupils who are asked, the public.
Its words: Article, Version, Correction, Placed, Agreement.
Its actions: begin, save, keep_draft, hand_in, send_back, approve, publish, plan, publish_due,
correct, publish_correction, take_down, add_picture, describe_picture, answer_picture, ask_shown,
ask_pupil, clear_name, heard_parents, agree, refuse, withdraw, see_article.
"""
