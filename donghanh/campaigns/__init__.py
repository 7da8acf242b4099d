"""
Campaigns: what a Union above schools carries on over years, and what schools give to it.

What happens here: a Union above schools writes a campaign – aim, period, the directive it stands
on, the few figures it asks for every school year – and opens it to the school Unions below. Each
joins with a plan, or says why it does not. Every school year those who joined give their figures;
what was given before stays to be read. The Union above sees one table that names who has said
nothing, closes a year, and at the end writes what was done and what was learnt. No pupil is named.
Who comes: Unions above schools run; Unions of schools join; cells, department, committees read.
Its words: Campaign, Figure, Joining, Statement, Number, Closing.
Its actions: draft_campaign, mend_campaign, open_campaign, ask_more, close_year, end_campaign,
call_off; join, decline, state_figures, evaluate.
"""
