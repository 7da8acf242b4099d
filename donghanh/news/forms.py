"""What people type in the room of news: text in, typed values out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donghanh.domain.publishing import Seen
from donghanh.lib import clock, fields
from donghanh.lib.fields import day_field, picture_field
from donghanh.news import queries, texts
from donghanh.news.queries import Typed

_MOST = 2_000_000


class Write(forms.Form):
    """An article as somebody writes it, with a script or without."""

    section = forms.ChoiceField(label=_("Section"), choices=texts.sections)
    title = forms.CharField(
        label=pgettext_lazy("article", "Title"),
        max_length=200,
        help_text=_("No pupil is named in a title or a summary."),
    )
    summary = forms.CharField(
        label=_("Summary"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences, shown in lists."),
    )
    body = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=_MOST,
        widget=forms.Textarea(attrs={"rows": 18, "data-editor-text": ""}),
        help_text=_(
            "A blank line ends a paragraph. ## begins a heading, - an item, > a quotation; "
            "**words** are strong, [words](address) is a link."
        ),
    )
    form = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-editor-form": ""}))
    author_name = forms.CharField(label=_("Author, as printed"), max_length=100, required=False)
    source = forms.CharField(
        label=_("Source"),
        max_length=200,
        required=False,
        help_text=_("Where it comes from, if it is not your own."),
    )
    lead = forms.TypedChoiceField(
        label=_("Picture before the text"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Lists, and links shared elsewhere, show it too."),
    )
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, pictures: Iterable[queries.PictureLine] = (), **options: Any
    ) -> None:
        """Offer the pictures of the article that are still there."""
        super().__init__(*args, **options)
        there = [(one.number, one.label) for one in pictures if one.shown is not None]
        field = cast(forms.TypedChoiceField, self.fields["lead"])
        field.choices = [("", _("None")), *there]

    def typed(self) -> Typed:
        """Return what was typed, the text clean; the form is valid."""
        given = self.cleaned_data
        return Typed(
            section=given["section"],
            title=given["title"],
            summary=given["summary"],
            body=queries.clean(given),
            author_name=given["author_name"],
            source=given["source"],
            lead=given["lead"],
        )

    def seen_number(self) -> int:
        """Return which version the writing began from; none: the first."""
        return int(self.cleaned_data.get("seen") or 0)


class Correct(Write):
    """A published article put right, with what is told of it."""

    note = forms.CharField(
        label=_("What was corrected"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody reads it below the article, with the day."),
    )


class Say(forms.Form):
    """A word why something is done."""

    word = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class Plan(forms.Form):
    """A day and an hour to publish at; blank: now."""

    day = day_field(label=_("Day"), required=False, help_text=_("Blank: publish now."))
    hour = forms.TimeField(
        label=_("Hour"),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%Hh%M", "%Hh", "%H"],
        widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "07:00"}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse an hour without its day."""
        given = super().clean() or {}
        if given.get("hour") and not given.get("day"):
            self.add_error("day", _("Write the day of this hour, too."))
        return given

    def planned(self) -> datetime | None:
        """Return the instant that was chosen (aware), or ``None`` for now; the form is valid."""
        day, hour = self.cleaned_data.get("day"), self.cleaned_data.get("hour")
        if day is None:
            return None
        at = datetime.combine(day, hour or datetime.min.time(), tzinfo=clock.ZONE)
        return at.replace(hour=7) if hour is None else at


class Parents(forms.Form):
    """The day on which the parents agreed."""

    agreement = forms.IntegerField(widget=forms.HiddenInput)
    on = day_field(label=_("Day the parents agreed"))


class PictureWords(fields.PictureWords):
    """What an article says of a picture; what it shows names nobody."""

    shows = _("One sentence for who cannot see it. No pupil is named here.")


class AddPicture(PictureWords):
    """A picture for an article. The file itself is judged by the action."""

    field_order = ("file", "alt", "caption", "credit", "seen")
    file = picture_field(label=_("Picture"), error_messages={"required": _("Choose the picture.")})
    seen = forms.TypedChoiceField(
        label=_("Can a pupil be recognised on it?"),
        choices=texts.seen,
        coerce=Seen,
        widget=forms.RadioSelect,
        help_text=_(
            "By face, name tag or anything else. Whoever can be recognised has to agree to this "
            "publication first; somebody who cannot be asked here may not be recognisable."
        ),
        error_messages={"required": _("Say whether a pupil can be recognised on the picture.")},
    )
