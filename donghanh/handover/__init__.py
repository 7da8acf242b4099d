"""
Hand-over: a pupil leaves, and the file goes where the pupil goes, until somebody confirms it.

What happens here: the cell asks the pupil, who agrees on the own page to this one unit; the file is
sent; a school here confirms, or a unit outside does through a link that opens once. Nobody records
anything in a file that is on its way. What nobody confirmed stays on the desk of who sent it.
Who comes: the cells of both schools; the pupil, to answer; whoever holds the link.
Its words: Handover, MovePaper, Stand, HandOverState.
Its actions: begin, answer, send, renew_link, call_back, receive, open_by_link, receive_by_link,
see_handovers.
"""
