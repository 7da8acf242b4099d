"""What people choose in the room of open figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from donghanh.openfigures import queries
from donghanh.openfigures.queries import Chosen

#: What is ticked to begin with: what the report of the year is about.
_USUAL = ("introduced", "trained", "admitted", "activities", "clubs")


class Choose(forms.Form):
    """Which figures of which school year are to be shown."""

    nam = forms.ChoiceField(label=_("School year"))
    so = forms.MultipleChoiceField(
        label=_("Figures"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one figure.")},
    )
    truong = forms.BooleanField(
        label=_("Also school by school"),
        help_text=_("Small figures of a school are hidden, and what would tell them."),
        required=False,
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, today: date, by_school: bool
    ) -> None:
        """Offer the years up to a day; schools are there for a body above them alone."""
        offered = queries.offered()
        usual = [one.code for one in offered if one.code in _USUAL]
        super().__init__(data, initial={"so": usual})
        self.fields["nam"].choices = [(year, year) for year in queries.years(today)]  # type: ignore[attr-defined]
        self.fields["so"].choices = [(one.code, one.title_vi) for one in offered]  # type: ignore[attr-defined]
        if not by_school:
            del self.fields["truong"]

    def chosen(self) -> Chosen:
        """Return what was chosen; the form is valid."""
        typed = self.cleaned_data
        return Chosen(typed["nam"], tuple(typed["so"]), bool(typed.get("truong")))
