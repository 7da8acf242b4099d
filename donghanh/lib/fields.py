"""Fields of forms: text in, typed values out."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

#: As people write a day here, and as a browser's own field sends it.
DAYS = ["%d/%m/%Y", "%Y-%m-%d"]


def day_field(**options: Any) -> forms.DateField:
    """Return a field for a day, written as 10/6/2024."""
    widget = forms.DateInput(
        format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}
    )
    return forms.DateField(input_formats=DAYS, widget=widget, **options)


def picture_field(**options: Any) -> forms.FileField:
    """Return a field for a photograph. The file itself is judged by the action that keeps it."""
    return forms.FileField(
        help_text=_(
            "JPEG, PNG or WebP, up to 20 MB. The place where it was taken and all else a camera "
            "adds is taken out before it is kept."
        ),
        allow_empty_file=True,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        **options,
    )


class PictureWords(forms.Form):
    """What is said of a picture; ``shows`` tells how to say what it shows."""

    shows: ClassVar[Any]

    alt = forms.CharField(
        label=_("What the picture shows"),
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

    def __init__(self, *args: Any, **options: Any) -> None:
        """Say what this room asks for."""
        super().__init__(*args, **options)
        self.fields["alt"].help_text = self.shows
