"""
Accounts: who signs in, by what, and who lets them in.

What happens here: an administrator invites; a person proves who they are, in two ways where the
post needs it, and gets a session; nothing about what posts may do.
Who comes: everyone who is not the public; an administrator, to invite and to close accounts.
Its words: User, AccountInvitation.
Its actions: create_user, invite_member, renew_access, withdraw_invitation, accept_invitation,
close_account, end_session, end_other_sessions, note.
"""
