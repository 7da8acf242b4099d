"""What people type in the room of pictures: text in, typed values out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from donghanh.lib.fields import picture_field


class Words(forms.Form):
    """What is said of a picture."""

    alt = forms.CharField(
        label=_("What the picture shows"),
        help_text=_(
            "One sentence for who cannot see it, such as: “Pupils plant trees beside the school "
            "yard.” Names only of those who agreed to this publication."
        ),
        max_length=300,
        error_messages={
            "required": _(
                "Write in a few words what the picture shows: who cannot see it is read this "
                "sentence. Nothing was kept."
            )
        },
    )
    caption = forms.CharField(
        label=_("What stands below it"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    credit = forms.CharField(label=_("Who took it"), max_length=120, required=False)


class Add(Words):
    """A picture, and what is said of it. The file itself is judged by the action."""

    field_order = ("file", "alt", "caption", "credit")
    file = picture_field(label=_("Picture"), error_messages={"required": _("Choose the picture.")})

    def picture(self) -> dict[str, Any]:
        """Return what was sent; the form is valid."""
        return dict(self.cleaned_data)
