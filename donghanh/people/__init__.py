"""
People: a pupil's record, and the consent that alone lets us keep it.

What happens here: a school hands out an invitation; the pupil opens it, reads, agrees and writes
their own name; nobody else can. The pupil stops at any time.
Who comes: pupils; the cell and the Union of their school, to invite.
Its words: Invitation, Person, Consent, Purpose, Mailbox, PageKey.
Its actions: invite_pupil, accept_invitation, withdraw_consent, withdraw_with_code; keep_address,
prove_address, forget_address, ask_way_in, come_in.
"""
