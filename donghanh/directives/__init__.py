"""
Directives: what an upper unit asks, of whom, how many, by when.

What happens here: a letter is read by machine, corrected and confirmed, or a directive is written,
signed and issued with its number; each unit receives, opens and acknowledges it, sends its plan and
answers; its duties become dated tasks, its targets become targets of units. It can be recalled,
superseded, and passed on to the units below.
Who comes: officers and leaders of the department, committees, the Union above schools; secretaries
of the schools, the schools' Unions.
Its words: Directive, Recipient, Task, Bundle, UnitTarget, NumberBook, NumberEntry, LegalText.
Its actions: keep_letter, correct_reading, issue_directive, open_received, acknowledge, remind_late,
write_draft, submit_draft, send_back, sign_draft, issue_draft, recall_directive, take_number,
void_number, send_plan, answer_task, link_tasks, unlink_tasks, mark_answered, open_next_year,
add_text.
"""
