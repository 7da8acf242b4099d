"""The form that says what a decision orders, with the units it founds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from donghanh.domain import succession
from donghanh.domain.structure import Line, UnitKind
from donghanh.lib.fields import day_field
from donghanh.organisation.texts import KINDS
from donghanh.organisation.texts import LINES as UNIT_LINES
from donghanh.reorganisation import queries

#: The fields each operation needs, beside the decision and the day.
FIELDS: dict[str, tuple[str, ...]] = {
    "found": (),
    "rename": ("unit", "name", "short_name", "place"),
    "move": ("unit", "line", "target"),
    "merge": ("units", "target"),
    "split": ("unit", "parts", "keeps"),
    "close": ("unit", "heir"),
    "dissolve": ("unit", "parts"),
    "change_kind": ("unit", "kind"),
}
#: The operations that may found units, and how many they begin with.
FOUNDING = {"found": 1, "merge": 0, "split": 0, "close": 0, "dissolve": 0}
#: How many units one operation may found.
MOST_FOUNDED = 60
_DECISION = ("number", "issuer", "signed_on", "on")
_CODES = re.compile(r"[^\s:,;]+")


def _above(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=32, required=False)


class FoundingForm(forms.Form):
    """One unit that is founded, and what it stands under; those are told by their codes."""

    code = forms.CharField(
        label=_("Code of the new unit"),
        help_text=_("Small letters without marks, digits and hyphens; it never changes."),
        max_length=32,
        validators=[
            RegexValidator(
                r"^[a-z0-9]+(-[a-z0-9]+)*$",
                _("A code has small letters without marks, digits and hyphens only."),
            )
        ],
    )
    kind = forms.ChoiceField(label=_("Kind of the new unit"))
    name = forms.CharField(label=_("Name of the new unit"), max_length=300)
    short_name = forms.CharField(label=_("Short name of the new unit"), max_length=80)
    place = forms.CharField(label=_("Place of the new unit"), max_length=120)
    education = _above(
        _("Code of the unit above in education"), _("Blank where it stands under nothing there.")
    )
    party = _above(_("Code of the unit above in the Party"))
    union = _above(_("Code of the unit above in the Youth Union"))
    host = _above(_("Code of the school where it works"))
    competent = _above(_("Code of the committee that decides on admissions"))

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer the kinds there are."""
        super().__init__(*args, **options)
        self.fields["kind"].choices = _kinds()  # type: ignore[attr-defined]

    @property
    def parents(self) -> dict[Line, str]:
        """Return the code of the unit above along each line where there is one."""
        told = self.cleaned_data
        return {line: told[line.value] for line in Line if told.get(line.value)}

    def new(self, known: Mapping[str, int]) -> succession.New:
        """Return the unit, once the form is valid, as the rules found it."""
        told = self.cleaned_data
        return succession.New(
            known[told["code"]],
            told["code"],
            UnitKind(told["kind"]),
            told["name"],
            told["short_name"],
            told["place"],
            under=tuple((line, known[code]) for line, code in self.parents.items()),
        )


