"""What people type in the room of indicators: text in, typed values out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from donghanh.domain.figures import MOST
from donghanh.domain.structure import Line
from donghanh.domain.succession import View
from donghanh.indicators.queries import Asked, Row
from donghanh.lib.fields import day_field

_LINES = {line.value: line for line in (Line.EDUCATION, Line.PARTY, Line.UNION)}
_VIEWS = {view.value: view for view in View}


class Figures(forms.Form):
    """The figures of a school and year that are entered by hand: one field for each."""

    def __init__(self, rows: Iterable[Row], data: Mapping[str, str] | None = None) -> None:
        """Offer a field for each figure, with what was entered before."""
        super().__init__(data)
        for row in rows:
            self.fields[row.figure.code] = forms.IntegerField(
                label=row.figure.title_vi,
                required=False,
                min_value=0,
                max_value=MOST,
                initial=row.now.number,
                error_messages={"invalid": _("Write a whole number, such as 120.")},
            )


class Until(forms.Form):
    """The last day that is counted."""

    den = day_field(
        label=_("Counted up to and including"),
        required=False,
        help_text=_(
            "Keep or change the day; for example 10/6/2026. A day outside the school year is taken "
            "as its first or last day."
        ),
    )


def asked(
    school_year: str, typed: Mapping[str, str], usual: Line, unit: int | None = None
) -> Asked:
    """Return which figures an address asks for; what cannot be read is as usual."""
    until = Until(typed)
    return Asked(
        school_year=school_year,
        day=until.cleaned_data["den"] if until.is_valid() else None,
        line=_LINES.get(typed.get("cay", ""), usual),
        view=_VIEWS.get(typed.get("cach", ""), View.AS_WAS),
        unit=unit,
    )
