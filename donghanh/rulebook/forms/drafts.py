"""A text that changes the rules, and the reason of a withdrawal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from donghanh.amendments.actions import LARGEST, LONGEST_NOTE


class Draft(forms.Form):
    """A text that changes the rules: looked at first, then kept."""

    text = forms.CharField(
        label=_("Text (TOML)"),
        help_text=_("As the files of the rulebook; the guide explains every key."),
        required=False,
        strip=False,
        max_length=LARGEST,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "class": "code-text"}),
    )
    file = forms.FileField(
        label=_("Or a file"),
        help_text=_("A .toml file in UTF-8, at most 200 kB. What is there already is left out."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".toml,text/plain"}),
    )
    note = forms.CharField(
        label=_("Why the rules are changed"),
        help_text=_("For example the document and who asked; kept with the amendment for ever."),
        required=False,
        max_length=LONGEST_NOTE,
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    mark = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)

    def clean_text(self) -> str:
        """Return the text with the ends of lines as TOML files have them."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def clean_file(self) -> str:
        """Return what the file holds; an empty text without one."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is None:
            return ""
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 200 kB; divide it."))
        try:
            data: bytes = file.read()
            return data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(
                _("The file is not written in UTF-8; save it so and send it again.")
            ) from error

    def clean(self) -> dict[str, Any]:
        """Refuse nothing at all."""
        found = super().clean() or {}
        if not self.errors and not found["text"].strip() and not found["file"].strip():
            raise forms.ValidationError(_("Write a text, or choose a file."))
        return found


class Reason(forms.Form):
    """Why an amendment is withdrawn."""

    note = forms.CharField(
        label=_("Why it is withdrawn"),
        help_text=_("Kept with the withdrawal for ever."),
        max_length=LONGEST_NOTE,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
