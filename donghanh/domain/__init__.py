"""The rules of the field, in plain Python: standard library only, no clock, no table."""
