"""What people type in the room of meetings: text in, typed values out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from donghanh.domain.procedure import Step
from donghanh.domain.sitting import Body
from donghanh.meetings import texts
from donghanh.meetings.actions import NewMeeting

#: As people write a day here, and as a browser's own field sends it.
_DAYS = ["%d/%m/%Y", "%Y-%m-%d"]
_EARLIEST = date(2011, 1, 1)


class Plan(forms.Form):
    """A meeting to be held, or held already and written down now."""

    body = forms.ChoiceField(label=_("Which body meets"))
    class_name = forms.ChoiceField(
        label=_("Class of the chapter"), required=False, help_text=_("Of a class chapter only.")
    )
    on = forms.DateField(
        label=_("Day of the meeting"),
        input_formats=_DAYS,
        widget=forms.DateInput(
            format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}
        ),
        help_text=_("For example 24/11/2025."),
    )
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    chair = forms.CharField(
        label=_("Who chairs"), max_length=120, help_text=_("Signs the minutes.")
    )
    taker = forms.CharField(
        label=_("Who takes the minutes"), max_length=120, help_text=_("Signs the minutes.")
    )
    review = forms.BooleanField(
        label=_("This is the monthly meeting of the cell, with its review"), required=False
    )

    def __init__(
        self, *args: Any, bodies: Sequence[Body], classes: Sequence[str], **options: Any
    ) -> None:
        """Keep the fields that the bodies of the actor ask for."""
        super().__init__(*args, **options)
        chosen = self.fields["body"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - as written above
        chosen.choices = [(body.value, texts.BODIES[body]) for body in bodies]
        if len(bodies) == 1:
            chosen.widget = forms.HiddenInput()
            chosen.initial = bodies[0].value
        if Body.CLASS_CHAPTER in bodies:
            named = self.fields["class_name"]
            assert isinstance(named, forms.ChoiceField)  # noqa: S101 - as written above
            named.choices = [("", "—"), *((one, one) for one in classes)]
        else:
            del self.fields["class_name"]
        if Body.CELL not in bodies:
            del self.fields["review"]

    def clean_on(self) -> date:
        """Refuse a day no meeting of this field can have been on."""
        on: date = self.cleaned_data["on"]
        if on < _EARLIEST or on.year > 2100:
            raise forms.ValidationError(_("This day cannot be. Check the year."))
        return on

    def clean(self) -> dict[str, Any]:
        """Refuse a chapter's meeting without its class."""
        given = super().clean() or {}
        if given.get("body") == Body.CLASS_CHAPTER.value and not given.get("class_name"):
            self.add_error("class_name", _("Choose the class whose chapter meets."))
        return given

    def new(self) -> NewMeeting:
        """Return the meeting that was typed; the form is valid."""
        given = self.cleaned_data
        return NewMeeting(
            body=Body(given["body"]),
            on=given["on"],
            chair=given["chair"],
            taker=given["taker"],
            place=given["place"],
            class_name=given.get("class_name", ""),
            review=given.get("review", False),
        )


def chosen(typed: Mapping[str, str], numbers: Sequence[str]) -> tuple[Step, list[int]] | None:
    """Return what is to be decided and about whom, or ``None``: it was no choice of the page."""
    try:
        step = Step(typed.get("step", ""))
    except ValueError:
        return None
    good = [int(one) for one in numbers if one.isascii() and one.isdecimal() and len(one) < 19]
    return (step, good) if len(good) == len(numbers) else None


def day(typed: str, fallback: date) -> date:
    """Return a day out of the address of a page, or the day that stands for it."""
    try:
        found = forms.DateField(input_formats=_DAYS, required=False).clean(typed[:20])
    except forms.ValidationError:
        return fallback
    return found or fallback
