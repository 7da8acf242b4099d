"""
Desk: the home page, where each person finds what is due today.

What happens here: what is late, what is due within a week and what waits for others is gathered
from the rooms below; nothing is stored but whose names were shown. The search has its door here.
Who comes: everyone who signs in.
Its words: Item.
Its actions: see_desk, see_found; each item leads to the page where it is done.
"""
