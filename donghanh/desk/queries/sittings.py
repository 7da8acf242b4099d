"""The meetings that stand on a desk: today's, those soon to come, and those not closed yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from donghanh.desk.queries.items import NEAR, Item
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.lib import days
from donghanh.meetings import queries as meetings


def planned(actor: Actor, today: date) -> Iterator[Item]:
    """Yield the meetings an actor has planned for today or soon, and those still to be closed."""
    if not actor.may(Right.RECORD_ACTS):
        return
    near = meetings.visible_to(actor).filter(
        closed_at=None, on_date__lte=today + timedelta(days=NEAR)
    )
    for meeting in near.order_by("on_date", "id"):
        held = meeting.on_date < today
        on = {"day": days.day(meeting.on_date)}
        yield Item(
            title=meeting.get_body_display(),
            note=_("Held on %(day)s, not closed yet") % on if held else _("On %(day)s") % on,
            href=reverse("meetings:meeting", args=[meeting.pk]),
            action=_("Close it") if held else _("Open"),
            left=(meeting.on_date - today).days,
        )
