"""Template filters for how days, shares and names look; they know no table and no rule."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from donghanh.lib import clock, days

register = template.Library()


@register.simple_tag
def lit(text: str, key: str, kind: str = "read", part: str = "") -> SafeString:
    """
    Mark a stretch of a paper that was read; it lights up with ``<c-read-row>`` of the same key.

    A tag and not a component, because a paper's blanks must stay as they are around the mark.

    Args:
        text: The words as they stand.
        key: The field's key; without script the stretch links to that field.
        kind: ``read``, ``doubt`` or ``target``.
        part: Told where one field was read out of several stretches, so that ids stay unique.
    """
    name = f"{key}-{part}" if part else key
    return format_html(
        '<mark class="lit is-{}" id="lit-{}" data-key="{}"><a href="#read-{}">{}</a></mark>',
        kind,
        name,
        key,
        key,
        text,
    )


@register.filter
def percent(value: object, total: object) -> str:
    """
    Give a share as an SVG length between 0 % and 100 %.

    Args:
        value: The part, a whole number; anything else counts as nothing.
        total: The whole; nought and less give 0 %.

    Returns:
        A length such as ``"37.5%"``, with a point whatever the language.
    """
    part, whole = _count(value), _count(total)
    if whole <= 0:
        return "0%"
    share = min(Fraction(1), max(Fraction(0), Fraction(part, whole)))
    return f"{float(share * 100):.4g}%"


def _count(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        return 0


@register.filter
def larger(value: object, other: object) -> int:
    """Return the larger of two counts; what is not a number counts as nothing."""
    return max(_count(value), _count(other))


@register.filter
def initials(name: object) -> str:
    """
    Give the two letters an avatar shows: of the first and the last word, as names are said here.

    Returns:
        Capital letters, ``""`` for an empty name.
    """
    words = [word for word in str(name or "").split() if word[0].isalnum()]
    picked = words[:1] if len(words) == 1 else [*words[:1], *words[-1:]]
    return "".join(word[0] for word in picked).upper()


@register.filter
def day(value: date | None) -> str:
    """
    Write a day as official papers do: 05/10/2025, 10/6/2024, 27/02/2026.

    Days under ten and the months one and two carry a nought.

    Source: Decree 30/2020/NĐ-CP, appendix I, on writing the date of a paper.
    """
    if value is None:
        return ""
    return days.day(value)


@register.filter
def weekday(value: date | None) -> str:
    """Name the day of the week, in small letters, for the middle of a sentence."""
    if value is None:
        return ""
    names = (
        pgettext("weekday", "Monday"),
        pgettext("weekday", "Tuesday"),
        pgettext("weekday", "Wednesday"),
        pgettext("weekday", "Thursday"),
        pgettext("weekday", "Friday"),
        pgettext("weekday", "Saturday"),
        pgettext("weekday", "Sunday"),
    )
    return names[days.local(value).weekday()]


@register.filter
def long_day(value: date | None) -> str:
    """Write a day with its weekday, for places where a clock runs."""
    if value is None:
        return ""
    return _("%(weekday)s %(day)s") % {"weekday": weekday(value), "day": day(value)}


@register.filter
def instant(value: datetime | None) -> str:
    """Write an instant in Asia/Ho_Chi_Minh: 21/11/2025 08:12."""
    if value is None:
        return ""
    return f"{day(value)} {value.astimezone(clock.ZONE):%H:%M}"
