"""What people type in the room of practices: text in, typed values out."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from donghanh.domain.accompanying import MOST_DAYS
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.practising import MOST_CHALLENGES, MOST_RESULT, Challenge, Telling
from donghanh.lib.fields import day_field
from donghanh.practices.queries import PracticePage

#: How many school years back a result is stated for.
_YEARS = 6
#: How many blank challenges stand after those there are.
_BLANK = 1


def _text(rows: int, **options: Any) -> forms.CharField:
    """Return a field for a longer text; what is too long is refused by the rules, and kept."""
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), strip=True, **options)


class _Once(forms.Form):
    """Calls itself by a name of its own, so that what is sent twice is kept once."""

    once = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Begin with a name of its own."""
        options["initial"] = {"once": secrets.token_urlsafe(24)} | (options.get("initial") or {})
        super().__init__(*args, **options)


class Tell(_Once):
    """What a practice is told as."""

    title = forms.CharField(label=_("Title"), help_text=_("Short: what it is called with you."))
    aim = _text(3, label=_("Aim"))
    for_whom = forms.CharField(label=pgettext_lazy("practice", "For whom"))
    steps = _text(
        6,
        label=pgettext_lazy("practice", "Steps"),
        help_text=_("One on each line, in their order."),
    )
    roles = _text(3, label=pgettext_lazy("practice", "Who does what"), required=False)
    cost = forms.CharField(label=pgettext_lazy("practice", "Cost"), required=False)
    watch_for = _text(3, label=pgettext_lazy("practice", "What to watch for"), required=False)


class Adopt(Tell):
    """The same, taken over: with what became another, and since when."""

    changes = _text(
        4,
        label=_("What you changed for your people"),
        help_text=_("A few sentences; they stand in the line beside those of the others."),
    )
    since = day_field(label=_("In use here since"), help_text="05/9/2026")


class Mend(Tell):
    """The same, mended: with the version that was looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class MendTaken(Mend):
    """The same, of one that was taken over."""

    changes = _text(4, label=_("What you changed for your people"))


class OneChallenge(forms.Form):
    """A challenge of a practice; one that is wholly blank is left out."""

    title = forms.CharField(label=_("Title"), required=False)
    aim = _text(2, label=_("Aim"), required=False)
    steps = _text(
        4,
        label=pgettext_lazy("challenge", "Steps"),
        help_text=_("One on each line, in their order."),
        required=False,
    )
    evidence = forms.CharField(label=_("What the pupil can tell afterwards"), required=False)
    days = forms.IntegerField(
        label=_("Time, in days"), min_value=1, max_value=MOST_DAYS, required=False
    )
    origin = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def clean(self) -> dict[str, Any]:
        """Refuse one that is begun and not finished."""
        told = super().clean() or {}
        asked = ("title", "aim", "steps", "evidence", "days")
        if any(told.get(name) for name in asked):
            for name in asked:
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, gettext("A challenge needs this; or leave all blank."))
        return told


class BaseChallenges(forms.BaseFormSet):  # type: ignore[type-arg]  # generic for mypy alone
    """The challenges of a practice."""

    @property
    def told(self) -> tuple[Challenge, ...]:
        """Return those that are not blank."""
        return tuple(
            Challenge(
                title=one["title"],
                aim=one["aim"],
                steps=tuple(one["steps"].splitlines()),
                evidence=one["evidence"],
                days=one["days"],
                origin=one.get("origin", ""),
            )
            for one in (form.cleaned_data for form in self.forms)
            if one.get("title")
        )


_Challenges = forms.formset_factory(
    OneChallenge,
    formset=BaseChallenges,
    extra=_BLANK,
    max_num=MOST_CHALLENGES,
    absolute_max=MOST_CHALLENGES + _BLANK,
)


def challenges(data: Any, start: Sequence[dict[str, Any]]) -> BaseChallenges:
    """Return the challenges of a form: those there are, then a blank one."""
    return cast("BaseChallenges", _Challenges(data, initial=start, prefix="thu-thach"))


def telling(form: Tell, challenges: tuple[Challenge, ...]) -> Telling:
    """Return what is told by a valid form, with its challenges."""
    told = form.cleaned_data
    return Telling(
        title=told["title"],
        aim=told["aim"],
        for_whom=told["for_whom"],
        steps=tuple(told["steps"].splitlines()),
        challenges=challenges,
        roles=told["roles"],
        cost=told["cost"],
        watch_for=told["watch_for"],
    )


def begin(told: Telling) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return what a form and its challenges begin with."""
    start = {
        "title": told.title,
        "aim": told.aim,
        "for_whom": told.for_whom,
        "steps": "\n".join(told.steps),
        "roles": told.roles,
        "cost": told.cost,
        "watch_for": told.watch_for,
    }
    challenges = [
        {
            "title": one.title,
            "aim": one.aim,
            "steps": "\n".join(one.steps),
            "evidence": one.evidence,
            "days": one.days,
            "origin": one.origin,
        }
        for one in told.challenges
    ]
    return start, challenges


class _Seen(forms.Form):
    """Knows the version that was looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, page: PracticePage, *args: Any, **options: Any) -> None:
        """Begin with the version shown."""
        options["initial"] = {"seen": page.version} | (options.get("initial") or {})
        super().__init__(*args, **options)


class LookAt(_Seen):
    """What comes of looking at a practice."""

    remark = _text(
        4,
        label=pgettext_lazy("practice", "Remark"),
        help_text=_("Needed when it goes back: say what should be mended."),
        required=False,
    )


class Recognise(_Seen):
    """The decision by which a practice is recognised."""

    paper_number = forms.CharField(
        label=_("Number of the decision"),
        help_text=_("As it stands on the paper, with the letters of the office."),
        max_length=80,
    )
    paper_date = day_field(label=_("Day of the decision"), help_text="10/6/2027")


class Withdraw(_Seen):
    """Why and since when a practice is no longer in use."""

    reason = _text(2, label=_("Reason"))
    ended = day_field(label=_("No longer in use since"), help_text="10/6/2027")


class State(forms.Form):
    """A result of a practice in a school year."""

    school_year = forms.ChoiceField(label=_("School year"))
    label = forms.CharField(
        label=pgettext_lazy("practice", "What was counted"),
        help_text=_("Results called alike in the line stand beside each other."),
        widget=forms.TextInput(attrs={"list": "ket-qua-da-co", "autocomplete": "off"}),
    )
    number = forms.IntegerField(
        label=pgettext_lazy("practice", "How many"),
        min_value=0,
        max_value=MOST_RESULT,
        error_messages={
            "invalid": _("Write a whole number, such as 12."),
            "min_value": _("A result is never below 0."),
            "max_value": _("No unit reaches that. Check the number."),
        },
    )
    measure = forms.CharField(
        label=pgettext_lazy("practice", "Of what"),
        help_text=_("For example: sessions."),
        max_length=40,
    )
    persons = forms.BooleanField(
        label=_("It counts pupils: a small number is hidden from other units"), required=False
    )

    def __init__(self, *args: Any, today: date, labels: Sequence[str], **options: Any) -> None:
        """Take the day, and what results of the line are called."""
        super().__init__(*args, **options)
        self.labels = labels
        year = SchoolYear.of(today)
        years = []
        for _back in range(_YEARS):
            years.append(year.key)
            year = SchoolYear.of(year.since - timedelta(days=1))
        chosen = cast("forms.ChoiceField", self.fields["school_year"])
        chosen.choices = [(key, key) for key in years]
