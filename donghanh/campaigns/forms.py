"""What people type in the room of campaigns: text in, typed values out."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from donghanh.campaigns.queries import CampaignPage, UnitPage, YearOf
from donghanh.domain import campaigning
from donghanh.domain.campaign_figures import MOST_NUMBER
from donghanh.domain.campaigning import MOST_FIGURES, Asked, Terms
from donghanh.lib.fields import day_field


def _text(rows: int, **options: Any) -> forms.CharField:
    """Return a field for a longer text; what is too long is refused by the rules, and kept."""
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), strip=True, **options)


class YearlyDay(forms.CharField):
    """A day that comes back every year, written as 10/6."""

    def clean(self, value: Any) -> tuple[int, int]:
        """Return day and month; that there is such a day is the rules' to say."""
        typed = super().clean(value)
        day, _slash, month = typed.partition("/")
        if not (day.strip().isdecimal() and month.strip().isdecimal()):
            raise ValidationError(gettext("Write day and month, such as 10/6."))
        return int(day), int(month)


class Write(forms.Form):
    """What a campaign says of itself, in a draft."""

    once = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=pgettext_lazy("campaign", "Name of the campaign"))
    aim = _text(
        5,
        label=pgettext_lazy("campaign", "Why, and what is to be done"),
        help_text=_("So that a school knows what it joins. No name of a pupil."),
    )
    begins = day_field(label=_("From"), help_text="15/9/2026")
    ends = day_field(
        label=pgettext_lazy("campaign", "Until"),
        help_text=_("Leave blank where no end is set."),
        required=False,
    )
    due = YearlyDay(
        label=_("Figures are given every school year by"),
        help_text=_("Day and month, such as 10/6."),
        max_length=5,
    )
    directive = forms.ChoiceField(
        label=pgettext_lazy("campaign", "Stands on a directive of ours"), required=False
    )
    paper_number = forms.CharField(
        label=pgettext_lazy("campaign", "Or another document: number and symbol"),
        help_text=_("As it stands on the paper."),
        max_length=80,
        required=False,
    )
    paper_issuer = forms.CharField(
        label=pgettext_lazy("campaign", "Issued by"), max_length=300, required=False
    )
    paper_day = day_field(
        label=pgettext_lazy("campaign", "Day of the document"),
        help_text="21/7/2021",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        papers: Sequence[tuple[int, str]],
        page: CampaignPage | None = None,
        opened: bool = False,
        **options: Any,
    ) -> None:
        """Take the directives it may stand on, and what stands there already."""
        options["initial"] = _begin(page) if page else {"once": secrets.token_urlsafe(24)}
        super().__init__(*args, **options)
        chosen = cast("forms.ChoiceField", self.fields["directive"])
        chosen.choices = [("", gettext("None, or cited below")), *papers]
        if opened:
            del self.fields["begins"]

    def terms(self, begins: Any = None) -> Terms:
        """
        Return what was typed.

        Raises:
            PaperMissing: A document is named by half.
        """
        typed = self.cleaned_data
        paper = None
        if not typed["directive"]:
            paper = campaigning.cited(
                typed["paper_number"], typed["paper_issuer"], typed["paper_day"]
            )
        return Terms(
            title=typed["title"],
            aim=typed["aim"],
            begins=typed.get("begins", begins),
            ends=typed["ends"],
            due=typed["due"],
            paper=paper,
        )

    @property
    def directive_id(self) -> int | None:
        """Return the directive that was chosen."""
        chosen = self.cleaned_data["directive"]
        return int(chosen) if chosen else None


def _begin(page: CampaignPage) -> dict[str, Any]:
    terms = page.terms
    own = page.stands_on is None and terms.paper is not None
    return {
        "seen": page.version,
        "title": terms.title,
        "aim": terms.aim,
        "begins": terms.begins,
        "ends": terms.ends,
        "due": f"{terms.due[0]}/{terms.due[1]}",
        "directive": page.stands_on or "",
        "paper_number": terms.paper.number if own and terms.paper else "",
        "paper_issuer": terms.paper.issuer if own and terms.paper else "",
        "paper_day": terms.paper.day if own and terms.paper else None,
    }


