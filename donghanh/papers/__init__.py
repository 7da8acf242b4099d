"""
Papers: the dossier as a thing: which papers lie in it, where they are kept, where it is.

What happens here: of each paper is kept that it exists, as what, where and until when, never the
paper; the dossier goes up, is received, comes back with what is wrong with which paper; letters
that ask for verification or an opinion are followed until they are answered, never what they say.
Who comes: the cell, the committees above; their boards, to read.
Its words: PaperNote, Sending, PaperFault, Letter, Whereabouts, ListedPaper.
Its actions: note_paper, send_dossier, receive_dossier, return_dossier, send_letter, answer_letter,
open_papers, export_papers.
"""
