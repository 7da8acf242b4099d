"""What people type in the room of organisation: text in, typed values out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from donghanh.domain.signing import Form
from donghanh.lib.fields import day_field
from donghanh.organisation import texts
from donghanh.organisation.queries import SigningPage


class Delegation(forms.Form):
    """Who is to sign for the holder of the post."""

    user_id = forms.TypedChoiceField(
        label=_("Who signs"), help_text=_("Who holds a post in the same unit."), coerce=int
    )
    form = forms.TypedChoiceField(label=_("How"), coerce=Form, widget=forms.RadioSelect)
    since = day_field(label=_("From"), help_text=_("For example 01/12/2026."))
    last_day = day_field(
        label=_("Last day"), help_text=_("Blank: until you end it."), required=False
    )

    def __init__(self, *args: Any, page: SigningPage, **options: Any) -> None:
        """Offer those who may sign for this post, and the forms its papers know."""
        super().__init__(*args, **options)
        self.fields["user_id"].choices = page.others  # type: ignore[attr-defined]
        self.fields["form"].choices = [  # type: ignore[attr-defined]
            (form.value, texts.FORMS[form]) for form in page.forms
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        typed = super().clean() or {}
        since, last = typed.get("since"), typed.get("last_day")
        if isinstance(since, date) and isinstance(last, date) and last < since:
            self.add_error("last_day", _("The last day lies before the first. Type it again."))
        return typed

    @property
    def period(self) -> tuple[date, date | None]:
        """Return the days, half-open; call it on a form that is valid."""
        last = self.cleaned_data["last_day"]
        return self.cleaned_data["since"], None if last is None else last + timedelta(days=1)
