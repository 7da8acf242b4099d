"""What people choose in the room of duplicates: text in, typed values out."""

from __future__ import annotations

from django import forms


class Two(forms.Form):
    """Two records, the first of which leads."""

    lead = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    other = forms.IntegerField(min_value=1, max_value=2**63 - 1)
