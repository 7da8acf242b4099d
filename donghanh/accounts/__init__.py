"""
Accounts: who signs in.

What happens here: a person proves who they are and gets a session; nothing about posts or rights.
Who comes: everyone who is not the public.
Its words: User.
Its actions: create_user.
"""
