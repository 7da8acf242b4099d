"""What people type in the room of activities: text in, typed values out."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donghanh.activities import texts
from donghanh.activities.actions import Plan
from donghanh.activities.queries import Filters
from donghanh.domain import activities
from donghanh.domain.activities import Hours, Seen
from donghanh.lib.fields import picture_field

#: As people write a day and an hour here, and as a browser's own field sends them.
DAYS = ["%d/%m/%Y", "%Y-%m-%d"]
HOURS = ["%H:%M", "%H:%M:%S", "%Hh%M", "%Hg%M", "%H.%M", "%Hh", "%Hg"]
_A_NUMBER = _("Write a whole number, in digits.")


def _hour(**options: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"})
    wrong = {"invalid": _("Write an hour as 07:30.")}
    return forms.TimeField(input_formats=HOURS, widget=widget, error_messages=wrong, **options)


def _many(**options: Any) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    wrong = {"invalid": _A_NUMBER}
    return forms.IntegerField(widget=widget, error_messages=wrong, required=False, **options)


class Plans(forms.Form):
    """An activity as it is planned, or as it was held."""

    once = forms.CharField(widget=forms.HiddenInput, max_length=64)
    kind = forms.ChoiceField(
        label=_("Kind of activity"), error_messages={"required": _("Choose a kind.")}
    )
    title = forms.CharField(label=_("Name of the activity"))
    on = forms.DateField(
        label=_("Day"),
        help_text=_("For example 15/01/2027."),
        input_formats=DAYS,
        widget=forms.DateInput(
            format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}
        ),
    )
    begins = _hour(label=_("Begins at"), help_text=_("For example 07:30."))
    ends = _hour(label=_("Ends at"))
    place = forms.CharField(label=_("Place"))
    audience = forms.CharField(
        label=pgettext_lazy("activity", "For whom"),
        help_text=_("Classes or groups, not names: “Pupils of grade 11”."),
    )
    plan = forms.CharField(
        label=_("Plan"),
        help_text=_("What is done, who does what. No pupil's name."),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )
    school_id = forms.TypedChoiceField(
        label=_("School"), coerce=int, empty_value=None, required=False
    )
    stated = _many(
        label=_("Number taking part"),
        help_text=_("Only for an activity that has been held; each pupil once."),
    )

    def __init__(
        self, *args: Any, schools: Sequence[tuple[int, str]], today: date, **options: Any
    ) -> None:
        """Take the schools the post reaches; one is not asked for."""
        options["initial"] = {"once": secrets.token_urlsafe(24)} | (options.get("initial") or {})
        super().__init__(*args, **options)
        open_ = [one for one in activities.kinds().values() if not one.until or one.until > today]
        self._offer("kind", [("", _("Choose")), *((one.code, one.title_vi) for one in open_)])
        if len(schools) < 2:
            del self.fields["school_id"]
        else:
            self._offer("school_id", [("", _("Choose")), *schools])

    def _offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def planned(self) -> Plan:
        """Return what was typed."""
        told = self.cleaned_data
        return Plan(
            kind=told["kind"],
            title=told["title"],
            hours=Hours(told["on"], told["begins"], told["ends"]),
            place=told["place"],
            audience=told["audience"],
            plan=told["plan"],
        )


class Changes(Plans):
    """The same for an activity that is still to come: whose it is stays, and nobody took part."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Leave out what is not changed."""
        super().__init__(*args, schools=(), **options)
        del self.fields["stated"]


class Number(forms.Form):
    """How many took part."""

    stated = _many(label=_("Number taking part"))


class CallOff(forms.Form):
    """Why an activity is called off."""

    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), strip=True
    )


class LookBack(forms.Form):
    """What went well at an activity, and what the next time needs."""

    went_well = forms.CharField(
        label=_("What went well"), widget=forms.Textarea(attrs={"rows": 5}), required=False
    )
    next_time = forms.CharField(
        label=_("What the next time needs"),
        help_text=_("Who prepares what, by when, what to leave out. No pupil's name."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    before = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def clean_before(self) -> datetime | None:
        """Return the instant the page said; what is none was not said by a page."""
        told = self.cleaned_data["before"]
        try:
            return datetime.fromisoformat(told) if told else None
        except ValueError as error:
            raise forms.ValidationError(_("Open the page again, then write.")) from error


class AddPhoto(forms.Form):
    """A photo of an activity. The file itself is judged by the action."""

    file = picture_field(
        label=pgettext_lazy("activity", "Photo"),
        error_messages={"required": pgettext_lazy("activity", "Choose the photo.")},
    )
    alt = forms.CharField(
        label=pgettext_lazy("activity", "What the photo shows"),
        help_text=_(
            "One sentence for who cannot see it, such as: “Pupils plant trees beside the school "
            "yard.” No pupil's name."
        ),
        error_messages={
            "required": _(
                "Write in a few words what the photo shows: who cannot see it is read this "
                "sentence. Nothing was kept."
            )
        },
    )
    seen = forms.TypedChoiceField(
        label=_("Who can be recognised on it"),
        help_text=_(
            "Where somebody can be recognised who did not agree, blur the face or choose another "
            "photo."
        ),
        choices=texts.seen_choices,
        coerce=Seen,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say who can be recognised on the photo.")},
    )


class OwnCode(forms.Form):
    """The pupil's own code."""

    code = forms.SlugField(
        label=_("Your code"),
        help_text=_("The ten signs on your slip."),
        max_length=26,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"invalid": _("A code has letters and digits alone. Type it again.")},
    )

    def clean_code(self) -> str:
        """Return it as slips have it."""
        return str(self.cleaned_data["code"]).upper()


class Reflection(forms.Form):
    """What an activity meant, in the pupil's own words."""

    reflection = forms.CharField(
        label=_("In your own words"),
        help_text=_("Only if you like: what you did, what stays with you."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )


def filters(told: QueryDict) -> Filters:
    """Return what narrows the list; what nobody can have chosen narrows nothing."""
    kind = told.get("loai", "")
    return Filters(
        kind=kind if kind in activities.kinds() else "",
        year=told.get("nam-hoc", "")[:9],
        words=told.get("q", "")[:100],
    )
