"""What people type in the room of dossiers: text in, typed values out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from donghanh.domain.procedure import Step
from donghanh.domain.voting import Tally
from donghanh.dossiers.actions import NewAct
from donghanh.dossiers.queries import ActPage, Filters

#: As people write a day here, and as a browser's own field sends it.
DAYS = ["%d/%m/%Y", "%Y-%m-%d"]


class _Seen(forms.Form):
    """Carries how many acts the dossier had when the page was shown."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def look_again(self, seen: int) -> None:
        """Keep what was typed, over the dossier as it stands now."""
        typed = {name: self.data.get(name, "") for name in self.data}
        self.data = {**typed, "seen": str(seen)}


_COUNTS = {
    "official": _("Official members, or members in post"),
    "excluded": _("Left out by the rule"),
    "convened": _("Convened"),
    "present": _("Present"),
    "favour": _("In favour"),
    "against": _("Against"),
    "invalid": _("Invalid votes"),
}
#: No body of this field has more members.
_MOST = 2000


def day_field(**options: Any) -> forms.DateField:
    """Return a field for a day, written as 10/6/2024."""
    widget = forms.DateInput(
        format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}
    )
    return forms.DateField(input_formats=DAYS, widget=widget, **options)


class Source(forms.Form):
    """A pupil who agreed goes on the source list."""

    on = day_field(label=_("Day of the list"), help_text=_("For example 11/9/2023."))
    paper_number = forms.CharField(
        label=_("Number of the list"),
        help_text=_("As on the paper, where it has one."),
        max_length=60,
        required=False,
    )


class Record(_Seen):
    """One act of a dossier; the step decides which fields there are."""

    form = forms.ChoiceField(label=_("Which paper"))
    on = day_field(
        label=_("Day it happened"),
        help_text=_("The day on the paper, for example 24/11/2025; never one to come."),
    )
    received_on = day_field(
        label=_("Day the cell received the decision"),
        help_text=_("The last day of the ceremony is counted from here."),
        required=False,
    )
    paper_number = forms.CharField(
        label=_("Number of the paper"),
        help_text=_("As on the paper; the paper itself stays where it is kept."),
        max_length=60,
        required=False,
    )
    helper = forms.TypedChoiceField(
        label=_("Member who helps"),
        help_text=_("Who holds a post in the cell on this day."),
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, page: ActPage, **options: Any) -> None:
        """Keep the fields the step asks for."""
        super().__init__(*args, **options)
        self._page = page
        self._choose("form", [(row.form, f"{row.form} · {row.title}") for row in page.papers])
        self._choose("helper", page.helpers and [("", "—"), *page.helpers])
        if page.step is not Step.DECIDED:
            del self.fields["received_on"]
        if page.vote != "none":
            for name, label in _COUNTS.items():
                self.fields[name] = self._count(name, label)

    def _choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        if choices and isinstance(field, forms.ChoiceField):
            field.choices = choices
        else:
            del self.fields[name]

    def _count(self, name: str, label: Any) -> forms.IntegerField:
        return forms.IntegerField(
            label=label,
            min_value=0,
            max_value=_MOST,
            required=self._page.vote == "required",
            widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        )

    def counts(self) -> list[forms.BoundField]:
        """Return the fields of the vote, in the order they are counted."""
        return [self[name] for name in _COUNTS if name in self.fields]

    def plain(self) -> list[forms.BoundField]:
        """Return the other fields."""
        return [field for field in self if field.name not in _COUNTS]

    def clean(self) -> dict[str, Any]:
        """Refuse a vote of which only some counts are given."""
        given = super().clean() or {}
        counts = [given.get(name) for name in _COUNTS if name in self.fields]
        known = [count for count in counts if count is not None]
        if known and len(known) < len(counts) and not self.errors:
            raise forms.ValidationError(_("Write all the counts of the vote, or none of them."))
        return given

    def new_act(self) -> NewAct:
        """Return the act that was typed; the form is valid."""
        given = self.cleaned_data
        counts = [given.get(name) for name in _COUNTS]
        known = [count for count in counts if count is not None]
        return NewAct(
            step=self._page.step,
            on=given["on"],
            form=given.get("form") or None,
            paper_number=given["paper_number"],
            tally=Tally(*known) if len(known) == len(counts) else None,
            received_on=given.get("received_on"),
            helper_id=given.get("helper"),
        )


class Void(_Seen):
    """Why an act is declared invalid."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Kept for good beside the entry; write nothing about the pupil's person."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def filters(typed: Mapping[str, str]) -> Filters:
    """Return what narrows the list, out of the address of the page."""
    return Filters(
        q=typed.get("q", "")[:100],
        step=typed.get("buoc", ""),
        class_name=typed.get("lop", "")[:20],
        state=typed.get("tinh-trang", ""),
    )


def tally(typed: Mapping[str, str]) -> Tally:
    """
    Return a vote that is still being typed.

    What is blank or no number counts as nought; until the counts of those convened and present are
    typed, all members are taken to have been.
    """
    counts = {name: _number(typed.get(name, "")) for name in _COUNTS}
    if not typed.get("convened"):
        counts["convened"] = max(counts["official"] - counts["excluded"], 0)
    if not typed.get("present"):
        counts["present"] = counts["convened"]
    return Tally(**counts)


def day(typed: str, fallback: date) -> date:
    """Return a day that is still being typed, or the day that stands for it."""
    field = day_field(required=False)
    try:
        return field.clean(typed) or fallback
    except forms.ValidationError:
        return fallback


def _number(typed: str) -> int:
    return min(int(typed), _MOST) if typed.isdecimal() and len(typed) <= 6 else 0
