"""What pupils say, as things on a desk: to answer, risen from below, asked about, to confirm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from donghanh.desk.queries.items import Item
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.lib import days
from donghanh.voices import queries as voices
from donghanh.voices.queries import Pressing, Row


def pressing(actor: Actor, today: date) -> Pressing | None:
    """Return what waits of voices; ``None`` for who neither answers nor moderates."""
    if not (actor.may(Right.ANSWER_VOICES) or actor.may(Right.MODERATE_VOICES)):
        return None
    return voices.pressing(actor, today)


def due(found: Pressing, today: date) -> Iterator[Item]:
    """Yield what an actor has to do about voices, each kind as one thing; no text of a pupil."""
    listing = reverse("voices:listing")
    if found.urgent:
        yield Item(
            title=ngettext(
                "%(n)s voice tells of danger to somebody",
                "%(n)s voices tell of danger to somebody",
                len(found.urgent),
            )
            % {"n": len(found.urgent)},
            note=_("Act on it today: an emergency waits for no last day"),
            href=f"{listing}?loc=urgent",
            action=_("Read"),
            left=min(0, _left(found.urgent, today)),
        )
    if found.risen:
        yield Item(
            title=ngettext(
                "%(n)s voice came up to you, unanswered below",
                "%(n)s voices came up to you, unanswered below",
                len(found.risen),
            )
            % {"n": len(found.risen)},
            note=_last(found.risen, today),
            href=f"{listing}?loc=late",
            action=_("Answer"),
            left=_left(found.risen, today),
        )
    if found.mine:
        yield Item(
            title=ngettext(
                "%(n)s voice of pupils waits for an answer",
                "%(n)s voices of pupils wait for an answer",
                len(found.mine),
            )
            % {"n": len(found.mine)},
            note=_last(found.mine, today),
            href=listing,
            action=_("Answer"),
            left=_left(found.mine, today),
        )
    yield from _beside(found)


def _beside(found: Pressing) -> Iterator[Item]:
    """Yield what has no last day: what moderators below asked, what a second person confirms."""
    listing = reverse("voices:listing")
    if found.asked:
        yield Item(
            title=ngettext(
                "%(n)s voice: those below ask what you make of it",
                "%(n)s voices: those below ask what you make of them",
                len(found.asked),
            )
            % {"n": len(found.asked)},
            note=_("They have no moderator of their own"),
            href=listing,
            action=_("Look at it"),
        )
    if found.to_confirm:
        yield Item(
            title=ngettext(
                "%(n)s answer is to be made public",
                "%(n)s answers are to be made public",
                found.to_confirm,
            )
            % {"n": found.to_confirm},
            note=_("You are the second person who looks at it"),
            href=listing,
            action=_("Look at it"),
        )


def gone(found: Pressing, today: date) -> Iterator[Item]:
    """Yield what lies one level up by now, because the own unit did not answer."""
    if found.gone:
        yield Item(
            title=ngettext(
                "%(n)s voice lies one level up, because you did not answer in time",
                "%(n)s voices lie one level up, because you did not answer in time",
                len(found.gone),
            )
            % {"n": len(found.gone)},
            note=_last(found.gone, today),
            href=f"{reverse('voices:listing')}?loc=late",
            action=_("Read"),
            waiting=-_left(found.gone, today),
        )


def _left(rows: Sequence[Row], today: date) -> int:
    """Return the days left to the nearest last day; a voice that waits always has one."""
    return min((row.standing.due - today).days for row in rows if row.standing.due)


def _last(rows: Sequence[Row], today: date) -> str:
    last = min(row.standing.due for row in rows if row.standing.due)
    told = _("The last day was %(day)s") if last < today else _("The nearest last day is %(day)s")
    return told % {"day": days.day(last)}
