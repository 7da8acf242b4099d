"""The form that says what a decision orders."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from donghanh.domain import succession
from donghanh.domain.structure import Line, UnitKind
from donghanh.organisation.texts import KINDS
from donghanh.organisation.texts import LINES as UNIT_LINES
from donghanh.reorganisation import queries

#: The fields each operation needs, beside the decision and the day.
FIELDS: dict[str, tuple[str, ...]] = {
    "rename": ("unit", "name", "short_name", "place"),
    "move": ("unit", "line", "target"),
    "merge": ("units", "target"),
    "split": ("unit", "parts", "keeps"),
    "close": ("unit", "heir"),
    "dissolve": ("unit", "parts"),
    "change_kind": ("unit", "kind"),
}
_DECISION = ("number", "issuer", "signed_on", "on")
_DAYS = ["%d/%m/%Y", "%Y-%m-%d"]


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(
        format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}
    )
    return forms.DateField(label=label, input_formats=_DAYS, widget=widget)


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
    signed_on = _day(_("Signed on"))
    on = _day(_("Takes effect on"))
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, what: str, **options: Any) -> None:
        """Keep the fields that this operation needs."""
        super().__init__(*args, **options)
        self.what = what
        kept = (*FIELDS[what], *_DECISION, "seen")
        self.fields = {name: self.fields[name] for name in kept}
        if "line" in self.fields:
            self.fields["line"].choices = [  # type: ignore[attr-defined]
                (line.value, UNIT_LINES[line]) for line in Line
            ]
        if "kind" in self.fields:
            self.fields["kind"].choices = [  # type: ignore[attr-defined]
                (kind.value, KINDS[kind]) for kind in UnitKind
            ]

    def clean(self) -> dict[str, Any]:
        """Find the units by their codes; name the codes nobody has."""
        told = super().clean() or {}
        names = [name for name in ("unit", "units", "target", "heir", "parts") if told.get(name)]
        codes = {name: re.findall(r"[^\s:,;]+", told[name]) for name in names}
        known = queries.ids_of({code for found in codes.values() for code in found})
        for name, found in codes.items():
            lost = [code for code in found if code not in known]
            if lost:
                message = _("No unit has this code: %(codes)s. Look it up in the tree.")
                self.add_error(
                    name, forms.ValidationError(message, params={"codes": ", ".join(lost)})
                )
        self.known = known
        return told

    def operation(self) -> succession.Operation:
        """Return the operation, once the form is valid."""
        told = self.cleaned_data
        decision = succession.Decision(told["number"], told["signed_on"], told["issuer"])
        return succession.Operation(self._change(), decision, told["on"])

    def _change(self) -> succession.Change:
        told, known = self.cleaned_data, self.known
        if self.what == "merge":
            units = tuple(known[code] for code in re.findall(r"[^\s:,;]+", told["units"]))
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
            codes = re.findall(r"[^\s:,;]+", line)
            if codes:
                heir, *taken = (self.known[code] for code in codes)
                found.append(succession.Part(heir, frozenset(taken)))
        return tuple(found)
