"""What pupils say that waits for an answer, as one thing on a desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from donghanh.desk.queries.items import Item
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.lib import days
from donghanh.voices import queries as voices


def voices_due(actor: Actor, today: date) -> Iterator[Item]:
    """Yield how many voices wait for an actor's unit, with the nearest last day."""
    if not actor.may(Right.ANSWER_VOICES):
        return
    waiting = voices.waiting(actor, today)
    last = min((row.standing.due for row in waiting if row.standing.due), default=None)
    if last is None:
        return
    yield Item(
        title=ngettext(
            "%(n)s voice of pupils waits for an answer",
            "%(n)s voices of pupils wait for an answer",
            len(waiting),
        )
        % {"n": len(waiting)},
        note=_("The nearest last day is %(day)s") % {"day": days.day(last)},
        href=reverse("voices:listing"),
        action=_("Answer"),
        left=(last - today).days,
    )
