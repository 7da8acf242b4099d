"""What people type in the room of people: text in, typed values out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from donghanh.domain.consent import Purpose
from donghanh.lib.fields import day_field
from donghanh.people import texts


class Invite(forms.Form):
    """Whom a place is held open for."""

    invited_name = forms.CharField(
        label=_("The pupil's name"),
        help_text=_(
            "Only to hand the slip to the right pupil; forgotten when the invitation ends."
        ),
        max_length=150,
    )
    class_name = forms.CharField(
        label=_("Class"), help_text=_("As on the class list, for example 12A1."), max_length=20
    )
    expires = day_field(label=_("Good until"), help_text=_("The last day the code opens."))
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        """Take the present day: an invitation cannot end before it."""
        super().__init__(*args, **options)
        self._today = today

    def clean_expires(self) -> date:
        """Refuse a last day that has gone by."""
        last: date = self.cleaned_data["expires"]
        if last < self._today:
            raise forms.ValidationError(_("This day has gone by; choose a later one."))
        return last

    def clean_class_name(self) -> str:
        """Return a class as lists write it."""
        return " ".join(str(self.cleaned_data["class_name"]).upper().split())


class Renew(forms.Form):
    """Asks for a new code, once."""

    once = forms.CharField(widget=forms.HiddenInput, max_length=64)


class Code(forms.Form):
    """The code of an invitation."""

    code = forms.CharField(
        label=_("The code on your slip"),
        help_text=_("Ten letters and digits; capitals and blanks do not matter."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


_KNOWN = [("yes", _("Yes")), ("no", _("No")), ("", _("I would rather not say"))]


def _known_field(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=_KNOWN,
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
        initial="",
        widget=forms.RadioSelect,
    )


class Join(forms.Form):
    """A pupil's own answer: each purpose by itself, nothing ticked before."""

    purposes = forms.MultipleChoiceField(
        label=_("What I agree to"),
        help_text=_("Read each one. Nothing is kept unless you tick all three and send."),
        choices=texts.road_purposes,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    full_name = forms.CharField(
        label=_("My name"), help_text=_("As on your birth certificate."), max_length=150
    )
    birth_date = day_field(label=_("My day of birth"), help_text=_("For example 02/9/2007."))
    union_member = _known_field(_("I am a member of the Youth Union"))
    lower_secondary = _known_field(_("I hold the lower secondary diploma"))

    def agreed(self) -> list[Purpose]:
        """Return the purposes ticked."""
        return [Purpose(value) for value in self.cleaned_data["purposes"]]


class AgreeAgain(forms.Form):
    """Which sentence, in which wording, a pupil agrees to."""

    purpose = forms.ChoiceField(choices=texts.purposes)
    wording = forms.CharField(max_length=16)


class Address(forms.Form):
    """An own address, and the agreement to keep it, which nobody ticks beforehand."""

    agreed = forms.BooleanField(label=texts.KEEP_ADDRESS, required=False)
    address = forms.CharField(
        label=_("My e-mail address"),
        help_text=_("One that you alone open. A code is sent there first; nothing is kept before."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class Proof(forms.Form):
    """The code that came to an address, with what was sealed when it was asked for."""

    sealed = forms.CharField(widget=forms.HiddenInput, max_length=2000)
    code = forms.CharField(
        label=_("The code in the mail"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )


class WayIn(forms.Form):
    """The address a pupil kept before."""

    address = forms.CharField(
        label=_("My e-mail address"),
        help_text=_("The one you kept on your own page."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ComeIn(forms.Form):
    """The code that came by mail."""

    code = forms.CharField(
        label=_("The code in the mail"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )
