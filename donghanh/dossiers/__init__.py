"""
Dossiers: the pupil's road as dated acts, from the source list to recognition.

What happens here: each step is recorded as an act, judged by the rules of its own day, and never
edited; an act done wrongly is declared invalid and done again. Where the pupil stands is replayed.
Who comes: the Union and the cell of the school, the committee above; the pupil, to the own road.
Its words: Dossier, Act, Standing.
Its actions: start_dossier, record_act, record_acts, void_act, set_facts, open_file, open_walk,
open_facts, see_list, export_list, note_list, keep_standings, renew_standings, refresh_standings,
refresh_all.
"""
