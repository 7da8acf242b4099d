"""
Open figures: what a unit chooses to tell everybody of a school year.

What happens here: a unit chooses figures of a year, sees what everybody will see, and makes them
public; they are kept as they were that day, small ones hidden, and stand on a page with charts and
as open data; the unit takes them back, or makes newer ones public.
Who comes: an officer of the department, a secretary, the upper Union; everybody reads.
Its words: Publication, Opened, Fact.
Its actions: publish, withdraw.
"""
