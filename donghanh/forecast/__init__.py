"""
Forecast: the school year's calendar, and until when each step can still be done.

What happens here: the school writes down on which day it expects the graduation decision to take
effect; for every pupil on the road the rules say from which day to which each step can be done,
and who can no longer be admitted here before leaving. Dates only, never a likelihood.
Who comes: cell and Union of the school, helpers, the committee above.
Its words: LeavingDay, Prospect.
Its actions: expect_leaving, see_calendar, export_calendar, open_forecast.
"""
