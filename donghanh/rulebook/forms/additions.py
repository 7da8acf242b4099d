"""What is added to the rules: a value, a regime, a calendar year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from donghanh.domain import provinces
from donghanh.domain.rules import Rulebook
from donghanh.domain.tables import RuleHead
from donghanh.domain.timeline import CENTRAL
from donghanh.domain.voting import Base, Exclusion
from donghanh.dossiers.texts import EXCLUSIONS
from donghanh.lib.fields import day_field
from donghanh.rulebook import texts
from donghanh.rulebook.forms.sources import Sourced, tidy
from donghanh.rulebook.queries import NewRegime, NewValue, NewYear

#: Of so many regimes, the latest, the documents can be chosen for a new one.
_LATE_REGIMES = 3
_DAY_OF_YEAR = re.compile(r"(\d{1,2})/(\d{1,2})")
_SHARE = re.compile(r"\s*(\d{1,3})\s*/\s*(\d{1,3})\s*")


class WhichRule(forms.Form):
    """The rule a value is added to."""

    rule = forms.ChoiceField(label=_("Rule"))

    def __init__(self, *args: Any, book: Rulebook, **options: Any) -> None:
        """Take the rulebook whose rules can be chosen, by matter."""
        super().__init__(*args, **options)
        heads = sorted(
            book.contents.heads.values(), key=lambda one: (texts.group_of(one.name), one.title_vi)
        )
        groups: dict[int, list[tuple[str, str]]] = {}
        for head in heads:
            groups.setdefault(texts.group_of(head.name), []).append((head.name, head.title_vi))
        cast("forms.ChoiceField", self.fields["rule"]).choices = [
            (str(texts.GROUPS[place][0]), rules) for place, rules in groups.items()
        ]


class Value(Sourced):
    """A value of one rule."""

    field_order = ("scope", "since", "value", "share", "strict", "base")

    scope = forms.ChoiceField(
        label=_("Applies in"), help_text=_("A province's own value stands beside the central one.")
    )
    since = day_field(
        label=_("In force from"),
        help_text=_("Earlier cases go on being judged by the value of their own day."),
    )

    def __init__(self, *args: Any, book: Rulebook, head: RuleHead, **options: Any) -> None:
        """Take the rule the value is of."""
        super().__init__(*args, book=book, **options)
        self._head = head
        scopes = {one.scope: one.name for one in provinces.every()}
        scopes |= {scope: texts.scope(scope) for scope in book.scopes() if scope not in scopes}
        cast("forms.ChoiceField", self.fields["scope"]).choices = [
            (CENTRAL, texts.scope(CENTRAL)),
            *((key, name) for key, name in scopes.items() if key != CENTRAL),
        ]
        self.fields |= _value_fields(head)
        self.order_fields(self.field_order)

    def clean_share(self) -> str:
        """Return a share as the rulebook writes it."""
        found = _SHARE.fullmatch(str(self.cleaned_data["share"]))
        if found is None or not 0 < int(found[1]) <= int(found[2]):
            raise forms.ValidationError(_("Write a share such as 2/3."))
        return f"{int(found[1])}/{int(found[2])}"

    def new(self) -> NewValue:
        """Return the value."""
        told = self.cleaned_data
        value = told.get("value")
        if self._head.unit == "threshold":
            value = {"share": told["share"], "strict": told["strict"], "base": told["base"]}
        elif self._head.unit == "flag":
            value = value == "yes"
        elif self._head.unit == "levels":
            value = [level.strip() for level in str(value).split(";") if level.strip()]
        return NewValue(
            rule=self._head.name,
            scope=told["scope"],
            since=told["since"],
            value=value,
            source=self.source(),
        )


def _value_fields(head: RuleHead) -> dict[str, forms.Field]:
    """Return the fields a value of a rule is typed into, by the rule's unit."""
    label = gettext("Value")
    if head.unit == "threshold":
        return {
            "share": forms.CharField(
                label=gettext("Share"), help_text=gettext("For example 2/3."), max_length=9
            ),
            "strict": forms.BooleanField(
                label=gettext("More than the share, not the share itself"), required=False
            ),
            "base": forms.ChoiceField(
                label=pgettext("vote", "Of whom"),
                choices=[(one.value, texts.BASES[one]) for one in Base],
            ),
        }
    if head.unit == "flag":
        told = [("yes", gettext("Yes")), ("no", gettext("No"))]
        return {"value": forms.ChoiceField(label=label, choices=told, widget=forms.RadioSelect)}
    if head.unit == "reasons":
        reasons = [(one.value, EXCLUSIONS[one]) for one in Exclusion]
        widget = forms.CheckboxSelectMultiple
        return {
            "value": forms.MultipleChoiceField(
                label=label, choices=reasons, required=False, widget=widget
            )
        }
    if head.unit == "levels":
        hint = gettext("From the highest down, with a semicolon between two.")
        return {"value": forms.CharField(label=label, help_text=hint, max_length=300)}
    return {"value": _choice_field(head, label)}


