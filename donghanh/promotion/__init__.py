"""
Promotion: once a year every pupil goes on into the class of the new school year.

What happens here: the school sees each class of the year before with the class its name suggests,
says who goes another way, looks at what would come of it, and writes all of it at once. It can be
undone until somebody changes one of those classes. Whoever finished or left is pointed to the
hand-over of the file.
Who comes: the secretary of the school's cell.
Its words: Promotion, Enrolment.
Its actions: see_classes, move_up, undo.
"""
