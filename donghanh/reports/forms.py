"""What people type into the pages of the room; text in, typed values out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from donghanh.lib import days
from donghanh.lib.fields import DAYS
from donghanh.reports import texts


def _revision() -> forms.IntegerField:
    return forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class Words(forms.Form):
    """The five parts of a report."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make one field per part, in the order of a report."""
        super().__init__(*args, **kwargs)
        for key, label in texts.PARTS.items():
            self.fields[key] = forms.CharField(
                label=str(label),
                help_text=str(texts.HINTS[key]),
                max_length=texts.LONGEST_PART,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    @property
    def words(self) -> dict[str, str]:
        """Return the text of each part by its key; call it on a form that is valid."""
        said = {key: str(self.cleaned_data.get(key, "")) for key in texts.PARTS}
        return {key: "\n".join(text.splitlines()) for key, text in said.items()}

    @property
    def parts(self) -> list[forms.BoundField]:
        """Return the fields of the parts, in order."""
        return [self[key] for key in texts.PARTS]


class Writing(Words):
    """A report that is being written: its cut-off day and its parts."""

    seen = _revision()
    cutoff = forms.DateField(
        label=_("Figures up to and including"),
        help_text=_("For example 31/5/2024."),
        input_formats=DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 12}),
    )

    @classmethod
    def of(cls, seen: int, cutoff: date, parts: Mapping[str, str]) -> Writing:
        """Return the form as a report stands."""
        return cls(initial={"seen": seen, "cutoff": days.day(cutoff), **parts})

    def seeing(self, revision: int) -> Writing:
        """Return the same words over a newer state of the report, ready to be sent again."""
        data = {**dict(self.data.items()), "seen": str(revision)}
        again = type(self)(data)
        again.full_clean()
        return again


class Sending(forms.Form):
    """The last yes before a report freezes."""

    seen = _revision()
    figures = forms.CharField(max_length=64, widget=forms.HiddenInput)


class Accepting(forms.Form):
    """The department's yes to a report as it was seen."""

    seen = _revision()


class Returning(forms.Form):
    """The department's comment on a report that has to be corrected."""

    seen = _revision()
    comment = forms.CharField(
        label=_("What has to be corrected"),
        help_text=_("The school reads this above its report."),
        required=False,
        max_length=texts.LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class Consolidating(Words):
    """The words of a consolidated report."""

    seen = _revision()
