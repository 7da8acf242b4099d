"""Pages of the room of accompaniment: those of staff, and the pupil's own."""
