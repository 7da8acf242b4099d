"""Words for kinds of units and for how one became another."""

from __future__ import annotations

from django import template

from donghanh.domain.structure import UnitKind
from donghanh.organisation.texts import KINDS as UNIT_KINDS
from donghanh.reorganisation.texts import KINDS

register = template.Library()


@register.filter
def kind_word(kind: UnitKind) -> str:
    """Return what a kind of unit is called."""
    return str(UNIT_KINDS[kind])


@register.filter
def how_word(how: str) -> str:
    """Return what an operation is called; a name unknown stays as it is."""
    return str(KINDS.get(how, how))
