"""Forms of directives written here, of number books, of answers on paper, of the library."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donghanh.directives import actions, queries, texts
from donghanh.directives.forms.letters import LetterDay, LinesField
from donghanh.domain import library
from donghanh.domain.drafting import Addressing, Choice, OpenTasks
from donghanh.domain.structure import UnitKind
from donghanh.organisation.texts import KINDS

_PARTS = 12
_MOST = 20_000


def _words(label: Any, *, rows: int = 1, most: int = 300, required: bool = False) -> Any:
    widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
    return forms.CharField(label=label, required=required, max_length=most, widget=widget)


def _day(label: Any, hint: Any = "", *, required: bool = True) -> Any:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(
            format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}
        ),
    )


class PartForm(forms.Form):
    """One numbered part of a directive."""

    title = _words(_("Heading of the part"))
    text = _words(_("Text of the part"), rows=4, most=_MOST)


class DutyForm(forms.Form):
    """One duty a directive asks, with its day and what moves it."""

    text = _words(_("What is to be done"), rows=2, most=4000)
    due = LetterDay(label=_("Day"), help_text=_("10/6/2024, or 10/6 for every year."))
    before = forms.BooleanField(label=_("Before that day: the day itself is late"), required=False)
    recurs = forms.ChoiceField(
        label=_("Comes back"),
        required=False,
        choices=lambda: [(key, texts.RECURS[key]) for key in ("", "yearly", "school_year")],
    )
    shift = forms.ChoiceField(
        label=_("Where the last day is a day off"), required=False, choices=texts.shifts
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a day, or a cadence, without a duty."""
        data = super().clean() or self.cleaned_data
        if (data.get("due") or data.get("recurs")) and not data.get("text"):
            self.add_error("text", _("Write what is to be done by that day."))
        if data.get("text") and data.get("recurs") and not data.get("due"):
            self.add_error("due", _("Write the day; without one nothing comes back."))
        return data

    def entry(self) -> dict[str, Any]:
        """Return the duty as drafts hold it."""
        data = self.cleaned_data
        return {
            "text": data["text"],
            "due": data["due"],
            "recurs": data["recurs"] or None,
            "before": data["before"],
            "shift": data["shift"],
        }


_Parts = forms.formset_factory(PartForm, extra=2, max_num=_PARTS)
_Duties = forms.formset_factory(DutyForm, extra=2, max_num=_PARTS)