def _choice_field(head: RuleHead, label: str) -> forms.Field:
    if head.unit != "choice":
        unit = str(texts.UNITS.get(head.unit, ""))
        return forms.IntegerField(
            label=f"{label} ({unit})" if unit else label, min_value=1, max_value=head.most
        )
    if head.choices:
        told = [(one, texts.CHOICES.get(one, one)) for one in head.choices]
        return forms.ChoiceField(label=label, choices=told)
    return forms.CharField(label=label, max_length=100)


class Regime(Sourced):
    """A regime: regulation and guidance from a day on."""

    field_order = ("code", "title", "since")

    code = forms.RegexField(
        r"^[A-Z][A-Z0-9]{0,7}$",
        label=_("Short name"),
        help_text=_("Capitals and digits, for example R6; one that is there is corrected."),
        max_length=8,
    )
    title = forms.CharField(
        label=_("Title"), help_text=_("Of the regulation, with its number."), max_length=150
    )
    since = day_field(label=_("In force from"), help_text=_("First day the regulation applies."))
    others = forms.MultipleChoiceField(
        label=_("Guidance that goes with it"),
        help_text=_("Documents the rulebook knows; the regulation itself stands below."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, book: Rulebook, **options: Any) -> None:
        """Take the rulebook whose documents can be chosen."""
        super().__init__(*args, book=book, **options)
        del self.fields["article"]
        cited = {
            (cite.issuer, cite.number, cite.signed_on)
            for regime in book.regimes()[-_LATE_REGIMES:]
            for cite in regime.citations
        }
        shipped = book.at(0).contents.documents
        known = {
            key: one
            for key, one in book.contents.documents.items()
            if (one.issuer, one.number, one.signed_on) in cited or key not in shipped
        }
        cast("forms.MultipleChoiceField", self.fields["others"]).choices = [
            (key, f"{one.number} · {one.issuer}") for key, one in known.items()
        ]
        self.order_fields(self.field_order)

    def new(self) -> NewRegime:
        """Return the regime."""
        told = self.cleaned_data
        return NewRegime(
            code=told["code"],
            since=told["since"],
            title=tidy(told["title"]),
            source=self.source(),
            others=told["others"],
        )


class Year(Sourced):
    """The days off of a calendar year."""

    field_order = ("year", "off", "worked")

    year = forms.IntegerField(
        label=_("Year"), help_text=_("The next one, or one that is there, to correct it.")
    )
    off = forms.CharField(
        label=_("Days off from Monday to Friday"),
        help_text=_("Day and month, with commas: 01/01, 02/01, 30/4. Weekends need not be named."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    worked = forms.CharField(
        label=_("Weekend days worked in exchange"),
        help_text=_("Day and month, with commas; blank where there is none."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, book: Rulebook, **options: Any) -> None:
        """Take the rulebook whose calendar is prolonged."""
        super().__init__(*args, book=book, **options)
        years = [one.year for one in book.contents.years]
        self._known = range(years[0], years[-1] + 2)
        self.fields["year"].initial = self._known[-1]
        self.order_fields(self.field_order)

    def clean_year(self) -> int:
        """Refuse a year that leaves a gap."""
        year: int = self.cleaned_data["year"]
        if year not in self._known:
            raise forms.ValidationError(_("The calendar has no gaps: choose the next year."))
        return year

    def clean(self) -> dict[str, Any]:
        """Read the days of the year."""
        found = super().clean()
        year = found.get("year")
        for name, weekend in (("off", False), ("worked", True)):
            if year is not None and name in found:
                try:
                    found[name] = _days_of(str(found[name]), year, weekend=weekend)
                except ValueError as error:
                    self.add_error(name, _DAYS_WRONG[weekend] % {"day": error})
        return found

    def new(self) -> NewYear:
        """Return the year."""
        told = self.cleaned_data
        return NewYear(
            year=told["year"], off=told["off"], worked=told["worked"], source=self.source()
        )


_DAYS_WRONG = {
    False: _("“%(day)s” is no day from Monday to Friday of that year, written as 30/4."),
    True: _("“%(day)s” is no Saturday or Sunday of that year, written as 10/01."),
}
_SATURDAY = 5


def _days_of(text: str, year: int, *, weekend: bool) -> list[date]:
    """
    Return the days named in a text.

    Raises:
        ValueError: One is none, or stands on the wrong side of the week.
    """
    found = set()
    for word in _words(text):
        written = _DAY_OF_YEAR.fullmatch(word)
        if written is None:
            raise ValueError(word)
        try:
            day = date(year, int(written[2]), int(written[1]))
        except ValueError as error:
            raise ValueError(word) from error
        if (day.weekday() >= _SATURDAY) is not weekend:
            raise ValueError(word)
        found.add(day)
    return sorted(found)


def _words(text: str) -> Iterable[str]:
    return (word for word in re.split(r"[\s,;]+", text) if word)
