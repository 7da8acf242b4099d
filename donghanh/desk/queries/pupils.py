"""What pupils asked about their own data, as things on a desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from donghanh.desk.queries.items import Item
from donghanh.domain.authority import Actor
from donghanh.domain.requests import Kind
from donghanh.domain.rules import Rulebook
from donghanh.lib import days
from donghanh.ownfile import queries as ownfile
from donghanh.ownfile import texts


def asked(actor: Actor, today: date, book: Rulebook) -> Iterator[Item]:
    """Yield the requests of pupils that wait for an actor; no name stands on the desk."""
    for request in ownfile.open_for(actor):
        due = ownfile.due_of(request, book)
        fresh = request.acknowledged_at is None and due.acknowledge_by is not None
        last = due.acknowledge_by if fresh else due.last_day
        note = _("Asked on %(day)s") % {"day": days.day(request.asked_date)}
        if last is not None:
            told = _("Acknowledge by %(last)s") if fresh else _("Answer by %(last)s")
            note = f"{note} · {told % {'last': days.day(last)}}"
        yield Item(
            title=_("A pupil asks: %(what)s") % {"what": texts.KINDS[Kind(request.kind)]},
            note=note,
            href=reverse("ownfile:request", args=[request.pk]),
            action=_("Open"),
            left=None if last is None else (last - today).days,
            entry=due.acknowledge_entry if fresh else due.entry,
        )
