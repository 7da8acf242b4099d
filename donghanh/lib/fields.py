"""Fields of forms that several rooms have."""

from __future__ import annotations

from typing import Any

from django import forms

#: As people write a day here, and as a browser's own field sends it.
DAYS = ["%d/%m/%Y", "%Y-%m-%d"]


def day_field(**options: Any) -> forms.DateField:
    """Return a field for a day, written as 10/6/2024."""
    widget = forms.DateInput(
        format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}
    )
    return forms.DateField(input_formats=DAYS, widget=widget, **options)
