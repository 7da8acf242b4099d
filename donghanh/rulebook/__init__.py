"""
Rulebook: every rule that holds on a day, with where it stands written; and how it is changed.

What happens here: the rules are looked up by day, by step and by form, two days are compared, and
it is shown where each rule bites. An administrator records that a value was compared with the
original, adds values, regimes and calendar years, and sees beforehand which open cases would
change; nothing is stored here itself.
Who comes: everybody but pupils, to read; the administrator, to change.
Its words: Rulebook, Edition, Preview.
Its actions: none; what is kept and withdrawn goes through the room of amendments.
"""
