"""
Classes: the awareness class and the class for new members, which a training centre holds.

What happens here: the cell notes a class, puts on its list whom it sent, and records results and
certificates for the whole list at once; each certificate becomes the act of its road. The centre
itself sees no pupil: it would look across schools; the cell records from the certificates it gets.
Who comes: the cell of the school.
Its words: Course, Seat, CourseKind.
Its actions: open_course, seat_pupils, unseat_pupil, record_results, see_course, export_course.
"""
