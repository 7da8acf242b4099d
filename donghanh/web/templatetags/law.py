"""Template filters that write a rule and its citation: short beside a value, whole behind a tap."""

from __future__ import annotations

from django import template

from donghanh.domain.timeline import Citation, Entry
from donghanh.rulebook import texts
from donghanh.web.templatetags.look import day

register = template.Library()


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
    return texts.value(entry)