class DraftForm(forms.Form):
    """A whole directive; ``parts`` and ``duties`` are forms of their own within it."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    cascades = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("Kind of paper"))
    subject = _words(_("What it is about"), rows=2, most=1000, required=True)
    texts_cited = forms.MultipleChoiceField(
        label=_("On the basis of texts of the library"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    bases = LinesField(
        label=_("On the basis of other texts"),
        help_text=_("One on each line, as it is to be printed: kind, number, day, issuer."),
    )
    opening = _words(_("Sentence before the parts"), rows=3, most=4000)
    target_note = _words(_("Target, in words"), rows=2, most=2000)
    how = forms.ChoiceField(
        label=_("Who receives it"), choices=texts.addressings, widget=forms.RadioSelect
    )
    units = forms.MultipleChoiceField(
        label=_("Units"), required=False, widget=forms.CheckboxSelectMultiple
    )
    top = forms.ChoiceField(label=_("With all units under"), required=False)
    unit_kind = forms.ChoiceField(label=_("Kind of unit"), required=False)
    asks_plan = forms.BooleanField(label=_("The units are to send a plan"), required=False)
    supersedes = forms.ChoiceField(label=_("Comes in the place of"), required=False)
    open_tasks = forms.ChoiceField(
        label=_("What becomes of that one's duties"),
        choices=texts.open_tasks,
        required=False,
    )

    def __init__(
        self, data: Any, *, desk: queries.Desk, held: Mapping[str, Any] | None = None
    ) -> None:
        """Take what was sent, or ``None``, what can be chosen, and the draft as it stands."""
        initial = dict(held or {"how": Addressing.TREE.value, "open_tasks": OpenTasks.END.value})
        if desk.basis and held is None:
            initial["bases"] = [desk.basis]
        super().__init__(data, initial=initial)
        self._library = {text.key: text for text in desk.library}
        whole = [("", pgettext_lazy("units", "us (all of them)"))]
        choices: dict[str, list[tuple[str, Any]]] = {
            "kind": [(kind.code, kind.title) for kind in desk.kinds],
            "texts_cited": [(text.key, library.cited(text)) for text in desk.library],
            "units": [(str(one.unit.id), one.unit.name) for one in desk.units],
            "top": whole + [(str(one.unit.id), one.unit.name) for one in desk.units if one.above],
            "unit_kind": [("", "—"), *((kind.value, KINDS[kind]) for kind in desk.unit_kinds)],
            "supersedes": [("", "—"), *((str(key), name) for key, name in desk.earlier)],
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]  # all are choices
        parts, duties = list(initial.get("parts", ())), list(initial.get("duties", ()))
        self.parts = _Parts(data, initial=parts, prefix="parts")
        self.duties = _Duties(data, initial=duties, prefix="duties")

    def is_valid(self) -> bool:
        """Tell whether the directive and each part and duty in it are valid."""
        own = super().is_valid()
        return all([own, self.parts.is_valid(), self.duties.is_valid()])

    def clean(self) -> dict[str, Any]:
        """Refuse a way of addressing whose own field is blank."""
        data = super().clean() or self.cleaned_data
        if data.get("how") == Addressing.LIST and not data.get("units"):
            self.add_error("units", _("Tick at least one unit, or choose another way."))
        if data.get("how") == Addressing.KIND and not data.get("unit_kind"):
            self.add_error("unit_kind", _("Choose the kind of unit that receives it."))
        return data

    def written(self) -> actions.Written:
        """Return the directive as it was typed."""
        data = self.cleaned_data
        cited = [library.cited(self._library[key]) for key in data["texts_cited"]]
        return actions.Written(
            kind=data["kind"],
            subject=data["subject"],
            opening=data["opening"],
            bases=[*cited, *(words for words in data["bases"] if words not in cited)],
            parts=[
                {"title": part["title"], "text": part["text"]}
                for part in (form.cleaned_data for form in self.parts)
                if part.get("title") or part.get("text")
            ],
            duties=[form.entry() for form in self.duties if form.cleaned_data.get("text")],
            target_note=data["target_note"],
            choice=Choice(
                how=Addressing(data["how"]),
                units=frozenset(int(one) for one in data["units"]),
                top=int(data["top"]) if data["top"] else None,
                kind=UnitKind(data["unit_kind"]) if data["unit_kind"] else None,
            ),
            asks_plan=data["asks_plan"],
            supersedes=int(data["supersedes"]) if data["supersedes"] else None,
            open_tasks=OpenTasks(data["open_tasks"] or OpenTasks.END),
        )


def held_in(draft: Any, desk: queries.Desk) -> dict[str, Any]:
    """Return a draft as the fields of its form hold it."""
    said = draft.confirmed
    choice = Choice.from_dict(draft.addressing)
    words = [basis["words"] for basis in said["bases"]]
    cited = {library.cited(text): text.key for text in desk.library}
    return {
        **{key: said[key] for key in ("subject", "opening", "target_note", "parts", "duties")},
        "seen": draft.revision,
        "kind": draft.kind,
        "texts_cited": [cited[one] for one in words if one in cited],
        "bases": [one for one in words if one not in cited],
        "how": choice.how.value,
        "units": [str(one) for one in choice.units],
        "top": str(choice.top or ""),
        "unit_kind": choice.kind.value if choice.kind else "",
        "asks_plan": draft.asks_plan,
        "supersedes": str(draft.supersedes_id or ""),
        "open_tasks": draft.open_tasks,
    }


class AnswerForm(forms.Form):
    """A plan, or an answer on paper: of it there is number, day and signer."""

    number = _words(_("Number and symbol"), most=60)
    day = _day(_("Day of the paper"), _("Such as 15/9/2026."))
    signer = _words(_("Signed by"), most=120)

    def __init__(self, data: Any, *, today: date) -> None:
        """Take what was sent, or ``None``; today stands there at first."""
        super().__init__(data, initial={"day": today})
        self._today = today

    def clean_day(self) -> date:
        """Refuse a day that has not come."""
        day: date = self.cleaned_data["day"]
        if day > self._today:
            raise forms.ValidationError(
                _("This day has not come yet. Write the day that stands on the paper.")
            )
        return day


class ReasonForm(forms.Form):
    """Why something is recalled, voided or sent back."""

    reason = _words(_("Why"), rows=3, most=2000, required=True)


class NumberForm(forms.Form):
    """A number for a paper that is written elsewhere."""

    subject = _words(_("What the paper is about"), most=500, required=True)


class TextForm(forms.Form):
    """A text for the library, or new days of one that is there."""

    issuer = _words(_("Issued by"), most=200, required=True)
    number = _words(_("Number and symbol"), most=60, required=True)
    signed = _day(_("Signed on"))
    title = _words(_("What it is about"), rows=2, most=2000, required=True)
    since = _day(_("In force from"))
    until = _day(_("Last day in force"), _("Blank where no end is known."), required=False)
    successor = forms.ChoiceField(label=_("Replaced by"), required=False)

    def __init__(self, data: Any, *, known: tuple[library.Text, ...]) -> None:
        """Take what was sent, or ``None``, and the texts that can stand in its place."""
        super().__init__(data)
        field = self.fields["successor"]
        field.choices = [  # type: ignore[attr-defined]  # it is a choice
            ("", "—"),
            *((text.key, f"{text.number} · {text.issuer}"[:100]) for text in known),
        ]
