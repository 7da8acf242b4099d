"""What people type in the room of hand-over: text in, typed values out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donghanh.domain.acts import Destination
from donghanh.handover import texts
from donghanh.handover.actions import Begin as Beginning
from donghanh.handover.actions import Noted
from donghanh.handover.queries import BeginPage, PaperLine
from donghanh.lib.fields import day_field

#: Where a pupil may go inside the system: where a cell works that can confirm it here.
_HERE = frozenset({Destination.SCHOOL, Destination.INSTITUTION})


class Begin(forms.Form):
    """Where a pupil goes."""

    to = forms.ChoiceField(
        label=_("Where the pupil goes"), choices=texts.destinations, widget=forms.RadioSelect
    )
    to_school = forms.TypedChoiceField(
        label=_("A school of this system"),
        help_text=_("Its cell confirms here; without a choice the unit below confirms by a link."),
        coerce=int,
        empty_value=None,
        required=False,
    )
    to_name = forms.CharField(
        label=_("The unit, where it is not in the list"),
        help_text=_("Its full name, such as the Party cell or committee that takes over."),
        max_length=200,
        required=False,
    )
    to_place = forms.CharField(
        label=pgettext_lazy("unit outside", "Place"),
        help_text=_("Commune and province."),
        max_length=200,
        required=False,
    )
    graduated_on = day_field(
        label=_("Day the graduation decision took effect"),
        help_text=_(
            "Where the pupil has graduated: from that day on this school neither considers nor "
            "holds the ceremony."
        ),
        required=False,
    )

    def __init__(self, *args: Any, page: BeginPage, **options: Any) -> None:
        """Take the schools of the system."""
        super().__init__(*args, **options)
        field = self.fields["to_school"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "—"), *((unit.id, unit.name) for unit in page.schools)]

    def clean(self) -> dict[str, Any]:
        """Refuse a hand-over to nobody, and to a school that is no school."""
        given = super().clean() or {}
        here, name = given.get("to_school"), given.get("to_name")
        if here and given.get("to") not in {one.value for one in _HERE}:
            self.add_error("to_school", _("Choose a school only where the pupil goes to one."))
        elif not here and not name and "to_name" not in self.errors:
            self.add_error("to_name", _("Choose a school of the list, or write the unit's name."))
        return given

    def new(self) -> Beginning:
        """Return what was typed; the form is valid."""
        given = self.cleaned_data
        return Beginning(
            to=Destination(given["to"]),
            to_school_id=given["to_school"],
            to_name=given["to_name"],
            to_place=given["to_place"],
            graduated_on=given["graduated_on"],
        )


class Send(forms.Form):
    """When a file left, and the papers that go with it."""

    on = day_field(
        label=_("Day it left"),
        help_text=_("Today or before, but not before the pupil agreed."),
    )

    def __init__(self, *args: Any, papers: tuple[PaperLine, ...], **options: Any) -> None:
        """Add number and day of each paper that goes with it."""
        super().__init__(*args, **options)
        self._papers = papers
        for paper in papers:
            self.fields[f"number_{paper.code}"] = forms.CharField(
                label=_("Number of the paper"), max_length=60, required=False
            )
            self.fields[f"on_{paper.code}"] = day_field(label=_("Day of the paper"), required=False)

    def rows(self) -> list[tuple[PaperLine, forms.BoundField, forms.BoundField]]:
        """Return each paper with its fields."""
        return [
            (paper, self[f"number_{paper.code}"], self[f"on_{paper.code}"])
            for paper in self._papers
        ]

    def noted(self) -> Noted:
        """Return what was typed of the papers; the form is valid."""
        given = self.cleaned_data
        return Noted(
            {
                paper.code: (given[f"number_{paper.code}"], given[f"on_{paper.code}"])
                for paper in self._papers
            }
        )


class Receive(forms.Form):
    """When a file came, and which class the pupil is in here."""

    on = day_field(label=_("Day it came"), help_text=_("Today or before."))
    class_name = forms.CharField(label=_("Class here"), max_length=20)

    def clean_class_name(self) -> str:
        """Return a class as lists write it."""
        return " ".join(str(self.cleaned_data["class_name"]).upper().split())


class Code(forms.Form):
    """The second code of a link."""

    code = forms.CharField(
        label=_("The code you were told by telephone"),
        help_text=_("Eight letters and digits; capitals and hyphens do not matter."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class Confirm(forms.Form):
    """Who confirms for a unit outside, and when the file came."""

    code = forms.CharField(max_length=20, widget=forms.HiddenInput)
    receiver = forms.CharField(
        label=_("Who confirms"), help_text=_("Your name and office."), max_length=150
    )
    on = day_field(label=_("Day it came"), help_text=_("Today or before."))
