"""What people type in the room of dossiers: text in, typed values out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from donghanh.domain.procedure import Step
from donghanh.domain.voting import Exclusion, Tally
from donghanh.dossiers import texts
from donghanh.dossiers.actions import NewAct
from donghanh.dossiers.queries import ActPage, Facts, FactsPage, Filters
from donghanh.lib.fields import day_field


class _Seen(forms.Form):
    """Carries how many acts the dossier had when the page was shown."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def look_again(self, seen: int) -> None:
        """Keep what was typed, over the dossier as it stands now."""
        typed = {name: self.data.get(name, "") for name in self.data}
        self.data = {**typed, "seen": str(seen)}


_COUNTS = {
    "official": _("Official members, or members in post"),
    "excluded": _("Left out by the rule"),
    "convened": _("Convened"),
    "present": _("Present"),
    "favour": _("In favour"),
    "against": _("Against"),
    "invalid": _("Invalid votes"),
}
#: How a field is called that says how many are left out for one reason.
_LEFT_OUT = "left_out_%s"
#: No body of this field has more members.
_MOST = 2000


class Source(forms.Form):
    """A pupil who agreed goes on the source list."""

    on = day_field(label=_("Day of the list"), help_text=_("For example 11/9/2023."))
    paper_number = forms.CharField(
        label=_("Number of the list"),
        help_text=_("As on the paper, where it has one."),
        max_length=60,
        required=False,
    )


