"""What people type in the room of targets: text in, typed values out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from donghanh.domain.targets import MOST
from donghanh.lib.fields import day_field
from donghanh.targets.queries import Plan

#: What stands before the id of a unit in the name of its field.
_UNIT = "don-vi-"


class SharingOut(forms.Form):
    """The targets of the units below, the paper behind them, and why what holds is changed."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    paper_number = forms.CharField(
        label=gettext_lazy("Number of the decision or letter"),
        help_text=gettext_lazy("As it stands on the paper, with the letters of the office."),
        max_length=80,
        error_messages={
            "required": gettext_lazy("A target rests on a decision or a letter. Write its number.")
        },
    )
    paper_date = day_field(label=gettext_lazy("Its day"), help_text="10/6/2027")
    reason = forms.CharField(
        label=gettext_lazy("Why what holds is changed"),
        help_text=gettext_lazy("Needed as soon as a unit that has a target gets another number."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, plan: Plan, data: Any = None) -> None:
        """Make one field for each unit below, and one for the own unit where it may be set."""
        super().__init__(data, initial={"seen": plan.digest})
        self._units: list[int] = []
        if plan.own is not None and not plan.from_above:
            label = gettext("Given to your own unit, %(unit)s") % {"unit": plan.own.name}
            self._add(plan.own.unit_id, label, plan.own.amount)
        for row in plan.rows:
            self._add(row.unit_id, row.name, row.amount)

    def _add(self, unit: int, label: str, amount: int | None) -> None:
        widget = forms.NumberInput(attrs={"inputmode": "numeric", "min": 0, "max": MOST})
        self.fields[f"{_UNIT}{unit}"] = forms.IntegerField(
            label=label,
            required=False,
            min_value=0,
            max_value=MOST,
            initial=amount,
            widget=widget,
            error_messages={
                "invalid": gettext("Write a whole number, such as 2."),
                "min_value": gettext("A target is never below 0. Write 0 or more."),
                "max_value": gettext("More than any unit is asked for. Write a smaller number."),
            },
        )
        self._units.append(unit)

    @property
    def shares(self) -> list[forms.BoundField]:
        """Return the fields of the units, the own unit's first."""
        return [self[f"{_UNIT}{unit}"] for unit in self._units]

    @property
    def amounts(self) -> dict[int, int]:
        """Return the amounts that were typed, by unit id; a blank says nothing about its unit."""
        typed = {unit: self.cleaned_data[f"{_UNIT}{unit}"] for unit in self._units}
        return {unit: amount for unit, amount in typed.items() if amount is not None}
