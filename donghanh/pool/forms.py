"""What people type in the room of the pool: text in, typed values out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from donghanh.domain.rating import Body
from donghanh.pool import texts
from donghanh.pool.actions import NewRating
from donghanh.pool.queries import Filters, RatePage

#: As people write a day here, and as a browser's own field sends it.
DAYS = ["%d/%m/%Y", "%Y-%m-%d"]


def filters(asked: Mapping[str, str]) -> Filters:
    """Return what narrows the list, out of an address."""
    return Filters(
        q=asked.get("q", "")[:100],
        class_name=asked.get("lop", "")[:20],
        ready=asked.get("san-sang", ""),
        lack=asked.get("thieu", ""),
    )


def number(text: str) -> int | None:
    """Return the number an address names, or ``None``."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


def start(page: RatePage) -> dict[str, object]:
    """Return what stands in the form at first: of a correction, what it is of."""
    one = page.correcting
    return {} if one is None else {"corrects": one.id, "year": one.year, "body": one.key}


class Rate(forms.Form):
    """A yearly rating of a member of the Union."""

    year = forms.ChoiceField(label=_("School year"))
    body = forms.ChoiceField(label=_("Rated by"), choices=texts.bodies, widget=forms.RadioSelect)
    level = forms.ChoiceField(
        label=_("Level"), help_text=_("As on the scale that held on the day of the meeting.")
    )
    met = forms.DateField(
        label=_("Day of the meeting"),
        input_formats=DAYS,
        widget=forms.DateInput(
            format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}
        ),
    )
    paper_number = forms.CharField(
        label=_("Number of the resolution"), max_length=60, required=False
    )
    reason = forms.CharField(
        label=_("Why it is corrected"),
        help_text=_("The pupil reads it."),
        max_length=300,
        required=False,
    )
    corrects = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, page: RatePage, **options: Any) -> None:
        """Take the school years and levels that can be chosen."""
        super().__init__(*args, **options)
        years = [(year, year) for year in page.years]
        cast("forms.ChoiceField", self.fields["year"]).choices = years
        cast("forms.ChoiceField", self.fields["level"]).choices = list(page.levels)
        if page.correcting is None and not self.data.get("corrects"):
            del self.fields["reason"]

    def new(self) -> NewRating:
        """Return the rating."""
        told = self.cleaned_data
        return NewRating(
            year=told["year"],
            body=Body(told["body"]),
            level=told["level"],
            met=told["met"],
            paper_number=told["paper_number"],
            corrects=told["corrects"],
            reason=told.get("reason", ""),
        )
