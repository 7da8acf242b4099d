"""Template filters of this room: how far a value may be relied on, where it holds, what differs."""

from __future__ import annotations

from django import template

from donghanh.domain.acts import Branch
from donghanh.domain.comparing import ValueChange
from donghanh.domain.timeline import Confidence, Entry
from donghanh.rulebook import texts

register = template.Library()


@register.filter
def scope_name(scope: str) -> str:
    """Return what a scope is called."""
    return texts.scope(scope)


@register.filter
def standing_shape(entry: Entry[object]) -> str:
    """Return the shape of how far a value may be relied on."""
    return texts.standing(entry)[0]


@register.filter
def standing_word(entry: Entry[object]) -> str:
    """Return the word of how far a value may be relied on."""
    return str(texts.standing(entry)[1])


@register.filter
def difference_shape(change: ValueChange) -> str:
    """Return the shape of a difference."""
    return texts.SHAPES[change.difference]


@register.filter
def difference_word(change: ValueChange) -> str:
    """Return the word of a difference."""
    return str(texts.DIFFERENCES[change.difference])


@register.filter
def confidence_word(confidence: Confidence) -> str:
    """Return how a value was found."""
    return str(texts.CONFIDENCES[confidence])


@register.filter
def branch_word(branch: Branch) -> str:
    """Return what a branch of the road is called."""
    return str(texts.BRANCHES[branch])
