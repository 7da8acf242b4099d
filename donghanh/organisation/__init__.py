"""
Organisation: units, the lines they hang together by, the posts people hold; all of it dated.

What happens here: a unit keeps one identity while its name, kind, place and parents change.
Who comes: every other room, to ask who stands where on a day; people, to change post;
who signs, to let somebody else.
Its words: Unit, UnitVersion, Link, Post, Successor, SigningDelegation.
Its actions: create_unit, link_units, give_post, delegate_signing, end_signing.
"""
