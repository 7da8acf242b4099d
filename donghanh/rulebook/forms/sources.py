"""The part of a form that says where a rule was read."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import Confidence
from donghanh.lib.fields import day_field
from donghanh.rulebook import texts
from donghanh.rulebook.queries import Source

_NEW = ""


class Sourced(forms.Form):
    """A form whose last part says where a rule was read."""

    document = forms.ChoiceField(
        label=_("Document"),
        help_text=_("One the rulebook knows, or a new one, described below."),
        required=False,
    )
    issuer = forms.CharField(
        label=_("Issuer"), help_text=_("Of a new document."), required=False, max_length=150
    )
    number = forms.CharField(
        label=_("Number and sign"),
        help_text=_("As written, for example 99-HD/BTCTW."),
        required=False,
        max_length=60,
    )
    signed_on = day_field(
        label=_("Signed on"), help_text=_("For example 02/9/2026."), required=False
    )
    document_title = forms.CharField(
        label=_("Title of the document"), required=False, max_length=300
    )
    article = forms.CharField(
        label=_("Place in the document"),
        help_text=_("For example 4.3.1 or Article 5; blank where the whole document is meant."),
        required=False,
        max_length=60,
    )
    confidence = forms.ChoiceField(
        label=_("How the value was found"),
        help_text=_("Only what was read in the document's own text counts as settled."),
    )

    def __init__(self, *args: Any, book: Rulebook, **options: Any) -> None:
        """Take the rulebook whose documents can be chosen."""
        super().__init__(*args, **options)
        known = sorted(
            book.contents.documents.items(), key=lambda one: one[1].signed_on, reverse=True
        )
        named = [(key, f"{one.number} · {one.issuer} · {one.title_vi}") for key, one in known]
        cast("forms.ChoiceField", self.fields["document"]).choices = [
            (_NEW, _("A new document")),
            *named,
        ]
        cast("forms.ChoiceField", self.fields["confidence"]).choices = [
            (one.value, texts.CONFIDENCES[one])
            for one in (Confidence.V, Confidence.S, Confidence.Q, Confidence.K, Confidence.N)
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the whole of a new document."""
        found = super().clean() or {}
        if not found.get("document"):
            for name in ("issuer", "number", "signed_on", "document_title"):
                if not found.get(name) and name not in self.errors:
                    self.add_error(name, _("A new document needs this."))
        return found

    def source(self) -> Source:
        """Return where the rule was read."""
        told = self.cleaned_data
        return Source(
            known=told["document"],
            issuer=tidy(told["issuer"]),
            number=tidy(told["number"]),
            signed_on=told["signed_on"],
            title=tidy(told["document_title"]),
            article=tidy(told.get("article", "")),
            confidence=Confidence(told["confidence"]),
        )


def tidy(text: str) -> str:
    return " ".join(text.split())
