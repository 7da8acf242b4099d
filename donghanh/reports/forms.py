"""What people type into the pages of the room; text in, typed values out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from donghanh.domain.indicators import Indicator
from donghanh.lib import days
from donghanh.lib.fields import DAYS, day_field
from donghanh.organisation.queries import UnitFacts
from donghanh.reports import texts
from donghanh.reports.queries import Check, Own

#: What is kept of a paper that is named; the paper itself is not.
_NAMED = ("number", "day", "signer", "title")
#: Papers one report names, and the signs of one line.
_MOST_NAMED, _LONGEST_LINE = 20, 300
_NOT_NAMED = _(
    "“%(line)s” is not number; day; who signed; what it is, with at most 20 lines of 300 signs. "
    "Write the four, apart by semicolons."
)


def _day(said: str) -> date | None:
    """Return a day as people write it; nothing where it is none."""
    try:
        return cast("date", forms.DateField(input_formats=DAYS).clean(said))
    except forms.ValidationError:
        return None


def _revision() -> forms.IntegerField:
    return forms.IntegerField(min_value=0, widget=forms.HiddenInput)


def _answer(check: Check) -> forms.CharField:
    """Return the field in which a warning is answered."""
    return forms.CharField(
        label=check.told,
        help_text=_("Write no name of a pupil."),
        initial=check.answer,
        required=False,
        max_length=texts.LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class Words(forms.Form):
    """The five parts of a report."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make one field per part, in the order of a report."""
        super().__init__(*args, **kwargs)
        for key, label in texts.PARTS.items():
            self.fields[key] = forms.CharField(
                label=str(label),
                help_text=str(texts.HINTS[key]),
                max_length=texts.LONGEST_PART,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    @property
    def words(self) -> dict[str, str]:
        """Return the text of each part by its key; call it on a form that is valid."""
        said = {key: str(self.cleaned_data.get(key, "")) for key in texts.PARTS}
        return {key: "\n".join(text.splitlines()) for key, text in said.items()}

    @property
    def parts(self) -> list[forms.BoundField]:
        """Return the fields of the parts, in order."""
        return [self[key] for key in texts.PARTS]


class Writing(Words):
    """A report that is being written: its cut-off day and its parts."""

    seen = _revision()
    cutoff = forms.DateField(
        label=_("Figures up to and including"),
        help_text=_("For example 31/5/2024."),
        input_formats=DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 12}),
    )

    attachments = forms.CharField(
        label=_("Papers named"),
        help_text=_(
            "One a line: number; day; who signed; what it is. For example 12/BC; 30/5/2024; "
            "Nguyen Van A; report of the school Union. The papers stay with you."
        ),
        required=False,
        max_length=6_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @classmethod
    def of(
        cls,
        seen: int,
        cutoff: date,
        parts: Mapping[str, str],
        attachments: Iterable[Mapping[str, str]] = (),
    ) -> Writing:
        """Return the form as a report stands."""
        lines = "\n".join("; ".join(one[key] for key in _NAMED) for one in attachments)
        cutoff_day = days.day(cutoff)
        return cls(initial={"seen": seen, "cutoff": cutoff_day, "attachments": lines, **parts})

    def clean_attachments(self) -> list[dict[str, str]]:
        """Return the papers named, one mapping a line; the day is kept as people write it."""
        named: list[dict[str, str]] = []
        for line in str(self.cleaned_data["attachments"]).splitlines():
            if not line.strip():
                continue
            said = [part.strip() for part in line.split(";")]
            day = _day(said[1]) if len(said) == len(_NAMED) and all(said) else None
            if day is None or len(named) == _MOST_NAMED or len(line) > _LONGEST_LINE:
                raise forms.ValidationError(_NOT_NAMED % {"line": line.strip()[:80]})
            named.append(dict(zip(_NAMED, [said[0], days.day(day), *said[2:]], strict=True)))
        return named

    def seeing(self, revision: int) -> Writing:
        """Return the same words over a newer state of the report, ready to be sent again."""
        data = {**dict(self.data.items()), "seen": str(revision)}
        again = type(self)(data)
        again.full_clean()
        return again


class Sending(forms.Form):
    """The last yes before a report freezes."""

    seen = _revision()
    figures = forms.CharField(max_length=64, widget=forms.HiddenInput)


class Accepting(forms.Form):
    """The department's yes to a report as it was seen."""

    seen = _revision()


class Returning(forms.Form):
    """The department's comment on a report, and the figures that have to be corrected."""

    def __init__(self, *args: Any, figures: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        """Offer the figures of the report, each with its title."""
        super().__init__(*args, **kwargs)
        self.fields["marks"].choices = list(figures)  # type: ignore[attr-defined]

    seen = _revision()
    marks = forms.MultipleChoiceField(
        label=_("Just these figures"),
        help_text=_("The school finds them marked in its table."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    comment = forms.CharField(
        label=_("What has to be corrected"),
        help_text=_("The school reads this above its report."),
        required=False,
        max_length=texts.LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class Consolidating(Words):
    """The words of a consolidated report, and what the department adds to the sum."""

    seen = _revision()

    def __init__(
        self,
        *args: Any,
        columns: Iterable[Indicator] = (),
        checks: Iterable[Check] = (),
        hides: bool = False,
        above: str = "",
        **kwargs: Any,
    ) -> None:
        """Make one field per column for what is added, then the reason, then one per check."""
        super().__init__(*args, **kwargs)
        self._added = {f"own_{one.code}": one for one in columns}
        for name, one in self._added.items():
            self.fields[name] = forms.IntegerField(
                label=one.short_vi,
                min_value=0,
                max_value=999_999,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )
        self.fields["own_reason"] = forms.CharField(
            label=_("Why the department adds them"),
            required=False,
            max_length=texts.LONGEST_COMMENT,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self._checks = {f"answer_{one.finding.against}_{one.finding.code}": one for one in checks}
        for name, check in self._checks.items():
            self.fields[name] = _answer(check)
        if above:
            self.fields["hand_up"] = forms.BooleanField(
                label=_("Hand this version up to %(body)s") % {"body": above},
                help_text=_("It answers the duty of that body, which reads it and adds it up."),
                required=False,
            )
        if hides:  # hidden whatever is asked; there is nothing to choose
            return
        self.fields["hide_small"] = forms.BooleanField(
            label=_("Hide small figures of single units"),
            help_text=_("For a reader who has no right to the cases; totals stay."),
            required=False,
        )

    @property
    def added(self) -> list[forms.BoundField]:
        """Return the fields of what the department adds."""
        return [self[name] for name in self._added]

    @property
    def fields_of_answers(self) -> list[forms.BoundField]:
        """Return the fields, one per difference that has to be explained."""
        return [self[name] for name in self._checks]

    @property
    def answers(self) -> dict[str, str]:
        """Return what was said by the name of the check; call it on a form that is valid."""
        return {one.key: str(self.cleaned_data.get(name, "")) for name, one in self._checks.items()}

    @property
    def hand_up(self) -> bool:
        """Tell whether it is to be handed up; call it on a form that is valid."""
        return bool(self.cleaned_data.get("hand_up", False))

    @property
    def hide_small(self) -> bool:
        """Tell whether small figures are to be hidden; call it on a form that is valid."""
        return bool(self.cleaned_data.get("hide_small", False))

    @property
    def own(self) -> Own:
        """Return what the department adds; call it on a form that is valid."""
        figures = {
            one.code: int(self.cleaned_data[name])
            for name, one in self._added.items()
            if self.cleaned_data.get(name)
        }
        return Own(figures, str(self.cleaned_data.get("own_reason", "")))


class Changing(forms.Form):
    """Another figure than the cases give, and why."""

    seen = _revision()
    value = forms.IntegerField(
        label=_("Figure to be reported"),
        min_value=0,
        max_value=999_999,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Why it is another than counted"),
        help_text=_("Write no name of a pupil. The department reads this beside the figure."),
        required=False,
        max_length=texts.LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Answering(forms.Form):
    """What is said to each warning."""

    seen = _revision()

    def __init__(self, *args: Any, checks: Iterable[Check] = (), **kwargs: Any) -> None:
        """Make one field per warning that is not a change by hand."""
        super().__init__(*args, **kwargs)
        self._checks = {f"answer_{place}": one for place, one in enumerate(checks)}
        for name, one in self._checks.items():
            self.fields[name] = _answer(one)

    @property
    def fields_of_answers(self) -> list[forms.BoundField]:
        """Return the fields, one per warning."""
        return [self[name] for name in self._checks]

    @property
    def answers(self) -> dict[str, str]:
        """Return what was said by the name of the warning; call it on a form that is valid."""
        return {one.key: str(self.cleaned_data.get(name, "")) for name, one in self._checks.items()}


class Amending(forms.Form):
    """Why an accepted report has to be amended."""

    seen = _revision()
    reason = forms.CharField(
        label=_("Why it has to be amended"),
        help_text=_("It stands on the amendment. Write no name of a pupil."),
        required=False,
        max_length=texts.LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Opening(forms.Form):
    """One unit that may still send for a closed year."""

    unit = forms.ChoiceField(label=_("Unit"))
    until = day_field(label=_("Until the end of"), help_text=_("For example 31/5/2024."))
    reason = forms.CharField(
        label=_("Why it may still send"),
        required=False,
        max_length=texts.LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, units: Iterable[UnitFacts] = (), **kwargs: Any) -> None:
        """Offer the units of the year."""
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *((str(unit.id), unit.name) for unit in units)]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]


class Workbook(forms.Form):
    """A workbook to be filled."""

    file = forms.FileField(
        label=_("Workbook (.xlsx)"),
        help_text=_("At most 5 MB, without macros. It is filled and given back, and not kept."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


class Proving(forms.Form):
    """A file, or the code printed on a paper."""

    file = forms.FileField(
        label=_("File of the report"),
        help_text=_("Word, Excel or JSON, as it was downloaded. It is looked at and not kept."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".docx,.xlsx,.json"}),
    )
    code = forms.CharField(
        label=_("Or the code at the end of the paper"),
        help_text=_("For example 0A1B-2C3D-4E5F-6071."),
        required=False,
        max_length=80,
    )
