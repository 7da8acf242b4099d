"""What people type in the room of papers: text in, typed values out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donghanh.domain.whereabouts import FaultKind
from donghanh.lib.fields import day_field
from donghanh.papers import texts
from donghanh.papers.actions import NewFault, NewLetter, NewNote
from donghanh.papers.queries import NotePage, WayPage

#: How many papers one form names as wrong; more are told in a second return.
FAULTS = 5


class Note(forms.Form):
    """What is kept about one paper; nothing about a person."""

    copy = forms.ChoiceField(
        label=_("Kept as"),
        choices=lambda: [("", "—"), *texts.copies()],
        required=False,
    )
    signer = forms.CharField(
        label=_("Signed by"),
        help_text=_("Name and office of who signed, as on the paper."),
        max_length=120,
        required=False,
    )
    pages = forms.IntegerField(
        label=_("Sheets"),
        min_value=1,
        max_value=999,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    kept_at = forms.CharField(
        label=_("Where it is kept"),
        help_text=_("Cupboard, shelf, folder. Write nothing about the pupil."),
        max_length=160,
        required=False,
    )
    valid_until = day_field(
        label=_("Valid until, as the paper says"),
        help_text=_("Only where the paper itself names a last day; what the rules set counts too."),
        required=False,
    )
    not_needed = forms.BooleanField(label=_("Not needed in this dossier"), required=False)

    def __init__(self, *args: Any, page: NotePage, **options: Any) -> None:
        """Keep the fields that such a paper has."""
        super().__init__(*args, **options)
        if page.there or page.line.required:
            del self.fields["not_needed"]
        if not page.there:
            for name in ("copy", "signer", "pages", "kept_at", "valid_until"):
                del self.fields[name]

    def new(self) -> NewNote:
        """Return what was typed; the form is valid."""
        return NewNote(**self.cleaned_data)


class _Way(forms.Form):
    was = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def look_again(self, was: str) -> None:
        """Keep what was typed, over the dossier as it is now."""
        self.data = {**{name: self.data.get(name, "") for name in self.data}, "was": was}


class Send(_Way):
    """To which unit a dossier goes, and when."""

    to_unit = forms.TypedChoiceField(label=_("Where it goes"), coerce=int)
    on = day_field(
        label=_("Day it leaves"), help_text=_("Today or before, for example 24/11/2025.")
    )

    def __init__(self, *args: Any, page: WayPage, **options: Any) -> None:
        """Take the units it may go to."""
        super().__init__(*args, **options)
        field = self.fields["to_unit"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(unit.id, unit.name) for unit in page.committees]


class Receive(_Way):
    """When a dossier came."""

    on = day_field(label=_("Day it came"), help_text=_("Today or before, for example 24/11/2025."))


class GiveBack(_Way):
    """When a dossier goes back, and what is wrong with which paper."""

    on = day_field(
        label=_("Day it goes back"), help_text=_("Today or before, for example 24/11/2025.")
    )

    def __init__(self, *args: Any, page: WayPage, **options: Any) -> None:
        """Add a row for each paper that may be wrong."""
        super().__init__(*args, **options)
        for row in range(1, FAULTS + 1):
            self.fields[f"form_{row}"] = forms.ChoiceField(
                label=_("Paper"), choices=[("", "—"), *page.papers], required=row == 1
            )
            self.fields[f"kind_{row}"] = forms.ChoiceField(
                label=_("What is wrong"), choices=[("", "—"), *page.kinds], required=row == 1
            )
            self.fields[f"sentence_{row}"] = forms.CharField(
                label=_("In one sentence"),
                help_text=_("What has to be done to the paper; nothing about the pupil."),
                max_length=300,
                required=row == 1,
            )

    def rows(self) -> list[list[forms.BoundField]]:
        """Return the fields of each paper."""
        return [
            [self[f"{name}_{row}"] for name in ("form", "kind", "sentence")]
            for row in range(1, FAULTS + 1)
        ]

    def more(self) -> bool:
        """Tell whether more than one paper was typed."""
        return any(self[f"{name}_2"].value() for name in ("form", "kind", "sentence"))

    def clean(self) -> dict[str, Any]:
        """Refuse a row of which only a part is written."""
        given = super().clean() or {}
        for row in range(2, FAULTS + 1):
            told = [str(given.get(f"{name}_{row}") or "") for name in ("form", "kind", "sentence")]
            if any(told) and not all(told):
                self.add_error(
                    f"sentence_{row}",
                    _("Choose the paper and what is wrong, and write the sentence."),
                )
        return given

    def faults(self) -> list[NewFault]:
        """Return what was typed; the form is valid."""
        given = self.cleaned_data
        return [
            NewFault(
                given[f"form_{row}"], FaultKind(given[f"kind_{row}"]), given[f"sentence_{row}"]
            )
            for row in range(1, FAULTS + 1)
            if given.get(f"form_{row}")
        ]


class SendLetter(forms.Form):
    """A letter that asks another unit."""

    kind = forms.ChoiceField(label=_("What it asks for"), choices=texts.letters)
    to_name = forms.CharField(
        label=_("To which unit"), help_text=_("The unit's name, never a person's."), max_length=200
    )
    to_place = forms.CharField(
        label=pgettext_lazy("unit outside", "Place"),
        help_text=_("Commune and province."),
        max_length=200,
        required=False,
    )
    paper_number = forms.CharField(label=_("Number of the letter"), max_length=60, required=False)
    on = day_field(label=_("Day it was sent"))
    remind_on = day_field(
        label=_("Remind on"),
        help_text=_("Your unit's own reminder: no rule sets a last day for the answer."),
    )

    def new(self) -> NewLetter:
        """Return what was typed; the form is valid."""
        return NewLetter(**self.cleaned_data)


class Answer(forms.Form):
    """When a letter was answered."""

    on = day_field(
        label=_("Day it was answered"),
        help_text=_("Only the day is kept, never what the answer says."),
    )


def start(today: date, was: str) -> dict[str, Any]:
    """Return what stands in a form about a way before anybody types."""
    return {"on": today, "was": was}
