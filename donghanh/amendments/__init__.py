"""
Amendments: what an administrator adds to the shipped rules, tightens or compares; never taken out.

What happens here: a change of the rules is tried on the whole rulebook, then kept with its number,
who kept it and why. Every room asks here for the rulebook in its newest edition.
Who comes: the administrator, to keep and to withdraw; every room above, to ask for the rules.
Its words: Amendment, Edition.
Its actions: keep, withdraw.
"""