class OperationForm(forms.Form):
    """What a decision orders, on which units, from which day; units are told by their codes."""

    unit = forms.CharField(label=_("Code of the unit"), max_length=32)
    units = forms.CharField(
        label=_("Codes of the units that end"),
        help_text=_("One a line."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    line = forms.ChoiceField(label=_("Along which line"))
    target = forms.CharField(label=_("Code of the unit they go to"), max_length=32)
    heir = forms.CharField(
        label=_("Code of the unit that carries it on"), max_length=32, required=False
    )
    parts = forms.CharField(
        label=_("Who takes what"),
        help_text=_("One heir a line: its code, a colon, the codes of the units that go to it."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    keeps = forms.BooleanField(label=_("The unit itself goes on"), required=False)
    name = forms.CharField(label=_("New name"), max_length=300, required=False)
    short_name = forms.CharField(label=_("New short name"), max_length=80, required=False)
    place = forms.CharField(
        label=_("New place"),
        help_text=_("Blank where it stays as it is; the old one is kept in brackets."),
        max_length=120,
        required=False,
    )
    kind = forms.ChoiceField(label=_("New kind"))
    number = forms.CharField(label=_("Number of the decision"), max_length=60)
    issuer = forms.CharField(label=_("Issued by"), max_length=300)
    signed_on = day_field(label=_("Signed on"))
    on = day_field(label=_("Takes effect on"))
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, what: str, founded: int, **options: Any) -> None:
        """
        Keep the fields that this operation needs.

        Args:
            args: As every form takes them.
            what: The operation.
            founded: How many units it founds.
            options: As every form takes them.
        """
        super().__init__(*args, **options)
        self.what = what
        kept = (*FIELDS[what], *_DECISION, "seen")
        self.fields = {name: self.fields[name] for name in kept}
        if "line" in self.fields:
            self.fields["line"].choices = [  # type: ignore[attr-defined]
                (line.value, UNIT_LINES[line]) for line in Line
            ]
        if "kind" in self.fields:
            self.fields["kind"].choices = _kinds()  # type: ignore[attr-defined]
        data = self.data if self.is_bound else None
        self.foundings = [
            FoundingForm(data, prefix=f"n{number}", initial=_begun(self.initial, f"n{number}"))
            for number in range(founded)
        ]

    def clean(self) -> dict[str, Any]:
        """Find the units by their codes; name the codes nobody has, and those somebody has."""
        told = super().clean() or {}
        if sum(one.is_valid() for one in self.foundings) < len(self.foundings):
            self.add_error(None, _("Something is missing or wrong in a unit that is founded."))
        names = [name for name in ("unit", "units", "target", "heir", "parts") if told.get(name)]
        codes = {name: _CODES.findall(told[name]) for name in names}
        asked = {code for found in codes.values() for code in found}
        above = {code for one in self.foundings for code in one.parents.values()}
        new = [one.cleaned_data.get("code", "") for one in self.foundings]
        known = queries.ids_of({*asked, *above, *new})
        self._check_new(new, known)
        self.known = known = known | {code: -place for place, code in enumerate(new, 1) if code}
        for name, found in codes.items():
            _name_lost(self, name, found, known)
        for one in self.foundings:
            for line, code in one.parents.items():
                _name_lost(one, line.value, [code], known)
        if any(one.errors for one in self.foundings) and not self.errors:
            self.add_error(None, _("Something is missing or wrong in a unit that is founded."))
        return told

    def _check_new(self, new: list[str], known: Mapping[str, int]) -> None:
        """Refuse a code that another unit has, of those there are or of those founded."""
        for place, (one, code) in enumerate(zip(self.foundings, new, strict=True)):
            if code and (code in known or code in new[:place]):
                one.add_error("code", _("Another unit has this code. Choose another one."))

    def operation(self) -> succession.Operation:
        """Return the operation, once the form is valid."""
        told = self.cleaned_data
        decision = succession.Decision(told["number"], told["signed_on"], told["issuer"])
        founded = tuple(one.new(self.known) for one in self.foundings)
        return succession.Operation(self._change(), decision, told["on"], founded)

    def _change(self) -> succession.Change:
        told, known = self.cleaned_data, self.known
        if self.what == "found":
            return succession.Found()
        if self.what == "merge":
            units = tuple(known[code] for code in _CODES.findall(told["units"]))
            return succession.Merge(units, known[told["target"]])
        unit = known[told["unit"]]
        match self.what:
            case "rename":
                return succession.Rename(unit, told["name"], told["short_name"], told["place"])
            case "move":
                return succession.Move(unit, Line(told["line"]), known[told["target"]])
            case "close":
                return succession.Close(unit, known.get(told["heir"]))
            case "change_kind":
                return succession.ChangeKind(unit, UnitKind(told["kind"]))
        if self.what == "split":
            return succession.Split(unit, self._parts(), told["keeps"])
        return succession.Dissolve(unit, self._parts())

    def _parts(self) -> tuple[succession.Part, ...]:
        found = []
        for line in self.cleaned_data["parts"].splitlines():
            codes = _CODES.findall(line)
            if codes:
                heir, *taken = (self.known[code] for code in codes)
                found.append(succession.Part(heir, frozenset(taken)))
        return tuple(found)


def _kinds() -> list[tuple[str, Any]]:
    return [(kind.value, KINDS[kind]) for kind in UnitKind]


def _begun(told: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """Return what was typed for a form with a prefix before it was sent."""
    head = f"{prefix}-"
    return {name.removeprefix(head): one for name, one in told.items() if name.startswith(head)}


def _name_lost(form: forms.Form, field: str, codes: list[str], known: Mapping[str, int]) -> None:
    """Refuse a field that names codes nobody has."""
    lost = [code for code in codes if code not in known]
    if lost:
        message = _("No unit has this code: %(codes)s. Look it up in the tree.")
        form.add_error(field, forms.ValidationError(message, params={"codes": ", ".join(lost)}))
