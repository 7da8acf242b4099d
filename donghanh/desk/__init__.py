"""
Desk: the home page, where each person finds what is due today.

What happens here: what is late, what is due within a week and what waits for others is gathered
from the rooms below; nothing is stored. The search has its door here too.
Who comes: everyone who signs in.
Its words: Item.
Its actions: none; each item leads to the page where it is done.
"""