class Record(_Seen):
    """One act of a dossier; what it does decides which fields there are."""

    form = forms.ChoiceField(label=_("Which paper"))
    about = forms.ChoiceField(label=_("Which last day is moved"))
    helper = forms.TypedChoiceField(
        label=_("Member who helps"),
        help_text=_("Who holds a post in the cell on this day."),
        coerce=int,
        empty_value=None,
        required=False,
    )
    on = day_field(
        label=_("Day it happened"),
        help_text=_("The day on the paper, for example 24/11/2025; never one to come."),
    )
    until = day_field(
        label=_("New last day"),
        help_text=_("As the committee allows it, for example 24/11/2025."),
    )
    received_on = day_field(
        label=_("Day the cell received the decision"),
        help_text=_("The last day of the ceremony is counted from here."),
        required=False,
    )
    paper_number = forms.CharField(
        label=_("Number of the paper"),
        help_text=_("As on the paper; the paper itself stays where it is kept."),
        max_length=60,
        required=False,
    )
    governed_by = forms.ChoiceField(
        label=_("By which regulation it is considered"),
        help_text=_(
            "The regulation changed while this dossier was open. As a rule the one in force on the "
            "day it happened governs; another is chosen with a reason."
        ),
        widget=forms.RadioSelect,
        required=False,
    )
    reason = forms.CharField(
        label=_("Why another regulation"),
        help_text=_("Kept beside the entry; write nothing about the pupil's person."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, page: ActPage, **options: Any) -> None:
        """Keep the fields that what is recorded asks for."""
        super().__init__(*args, **options)
        self._page = page
        papers = [
            (group.title, [(row.form, f"{row.form} · {row.title}") for row in group.papers])
            for group in page.papers
        ]
        self._choose("form", papers)
        self._choose("about", [(one.rule, one.title) for one in page.clocks])
        blank = [] if page.needs_helper else [("", "—")]
        self._choose("helper", page.helpers and [*blank, *page.helpers])
        regimes = [(one.code, one.title) for one in page.regimes]
        self._choose("governed_by", regimes and [("", _("The one in force on the day")), *regimes])
        if page.needs_helper and "helper" in self.fields:
            self.fields["helper"].required = True
        if not page.regimes:
            del self.fields["reason"]
        if not page.clocks:
            del self.fields["until"]
        if page.step is not Step.DECIDED:
            del self.fields["received_on"]
        if page.vote != "none":
            self._add_counts()

    def _choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        if choices and isinstance(field, forms.ChoiceField):
            field.choices = choices
        else:
            del self.fields[name]

    def _add_counts(self) -> None:
        """Add the counts of the vote; who is left out is counted by reason where rules ask it."""
        for name, label in _COUNTS.items():
            if name != "excluded":
                self.fields[name] = self._count(label, required=self._page.vote == "required")
                continue
            for reason in self._page.reasons:
                told = str(texts.EXCLUSIONS[reason])
                self.fields[_LEFT_OUT % reason.value] = self._count(told, initial=0)
            if not self._page.reasons:
                self.fields[name] = self._count(_COUNTS[name], initial=0)
        if "invalid" in self.fields:
            self.fields["invalid"].initial = 0

    def _count(self, label: Any, **options: Any) -> forms.IntegerField:
        return forms.IntegerField(
            label=label,
            min_value=0,
            max_value=_MOST,
            widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            **{"required": False, **options},
        )

    def official(self) -> forms.BoundField | None:
        """Return the field of those who may vote at all, or none where there is no vote."""
        return self["official"] if "official" in self.fields else None

    def left_out(self) -> list[forms.BoundField]:
        """Return the fields of those left out of the base."""
        return [field for field in self if _is_left_out(field.name)]

    def counts(self) -> list[forms.BoundField]:
        """Return the other fields of the vote, in the order they are counted."""
        wanted = [name for name in _COUNTS if name not in {"official", "excluded"}]
        return [self[name] for name in wanted if name in self.fields]

    def plain(self) -> list[forms.BoundField]:
        """Return the fields that are no counts."""
        return [
            field for field in self if field.name not in _COUNTS and not _is_left_out(field.name)
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse a vote of which only some counts are given, and a regime of another time."""
        given = super().clean() or {}
        counts = [given.get(name) for name in _COUNTS if name in self.fields and name != "excluded"]
        known = [count for count in counts if count is not None]
        # Noughts stand there by themselves: they alone are no vote.
        if any(known) and len(known) < len(counts) and not self.errors:
            raise forms.ValidationError(_("Write all the counts of the vote, or none of them."))
        self._check_regime(given)
        return given

    def _check_regime(self, given: dict[str, Any]) -> None:
        """Refuse a regulation that came after the day; the day's own is no choice at all."""
        chosen, on = given.get("governed_by"), given.get("on")
        if not chosen or on is None:
            return
        begun = {one.code for one in self._page.regimes if one.since <= on}
        if chosen not in begun:
            self.add_error("governed_by", _("This regulation was not yet in force on that day."))
        elif chosen == self._page.regime_of(on):
            given["governed_by"] = ""

    def new_act(self) -> NewAct:
        """Return the act that was typed; the form is valid."""
        given = self.cleaned_data
        chosen = given.get("governed_by") or None
        return NewAct(
            step=self._page.step,
            on=given["on"],
            form=given.get("form") or None,
            paper_number=given["paper_number"],
            tally=self._tally(given),
            received_on=given.get("received_on"),
            governed_by=chosen,
            reason=given.get("reason", "") if chosen else "",
            helper_id=given.get("helper"),
            about=given.get("about", ""),
            until=given.get("until"),
        )

    def _tally(self, given: Mapping[str, Any]) -> Tally | None:
        if given.get("official") is None or given.get("present") is None:
            return None
        counts = {name: given.get(name) or 0 for name in _COUNTS}
        by_reason = {
            reason: given.get(_LEFT_OUT % reason.value) or 0 for reason in self._page.reasons
        }
        if self._page.reasons:
            counts["excluded"] = sum(by_reason.values())
        told = tuple((reason, number) for reason, number in by_reason.items() if number)
        return Tally(**counts, excluded_by=told)


def _is_left_out(name: str) -> bool:
    return name == "excluded" or name.startswith(_LEFT_OUT % "")


class CaseFacts(_Seen):
    """The facts of a case that decide which way its road goes; what is settled has no field."""

    was = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    sub_committee = forms.BooleanField(required=False)
    delegated = forms.BooleanField(required=False)
    by_members = forms.BooleanField(required=False)

    def __init__(self, *args: Any, page: FactsPage, **options: Any) -> None:
        """Keep the fields that may still be changed."""
        super().__init__(*args, **options)
        self._page = page
        for name in ("sub_committee", "delegated", "by_members"):
            above = name == "by_members" or page.base_committee
            if name in page.fixed or not above:
                del self.fields[name]
            else:
                self.fields[name].initial = getattr(page.facts, name)
                self.fields[name].label = str(texts.FACTS[name])
        for one in page.standards:
            if one.name not in page.fixed:
                self.fields[_key(one.name)] = forms.ChoiceField(
                    label=one.title,
                    help_text=one.asks,
                    choices=list(_KNOWN.items()),
                    widget=forms.RadioSelect,
                    initial=_TOLD[one.met],
                    required=False,
                )

    def branches(self) -> list[forms.BoundField]:
        """Return the fields of what stands above the cell, and of who introduces."""
        return [
            self[name]
            for name in ("sub_committee", "delegated", "by_members")
            if name in self.fields
        ]

    def standards(self) -> list[forms.BoundField]:
        """Return the fields of the standards of the place."""
        return [field for field in self if field.name.startswith("standard_")]

    def look_again(self, seen: int) -> None:
        """Keep what was typed, over the dossier as it stands now."""
        super().look_again(seen)
        self.data = {**self.data, "was": self._page.facts.mark}

    def facts(self) -> Facts:
        """Return the facts as they are to be; the form is valid."""
        given, before = self.cleaned_data, self._page.facts
        told = dict(before.standards)
        for one in self._page.standards:
            if _key(one.name) in self.fields:
                told.pop(one.name, None)
                answer = given.get(_key(one.name))
                told |= {} if answer not in {"yes", "no"} else {one.name: answer == "yes"}
        return Facts(
            sub_committee=given.get("sub_committee", before.sub_committee),
            delegated=given.get("delegated", before.delegated),
            by_members=given.get("by_members", before.by_members),
            standards=tuple(sorted(told.items())),
        )


_KNOWN = {"yes": _("Met"), "no": _("Not met"), "": _("Not known")}
_TOLD = {True: "yes", False: "no", None: ""}


def _key(name: str) -> str:
    """Return the field of a standard."""
    return f"standard_{name.partition('.')[2]}"


class Void(_Seen):
    """Why an act is declared invalid."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Kept for good beside the entry; write nothing about the pupil's person."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def filters(typed: Mapping[str, str]) -> Filters:
    """Return what narrows the list, out of the address of the page."""
    return Filters(
        q=typed.get("q", "")[:100],
        step=typed.get("buoc", ""),
        past=typed.get("qua", ""),
        class_name=typed.get("lop", "")[:20],
        state=typed.get("tinh-trang", ""),
    )


def tally(typed: Mapping[str, str]) -> Tally:
    """
    Return a vote that is still being typed.

    What is blank or no number counts as nought; until the counts of those convened and present are
    typed, all members are taken to have been.
    """
    counts = {name: _number(typed.get(name, "")) for name in _COUNTS}
    by_reason = [(one, _number(typed.get(_LEFT_OUT % one.value, ""))) for one in Exclusion]
    told = tuple((reason, number) for reason, number in by_reason if number)
    if told:
        counts["excluded"] = sum(number for _, number in told)
    if not typed.get("convened"):
        counts["convened"] = max(counts["official"] - counts["excluded"], 0)
    if not typed.get("present"):
        counts["present"] = counts["convened"]
    return Tally(**counts, excluded_by=told)


def day(typed: str, fallback: date) -> date:
    """Return a day that is still being typed, or the day that stands for it."""
    field = day_field(required=False)
    try:
        return field.clean(typed) or fallback
    except forms.ValidationError:
        return fallback


def _number(typed: str) -> int:
    return min(int(typed), _MOST) if typed.isdecimal() and len(typed) <= 6 else 0
