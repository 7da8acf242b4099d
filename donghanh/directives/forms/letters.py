"""Forms of the room of directives: words in, values of a reading out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donghanh.directives import queries, texts
from donghanh.domain.calendar import BadSchoolYear, SchoolYear

_WHOLE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_MONTH = re.compile(r"(\d{1,2})[/.-](\d{4})")
_YEARLY = re.compile(r"(\d{1,2})[/.-](\d{1,2})")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
#: A leap year: 29/2 is a day of some years.
_LEAP = 2000


class LetterDay(forms.CharField):
    """A day as letters write it: 10/6/2024, a month 2/2024, or a day of every year 10/6."""

    def __init__(self, **kwargs: Any) -> None:
        """Show the numbers' keyboard on a phone."""
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(required=False, max_length=20, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Write a day of a reading the way people type it."""
        return texts.typed_day(value) if isinstance(value, str) else value

    def to_python(self, value: Any) -> str | None:
        """Return the day as readings hold it, or ``None`` for nothing."""
        typed = (super().to_python(value) or "").replace(" ", "")
        try:
            return _iso(typed) if typed else None
        except ValueError as wrong:
            raise ValidationError(
                _("“%(typed)s” is no day. Write it as day/month/year, such as 10/6/2024."),
                params={"typed": typed},
            ) from wrong


def _iso(typed: str) -> str:
    """Return a typed day as readings hold it."""
    if found := _WHOLE.fullmatch(typed):
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    if found := _ISO.fullmatch(typed):
        return date.fromisoformat(typed).isoformat()
    if found := _MONTH.fullmatch(typed):
        return date(int(found[2]), int(found[1]), 1).strftime("%Y-%m")
    if found := _YEARLY.fullmatch(typed):
        return date(_LEAP, int(found[2]), int(found[1])).strftime("--%m-%d")
    if typed.isdecimal() and 1 <= int(typed) <= 31:
        return f"---{int(typed):02d}"
    raise ValueError(typed)


class LinesField(forms.CharField):
    """A list, one entry per line."""

    def __init__(self, **kwargs: Any) -> None:
        """Show three lines."""
        super().__init__(
            required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}), **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        """Write a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the lines that hold something."""
        lines = (super().to_python(value) or "").splitlines()
        return [line.strip() for line in lines if line.strip()]


class LetterForm(forms.Form):
    """A letter to be read: a file, or its text."""

    file = forms.FileField(
        label=_("File of the letter"),
        help_text=_("A .docx, a .pdf with text, or a .txt file; at most 20 MB."),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf,.txt"}),
    )
    text = forms.CharField(
        label=_("Or the text of the letter"),
        help_text=_("Copy the whole letter, from its number to its signature."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        strip=False,
    )

    def clean(self) -> dict[str, Any]:
        """Take exactly one of the two."""
        data = super().clean() or self.cleaned_data
        written = bool((data.get("text") or "").strip())
        if data.get("file") is None and not written:
            self.add_error("file", _("Choose the file of the letter, or copy its text in below."))
        elif data.get("file") is not None and written:
            self.add_error("text", _("Leave this blank, or take the file away: one is read."))
        return data

    def letter(self, most: int) -> tuple[str, bytes]:
        """
        Return the name and the content of what was given; ``""`` names a copied text.

        Args:
            most: Bytes read of a file at the most.
        """
        file = self.cleaned_data["file"]
        if file is None:
            return "", str(self.cleaned_data["text"]).encode()
        return str(file.name), file.read(most)


def _line(label: Any, most: int = 300, rows: int = 1) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
    return forms.CharField(label=label, required=False, max_length=most, widget=widget)


class DutyForm(forms.Form):
    """One duty of a reading."""

    text = forms.CharField(
        label=_("What is to be done"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due = LetterDay(label=_("Day"), help_text=_("10/6/2024, or 10/6 for every year."))
    before = forms.BooleanField(label=_("Before that day: the day itself is late"), required=False)
    recurs = forms.ChoiceField(label=_("Comes back"), required=False, choices=texts.recurrences)

    def entry(self) -> dict[str, Any]:
        """Return the duty as readings hold it."""
        data = self.cleaned_data
        return {
            "text": data["text"],
            "due": data["due"],
            "recurs": data["recurs"] or None,
            "before": data["before"],
        }


class TargetForm(forms.Form):
    """One target of a reading."""

    amount = forms.DecimalField(
        label=_("How many"), min_value=1, max_value=9999, max_digits=6, decimal_places=2
    )
    of = forms.CharField(label=_("Of whom"), max_length=200, required=False)
    year = forms.CharField(
        label=_("School year"), help_text=_("Such as 2023-2024."), max_length=9, required=False
    )

    def clean_year(self) -> str | None:
        """Return a school year, or a calendar year as a letter may name it, or ``None``."""
        typed = str(self.cleaned_data["year"]).replace(" ", "").replace("–", "-")
        if not typed:
            return None
        try:
            return typed if re.fullmatch(r"\d{4}", typed) else SchoolYear.from_key(typed).key
        except BadSchoolYear as wrong:
            raise ValidationError(texts.refusal(wrong)) from wrong

    def entry(self) -> dict[str, Any]:
        """Return the target as readings hold it; what the page does not show stays as it was."""
        amount: Decimal = self.cleaned_data["amount"]
        whole = amount == amount.to_integral_value()
        return {
            **_NEW_TARGET,
            **{key: self.initial[key] for key in _NEW_TARGET if key in self.initial},
            "amount": int(amount) if whole else float(amount),
            "of": self.cleaned_data["of"],
            "year": self.cleaned_data["year"],
        }


_NEW_TARGET: dict[str, Any] = {
    "to": None,
    "kind": "at_least",
    "bound": "at_least",
    "what": "kết nạp",
    "whom": None,
}


class _Entries(forms.BaseFormSet):  # type: ignore[type-arg]  # generic for mypy alone
    """Entries of a reading: those there are, each of which can be struck out, and a blank one."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Name the tick that strikes an entry out; the blank one has none."""
        super().add_fields(form, index)
        if index is not None and index < self.initial_form_count():
            form.fields["DELETE"].label = _("Strike this out")
        else:
            del form.fields["DELETE"]


_Duties = forms.formset_factory(DutyForm, _Entries, extra=1, can_delete=True, max_num=40)
_Targets = forms.formset_factory(TargetForm, _Entries, extra=1, can_delete=True, max_num=40)
_SIGNING = ("authority", "title", "name")
#: Fields of rows that are not named like their one field; none: the row is only read.
_FIELDS_OF = {"signing": _SIGNING, "bases": (), "contents": (), "text": ()}
_ADD = {"duties": _("Add a duty"), "targets": _("Add a target")}


def _edit_row(row: queries.Row | None, label: Any, fields: tuple[Any, ...]) -> EditRow:
    return EditRow(row, label, fields, any(field.errors for field in fields))


@dataclass(frozen=True, slots=True)
class EditRow:
    """A row of the reading with its fields; ``row`` is ``None`` for one that can be added."""

    row: queries.Row | None
    label: Any
    fields: tuple[forms.BoundField, ...]
    wrong: bool


class ReadingForm(forms.Form):
    """A whole reading; ``duties`` and ``targets`` are forms of their own within it."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    issuer = _line(texts.FIELDS["issuer"])
    number = _line(texts.FIELDS["number"], 20)
    symbol = _line(texts.FIELDS["symbol"], 60)
    date = LetterDay(
        label=texts.FIELDS["date"], help_text=_("10/6/2024; where the day is blank, 6/2024.")
    )
    place = _line(texts.FIELDS["place"], 120)
    subject = _line(texts.FIELDS["subject"], 1000, rows=3)
    addressees = LinesField(label=texts.FIELDS["addressees"], help_text=_("One on each line."))
    units = LinesField(label=texts.FIELDS["units"], help_text=_("One on each line."))
    authority = _line(pgettext_lazy("letter", "By authority of"), 120)
    title = _line(pgettext_lazy("letter", "Title"), 120)
    name = _line(pgettext_lazy("letter", "Full name"), 120)

    def __init__(self, data: Any, *, confirmed: Mapping[str, Any], revision: int) -> None:
        """Take what was sent, or ``None``, and the reading as it stands."""
        initial = {key: confirmed.get(key) for key in self.base_fields}
        signing = confirmed.get("signing") or {}
        initial.update({key: signing.get(key) for key in _SIGNING}, seen=revision)
        super().__init__(data, initial=initial)
        self.duties = _Duties(data, initial=list(confirmed["duties"]), prefix="duties")
        self.targets = _Targets(data, initial=list(confirmed["targets"]), prefix="targets")

    def is_valid(self) -> bool:
        """Tell whether the reading and each duty and target in it are valid."""
        own = super().is_valid()
        return all([own, self.duties.is_valid(), self.targets.is_valid()])

    def rows(self, page: queries.ReadingPage) -> Iterator[EditRow]:
        """Yield the rows of the page in order, each with the fields that change it."""
        for name, label in texts.FIELDS.items():
            entries = {"duties": self.duties, "targets": self.targets}.get(name)
            if entries is None:
                row = page.rows[name]
                fields = tuple(self[field] for field in _FIELDS_OF.get(name, (name,)))
                if fields or row.values or row.doubts:
                    yield _edit_row(row, label, fields)
                continue
            read = page.duties if name == "duties" else page.targets
            for row, form in zip(read, entries.forms, strict=False):
                yield _edit_row(row, label, tuple(form))
            for form in entries.forms[len(read) :]:
                yield _edit_row(None, _ADD[name], tuple(form))

    def changes(self) -> dict[str, Any]:
        """Return every field of the page as readings hold it."""
        data = self.cleaned_data
        plain = ("issuer", "number", "symbol", "date", "place", "subject")
        return {
            **{key: data[key] or None for key in plain},
            **{key: data[key] for key in ("addressees", "units")},
            "signing": {key: data[key] or None for key in _SIGNING},
            "duties": [form.entry() for form in _kept(self.duties)],
            "targets": [form.entry() for form in _kept(self.targets)],
        }


def _kept(forms_in: Any) -> Iterator[Any]:
    """Yield the forms of a set that hold something and are not struck out."""
    for form in forms_in.forms:
        if form.cleaned_data and not form.cleaned_data.get("DELETE"):
            yield form


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A school in the sharing out, with its two fields."""

    school: queries.SchoolShare
    unit: forms.BoundField
    share: forms.BoundField


class SharesForm(forms.Form):
    """Which schools receive the letter, and how much of the target each is given."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    without_target = forms.BooleanField(
        label=_("No target is given with this letter"),
        help_text=_("The numbers above are then not kept."),
        required=False,
    )

    def __init__(self, data: Any, *, page: queries.IssuePage) -> None:
        """Take what was sent, or ``None``, and the schools; all of them are ticked at first."""
        super().__init__(data, initial={"seen": page.directive.revision})
        self._schools = page.schools
        for school in page.schools:
            self.fields[f"unit_{school.unit.id}"] = forms.BooleanField(
                label=school.unit.name, required=False, initial=True
            )
            self.fields[f"share_{school.unit.id}"] = forms.IntegerField(
                label=str(_("Target for %(unit)s")) % {"unit": school.unit.name},
                required=False,
                min_value=0,
                max_value=9999,
                initial=school.share,
                widget=forms.NumberInput(attrs={"data-share": school.unit.id, "placeholder": "0"}),
            )

    def rows(self) -> Iterator[ShareRow]:
        """Yield the schools with their fields."""
        for school in self._schools:
            key = school.unit.id
            yield ShareRow(school, self[f"unit_{key}"], self[f"share_{key}"])

    def ticked(self) -> int:
        """Return how many schools are ticked as the form stands."""
        return sum(bool(row.unit.value()) for row in self.rows())

    def shared(self) -> int:
        """Return the sum of the targets of ticked schools as the form stands."""
        amounts = (str(row.share.value() or "") for row in self.rows() if row.unit.value())
        return sum(int(amount) for amount in amounts if amount.isdecimal())

    def clean(self) -> dict[str, Any]:
        """Refuse a target for a school that does not receive the letter."""
        data = super().clean() or self.cleaned_data
        for school in self._schools:
            given = data.get(f"share_{school.unit.id}")
            if given and not data.get(f"unit_{school.unit.id}") and not data.get("without_target"):
                self.add_error(
                    f"share_{school.unit.id}",
                    _("This unit has a target but is not ticked. Tick it, or clear the target."),
                )
        return data

    def shares(self) -> dict[int, int]:
        """Return the share of each school that receives the letter; nought where none is given."""
        data = self.cleaned_data
        return {
            school.unit.id: 0
            if data["without_target"]
            else data.get(f"share_{school.unit.id}") or 0
            for school in self._schools
            if data[f"unit_{school.unit.id}"]
        }
