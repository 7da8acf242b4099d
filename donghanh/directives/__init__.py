"""
Directives: what an upper unit asks, of whom, how many, by when.

What happens here: a letter is read by machine, corrected and confirmed by an officer, and issued;
each unit receives, opens and acknowledges it; its duties become dated tasks, its targets become
targets of units.
Who comes: officers of the department; secretaries of the schools.
Its words: Directive, Recipient, Task, UnitTarget.
Its actions: keep_letter, correct_reading, issue_directive, open_received, acknowledge, remind_late.
"""
