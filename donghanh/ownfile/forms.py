"""What people type in the room of the own file: text in, typed values out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from donghanh.domain.requests import Datum, Kind, Outcome
from donghanh.ownfile import texts

_KNOWN = [("yes", texts.YES), ("no", texts.NO), ("", _("I would rather not say"))]
_WRITTEN = {True: "yes", False: "no", None: ""}


class Ask(forms.Form):
    """What is asked with one tap."""

    kind = forms.ChoiceField(
        choices=[(one.value, one.value) for one in (Kind.ACCESS, Kind.RESTRICT)]
    )

    def asked(self) -> Kind:
        """Return the kind."""
        return Kind(self.cleaned_data["kind"])


class TakeBack(forms.Form):
    """Which request is taken back."""

    request = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class Correction(forms.Form):
    """The facts a pupil may have put right, as they stand; what is changed is asked for."""

    full_name = forms.CharField(label=_("Full name"), max_length=150)
    birth_date = forms.DateField(
        label=_("Day of birth"),
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(
            format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}
        ),
    )
    class_name = forms.CharField(label=_("Class"), max_length=20)
    union_member = forms.ChoiceField(
        label=_("Member of the Youth Union"),
        choices=_KNOWN,
        required=False,
        widget=forms.RadioSelect,
    )
    lower_secondary = forms.ChoiceField(
        label=_("Lower secondary diploma"),
        choices=_KNOWN,
        required=False,
        widget=forms.RadioSelect,
    )

    def values(self) -> dict[Datum, str]:
        """Return each fact as the room reads it."""
        typed = self.cleaned_data
        return {
            datum: typed[datum.value].isoformat() if datum is Datum.BORN else typed[datum.value]
            for datum in Datum
        }


def standing(values: dict[str, Any]) -> dict[str, Any]:
    """Return what stands in a record as the form begins with it."""
    return {
        name: _WRITTEN[value] if value is None or isinstance(value, bool) else value
        for name, value in values.items()
    }


class Answer(forms.Form):
    """How a request is answered, and what the pupil is told."""

    outcome = forms.ChoiceField(
        label=_("Answer"),
        choices=[(Outcome.DONE.value, _("Done")), (Outcome.DECLINED.value, _("Cannot be done"))],
        widget=forms.RadioSelect,
    )
    sentence = forms.CharField(
        label=_("What the pupil is told"),
        help_text=_("Needed where it cannot be done: why, in one sentence."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def answer(self) -> dict[str, Any]:
        """Return the answer as the action takes it."""
        return {
            "outcome": Outcome(self.cleaned_data["outcome"]),
            "sentence": self.cleaned_data["sentence"],
        }
