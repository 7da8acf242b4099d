"""
Indicators: the figures of a year, of any unit, day and structure, with last year's beside them.

What happens here: for every case is kept from which day until which it counts for which figures,
so that all figures of all schools come out of one look; what no case tells the school enters once
a year as a number, and the page says so. Figures of a unit and year stand beside the same period a
year before; the Union sees introduced and admitted by school and year.
Who comes: department, school, committees and Unions above.
Its words: Span, Entered.
Its actions: enter_figures, see_cases, refresh_spans, refresh_all.
"""
