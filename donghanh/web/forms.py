"""The form on the living page of the design: one field of each kind; nothing is stored."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """Shows a field of each kind, empty or with errors."""

    title = forms.CharField(
        label=_("Title of the resolution"),
        help_text=_("As it stands on the paper, without the number."),
        max_length=200,
    )
    day = forms.DateField(
        label=_("Day of the meeting"),
        help_text=_("For example 24/11/2025."),
        input_formats=["%d/%m/%Y"],
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind of meeting"),
        choices=[("regular", _("Monthly meeting")), ("extra", _("Extraordinary meeting"))],
        widget=forms.RadioSelect,
    )
    school_class = forms.ChoiceField(
        label=_("Class"), choices=[("12a1", "12A1"), ("12a2", "12A2"), ("12a3", "12A3")]
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea, required=False)
    agree = forms.BooleanField(
        label=_("I have compared this with the paper"),
        help_text=_("The day and your name are kept with it."),
    )
