"""
Voices: what pupils choose to say, named or unnamed, and the answer they get in time.

What happens here: a pupil writes to the school, its Union, the department or the Union above,
without signing in, and keeps a code with which the answer is read. Who was written to answers
within the own promise; what is late lies one level up. Insults are set aside with a reason the
writer sees, emergencies are seen at once. An answer is made public in other words, once a second
person confirms it and the writer had said yes.
Who comes: pupils and everybody, by public pages; who answers and who moderates.
Its words: Voice, Word, Act, Publication, Promise.
Its actions: write, write_on, close, answer, note, set_aside, flag, alarm, propose, confirm,
withdraw, promise.
"""
