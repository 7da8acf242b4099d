"""What people type in the room of classes: text in, typed values out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from donghanh.classes import texts
from donghanh.classes.queries import CoursePage, SeatLine
from donghanh.domain.courses import CourseKind, Result
from donghanh.lib.fields import day_field

_RESULTS = [("", "—"), ("yes", _("passed")), ("no", _("did not pass"))]


class Open(forms.Form):
    """A class that a training centre holds."""

    kind = forms.ChoiceField(label=_("Which class"), choices=texts.kinds, widget=forms.RadioSelect)
    centre = forms.CharField(
        label=_("Who holds it"),
        help_text=_("The political training centre, or the committee that holds the class."),
        max_length=200,
    )
    first = day_field(label=_("First day"), help_text=_("For example 24/11/2025."))
    last = day_field(label=_("Last day"))

    def course(self) -> dict[str, Any]:
        """Return what was typed; the form is valid."""
        return {**self.cleaned_data, "kind": CourseKind(self.cleaned_data["kind"])}


class Results(forms.Form):
    """The results of everybody on the list who has none yet; a blank line stays open."""

    def __init__(self, *args: Any, page: CoursePage, **options: Any) -> None:
        """Add a line for each pupil."""
        super().__init__(*args, **options)
        self._open = page.open
        for seat in page.open:
            key = seat.dossier_id
            self.fields[f"result_{key}"] = forms.ChoiceField(
                label=_("Result"), choices=_RESULTS, required=False
            )
            self.fields[f"number_{key}"] = forms.CharField(
                label=_("Number of the certificate"), max_length=60, required=False
            )
            self.fields[f"on_{key}"] = day_field(label=_("Day"), required=False)

    def rows(self) -> list[tuple[SeatLine, list[forms.BoundField]]]:
        """Return each pupil with the fields."""
        return [
            (seat, [self[f"{name}_{seat.dossier_id}"] for name in ("result", "number", "on")])
            for seat in self._open
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse a list on which nothing was written."""
        given = super().clean() or {}
        told = [value for name, value in given.items() if name.startswith("result_") and value]
        if not told and not self.errors:
            raise forms.ValidationError(_("Choose the result of at least one pupil."))
        return given


def results(typed: Mapping[str, Any], data: Mapping[str, str]) -> list[Result]:
    """
    Return the results that were typed, those of pupils who are no longer shown as well.

    Args:
        typed: The cleaned values of the form.
        data: What was sent.
    """
    found = [
        Result(
            dossier_id=int(name.removeprefix("result_")),
            passed=value == "yes",
            number=" ".join(str(typed.get(_other(name, "number")) or "").split()),
            on=typed.get(_other(name, "on")),
        )
        for name, value in typed.items()
        if name.startswith("result_") and value
    ]
    known = {one.dossier_id for one in found}
    gone = [
        int(name.removeprefix("result_"))
        for name, value in data.items()
        if name.startswith("result_") and value and name not in typed and name[7:].isdecimal()
    ]
    return [*found, *(Result(number, passed=False) for number in gone if number not in known)]


def _other(name: str, field: str) -> str:
    return name.replace("result_", f"{field}_", 1)
