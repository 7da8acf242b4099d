"""Template filters that write a rule and its citation: short beside a value, whole behind a tap."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from donghanh.domain.timeline import Citation, Entry
from donghanh.domain.voting import Base, Threshold
from donghanh.web.templatetags.look import day

register = template.Library()

#: What a value that is a choice says.
_CHOICES: dict[str, Promise] = {
    "received": gettext_lazy("from the day the decision is received"),
    "issued": gettext_lazy("from the day the decision is issued"),
    "day": gettext_lazy("on the birthday"),
    "month": gettext_lazy("by the month of birth"),
    "lower_secondary_diploma": gettext_lazy("lower secondary diploma"),
    "lower_secondary_completed": gettext_lazy("lower secondary programme completed"),
    "required": gettext_lazy("required"),
}

_BASES: dict[Base, Promise] = {
    Base.OFFICIAL_CONVENED: gettext_lazy("of the official members convened"),
    Base.IN_POST: gettext_lazy("of the members in post"),
    Base.CONVENED: gettext_lazy("of those convened"),
    Base.PRESENT: gettext_lazy("of those present"),
}


@register.filter
def cite_short(cite: Citation) -> str:
    """Return number and article: "294-QĐ/TW, 4.3.1"."""
    return ", ".join(part for part in (cite.number, cite.article) if part)


@register.filter
def cite_whole(cite: Citation) -> str:
    """Return issuer, number, day of signing and article: the number alone is used again."""
    parts = (cite.issuer, cite.number, day(cite.signed_on), cite.article)
    return ", ".join(part for part in parts if part)


@register.filter
def unsettled(entry: Entry[object]) -> bool:
    """Tell whether a value still has to be compared with the original."""
    return not entry.settled


@register.filter
def value_of(entry: Entry[object]) -> str:
    """Return the value of a rule in words, with its unit."""
    value = entry.value
    if isinstance(value, Threshold):
        sign = (
            _("more than %(share)s %(base)s") if value.strict else _("at least %(share)s %(base)s")
        )
        share = f"{value.numerator}/{value.denominator}"
        return sign % {"share": share, "base": _BASES[value.base]}
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return _counted(value, entry.unit)
    return str(_CHOICES.get(str(value), value))


def _counted(value: int, unit: str) -> str:
    """Return a number with its unit."""
    words = {
        "working_day": ngettext("%(n)s working day", "%(n)s working days", value),
        "month": ngettext("%(n)s month", "%(n)s months", value),
        "year": ngettext("%(n)s year of age", "%(n)s years of age", value),
        "person": ngettext("%(n)s person", "%(n)s people", value),
        "vote": ngettext("%(n)s vote", "%(n)s votes", value),
    }
    return words.get(unit, "%(n)s") % {"n": value}
