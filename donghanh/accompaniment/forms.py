"""What people type in the room of accompaniment: text in, typed values out."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donghanh.accompaniment import texts
from donghanh.accompaniment.queries import Choice, ClubPage, OwnChallenge, Template
from donghanh.domain.accompanying import LONGEST_LINE, MOST_DAYS

#: As people write a day here, and as a browser's own field sends it.
DAYS = ["%d/%m/%Y", "%Y-%m-%d"]


def day_field(**options: Any) -> forms.DateField:
    """Return a field for a day, written as 10/6/2024."""
    widget = forms.DateInput(
        format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}
    )
    return forms.DateField(input_formats=DAYS, widget=widget, **options)


def text_field(rows: int = 6, **options: Any) -> forms.CharField:
    """Return a field for a longer text; what is too long is refused by the rules, and kept."""
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), strip=True, **options)


class _Once(forms.Form):
    """Calls itself by a name of its own, so that what is sent twice is kept once."""

    once = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Begin with a name of its own."""
        options["initial"] = {"once": secrets.token_urlsafe(24)} | (options.get("initial") or {})
        super().__init__(*args, **options)


class Give(_Once):
    """A challenge out of the library, for some pupils, until a day."""

    key = forms.ChoiceField(label=_("Challenge"), widget=forms.RadioSelect)
    dossier_ids = forms.MultipleChoiceField(
        label=_("For whom"),
        help_text=_("Each pupil accepts or does not; nobody has to say why."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one pupil."),
            "invalid_choice": texts.PUPILS_GONE,
        },
    )
    due = day_field(label=_("Last day"), help_text=_("For example 15/01/2027."))

    def __init__(
        self, *args: Any, library: Sequence[Template], pupils: Sequence[Choice], **options: Any
    ) -> None:
        """Take what can be given, and to whom."""
        super().__init__(*args, **options)
        named = [(str(one.dossier_id), f"{one.name} · {one.class_name}") for one in pupils]
        self._offer("key", [(one.key, one.title) for one in library])
        self._offer("dossier_ids", named)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def clean_dossier_ids(self) -> list[int]:
        """Return the numbers chosen."""
        return [int(one) for one in self.cleaned_data["dossier_ids"]]


class Model(_Once):
    """A challenge as the school keeps it."""

    title = forms.CharField(label=_("Title"), max_length=150)
    aim = text_field(3, label=_("Aim"), help_text=_("Deeds and service: what it is good for."))
    steps = text_field(
        5,
        label=pgettext_lazy("challenge", "Steps"),
        help_text=_("One on each line, in their order."),
    )
    evidence = forms.CharField(
        label=_("What the pupil can tell afterwards"),
        help_text=_("A line and a day; nothing is uploaded."),
        max_length=LONGEST_LINE,
    )
    days = forms.IntegerField(
        label=_("Time, in days"), min_value=1, max_value=MOST_DAYS, initial=60
    )
    origin = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)


class Answer(forms.Form):
    """What is answered to a challenge that was done."""

    text = text_field(
        label=_("Your answer"), help_text=_("In words, to the pupil. There is no score.")
    )


class Note(_Once):
    """A note of the road, or a periodic comment."""

    text = text_field(
        label=_("What you write"),
        help_text=_(
            "The pupil reads it, and it is never changed afterwards. Nothing about religion, "
            "family or health."
        ),
    )
    on = day_field(label=_("Day"), help_text=_("The day it is about."))


class Found(_Once):
    """A club of pupils."""

    kind = forms.ChoiceField(label=_("Kind"), choices=texts.club_kinds)
    name = forms.CharField(label=_("Name of the club"), max_length=150)
    purpose = forms.CharField(label=_("What it is for"), max_length=LONGEST_LINE)
    founded = day_field(label=_("Day of the decision"))
    paper_number = forms.CharField(label=_("Number of the decision"), max_length=60, required=False)
    leader_id = forms.TypedChoiceField(
        label=_("Leader"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, leaders: Sequence[tuple[int, str]], **options: Any) -> None:
        """Take who can lead it."""
        super().__init__(*args, **options)
        nobody = ("", _("Nobody yet"))
        cast("forms.ChoiceField", self.fields["leader_id"]).choices = [nobody, *leaders]


class InviteMembers(forms.Form):
    """Who is invited to a club."""

    person_ids = forms.MultipleChoiceField(
        label=_("Invite"),
        help_text=_("Each joins by own word on the own page, or does not answer."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one pupil."),
            "invalid_choice": texts.PUPILS_GONE,
        },
    )

    def __init__(self, *args: Any, page: ClubPage, **options: Any) -> None:
        """Take who can be invited."""
        super().__init__(*args, **options)
        named = [(str(one.person_id), f"{one.name} · {one.class_name}") for one in page.others]
        cast("forms.ChoiceField", self.fields["person_ids"]).choices = named

    def chosen(self) -> list[int]:
        """Return the numbers chosen."""
        return [int(one) for one in self.cleaned_data["person_ids"]]


class KeepMeeting(forms.Form):
    """A meeting of a club, and who came."""

    on = day_field(label=_("Day of the meeting"))
    topic = forms.CharField(label=_("Topic"), max_length=200)
    came = forms.MultipleChoiceField(
        label=_("Who came"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": texts.NOT_A_MEMBER},
    )

    def __init__(self, *args: Any, page: ClubPage, **options: Any) -> None:
        """Take the members."""
        super().__init__(*args, **options)
        going = [one for one in page.members if not one.rests]
        named = [(str(one.id), f"{one.name} · {one.class_name}") for one in going]
        cast("forms.ChoiceField", self.fields["came"]).choices = named

    def clean_came(self) -> list[int]:
        """Return the memberships ticked."""
        return [int(one) for one in self.cleaned_data["came"]]


class Tell(_Once):
    """One line of what was done on a day."""

    step = forms.TypedChoiceField(
        label=_("Which step"), coerce=int, empty_value=None, required=False
    )
    text = forms.CharField(label=_("What I did"), max_length=LONGEST_LINE)
    on = day_field(label=_("On which day"))

    def __init__(self, *args: Any, challenge: OwnChallenge, **options: Any) -> None:
        """Take the challenge it is told of."""
        super().__init__(*args, **options)
        none = ("", _("The whole challenge"))
        steps = [(str(one.number), f"{one.number}. {one.text}") for one in challenge.steps]
        cast("forms.ChoiceField", self.fields["step"]).choices = [none, *steps]


class Finish(forms.Form):
    """What a challenge meant, in the pupil's own words."""

    reflection = text_field(
        label=_("What it meant to me"),
        help_text=_("In your own words: what went well, what was hard, what you would do next."),
    )


class AnswerNote(_Once):
    """What a pupil answers to a note."""

    text = text_field(4, label=_("My answer"))


def today_of(challenge_days: int, today: date) -> date:
    """Return the last day of a challenge that begins today."""
    return date.fromordinal(today.toordinal() + challenge_days)
