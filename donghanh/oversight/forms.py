"""What people type in the room of oversight."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from donghanh.organisation.queries import UnitFacts


class Open(forms.Form):
    """What is to be opened, and why; what is missing is refused by the action, with its reason."""

    school_id = forms.TypedChoiceField(label=_("School"), coerce=int)
    dossier_id = forms.IntegerField(
        label=_("Number of the dossier"),
        help_text=_("Leave it blank to open all dossiers of the school."),
        min_value=1,
        required=False,
    )
    reason = forms.CharField(
        label=_("Why they must be read now"),
        help_text=_("The secretary of the cell reads it at once."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        required=False,
    )

    def __init__(self, *args: Any, schools: Iterable[UnitFacts], **options: Any) -> None:
        """Take the schools that can be chosen."""
        super().__init__(*args, **options)
        field = self.fields["school_id"]
        field.choices = [(unit.id, unit.name) for unit in schools]  # type: ignore[attr-defined]
