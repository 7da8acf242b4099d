"""Template filters for how targets are written; they know no table and no rule."""

from __future__ import annotations

from fractions import Fraction

from django import template

from donghanh.lib import charts
from donghanh.targets import texts
from donghanh.targets.queries import UnitLine

register = template.Library()


@register.filter
def count(value: int | None) -> str:
    """Write a count, thousands parted by a point; a dash where there is none."""
    return charts.number(value)


@register.filter
def without_sign(value: int) -> str:
    """Write how far a number lies from nought."""
    return charts.number(abs(value))


@register.filter
def share(value: Fraction | None) -> str:
    """Write a share in percent; a dash where there is none."""
    return texts.share(value)


@register.filter
def forecast(row: UnitLine) -> str:
    """Write what can be reached by dates alone; where too few are left to be told, says so."""
    if row.whole and row.ahead is None:
        return charts.number(None)
    return texts.forecast(row.result, row.ahead)