class OneFigure(forms.Form):
    """A figure a campaign asks for; one that is wholly blank is left out."""

    label = forms.CharField(
        label=pgettext_lazy("campaign", "What is counted"),
        help_text=pgettext_lazy("campaign", "For example: meetings of the class chapters."),
        required=False,
    )
    measure = forms.CharField(
        label=pgettext_lazy("campaign", "Counted in"),
        help_text=pgettext_lazy("campaign", "For example: persons, sessions."),
        required=False,
        max_length=40,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse one that is begun and not finished."""
        told = super().clean() or {}
        for name, other in (("label", "measure"), ("measure", "label")):
            if told.get(other) and not told.get(name):
                self.add_error(name, gettext("A figure needs both; or leave both blank."))
        return told


class BaseFigures(forms.BaseFormSet):  # type: ignore[type-arg]  # generic for mypy alone
    """The figures a campaign asks for."""

    @property
    def told(self) -> tuple[Asked, ...]:
        """Return those that are not blank."""
        return tuple(
            Asked(one["label"], one["measure"])
            for one in (form.cleaned_data for form in self.forms)
            if one.get("label")
        )


_Figures = forms.formset_factory(
    OneFigure,
    formset=BaseFigures,
    extra=3,
    max_num=MOST_FIGURES,
    absolute_max=MOST_FIGURES,
)


def figures(data: Any, page: CampaignPage | None = None) -> BaseFigures:
    """Return the figures of a form: those there are, then blank ones."""
    start = (
        []
        if page is None
        else [{"label": one.label, "measure": one.measure} for one in page.figures]
    )
    return cast("BaseFigures", _Figures(data, initial=start, prefix="so"))


class Seen(forms.Form):
    """Knows the version that was looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, page: CampaignPage | UnitPage, *args: Any, **options: Any) -> None:
        """Begin with the version shown."""
        options["initial"] = {"seen": page.version} | (options.get("initial") or {})
        super().__init__(*args, **options)


class Close(forms.Form):
    """The school year that is closed."""

    school_year = forms.CharField(widget=forms.HiddenInput, max_length=9)


class End(Seen):
    """The evaluation with which a campaign ends."""

    ended = day_field(label=pgettext_lazy("campaign", "Ended on"), help_text="10/6/2027")
    done = _text(6, label=pgettext_lazy("campaign", "What was done"))
    learnt = _text(6, label=pgettext_lazy("campaign", "What was learnt"))


class CallOff(Seen):
    """Why a campaign is called off."""

    reason = _text(2, label=_("Reason"))


class Join(Seen):
    """What a school is going to do."""

    plan = _text(5, label=pgettext_lazy("campaign", "What your school is going to do"))
    lead = forms.CharField(
        label=pgettext_lazy("campaign", "Who is in charge"),
        help_text=_("By office, such as: deputy secretary of the school's Union. No pupil."),
    )
    until = day_field(label=pgettext_lazy("campaign", "Until when"), help_text="25/5/2027")


class Decline(Seen):
    """Why a school does not take part."""

    reason = _text(2, label=_("Reason"))


class Evaluate(Seen):
    """What a school made of it."""

    text = _text(6, label=pgettext_lazy("campaign", "Your school's own evaluation"))


class State(forms.Form):
    """The figures of a school for a year."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, page: UnitPage, year: YearOf, data: Any = None) -> None:
        """Make a field for each figure, with what was given last."""
        last = year.given[0] if year.given else None
        initial: dict[str, Any] = {"seen": year.revision, "note": last.note if last else ""}
        if last:
            initial |= {
                f"so-{figure.pk}": cell.number
                for figure, cell in zip(page.figures, last.cells, strict=True)
            }
        super().__init__(data, initial=initial)
        for figure in page.figures:
            self.fields[f"so-{figure.pk}"] = forms.IntegerField(
                label=figure.label,
                help_text=figure.measure,
                min_value=0,
                max_value=MOST_NUMBER,
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                error_messages={
                    "invalid": _("Write a whole number, such as 12."),
                    "min_value": _("A figure is never below 0."),
                    "max_value": _("No school reaches that. Check the number."),
                },
            )
        self.fields["note"] = _text(
            3,
            label=pgettext_lazy("campaign", "Note"),
            help_text=_("What should be known of the figures. No name of a pupil."),
            required=False,
        )

    def numbers(self) -> dict[int, int]:
        """Return what was given, by the number of each figure."""
        return {
            int(name.removeprefix("so-")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("so-") and value is not None
        }
