"""What people type in the room of the forecast: text in, typed values out."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from donghanh.forecast.queries import Filters
from donghanh.lib.fields import day_field


class Leaving(forms.Form):
    """The day on which the graduation decision is expected to take effect."""

    on = day_field(
        label=_("Expected day of the graduation decision"),
        help_text=_(
            "From this day on the school neither considers nor admits; for example 15/7/2027. It "
            "is your expectation and can be changed; the decision itself goes into each dossier."
        ),
    )


def filters(typed: Mapping[str, str]) -> Filters:
    """Return what narrows the list, from an address."""
    return Filters(
        q=typed.get("q", "")[:150],
        class_name=typed.get("lop", "")[:20],
        state=typed.get("kha-nang", "")[:20],
    )
