"""
Reorganisation: what a decision changes in the structure, as one operation that can be undone.

What happens here: an operation is shown beforehand with all it touches, carried out in one step on
the day it takes effect, and undone while nothing depends on it; open cases are handed over, each
with a reason and a receipt. What was sent before keeps its names and figures for ever.
Who comes: the administrator, to reorganise; committees and schools, to receive cases.
Its words: Reorganisation, Touch, Rerouting, Preview, Route.
Its actions: reorganise, undo, receive.
"""
