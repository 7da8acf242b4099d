"""Photos of an activity: who sees them, and their bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from donghanh.activities import texts
from donghanh.activities.models import Photo
from donghanh.activities.queries import found
from donghanh.domain.activities import Seen
from donghanh.domain.authority import Actor
from donghanh.domain.looking import Way
from donghanh.lib.picturefile import WIDTHS

#: Who looks so sees photos: bodies, never who walks with some pupils alone.
_WAYS = frozenset({Way.CASES, Way.EDUCATION, Way.COUNTS})


@dataclass(frozen=True, slots=True)
class Photographed:
    """One photo as the page of an activity shows it; width and height are those of the small."""

    id: int
    alt: str
    seen: str
    width: int
    height: int


def photos_in_sight(actor: Actor, activity_id: int, now: datetime) -> QuerySet[Photo]:
    """
    Return the photos of an activity an actor may see, in no order.

    Args:
        actor: Who looks: reads activities for a body.
        activity_id: The activity; of one not visible to the actor there are none.
        now: The instant (aware, UTC).
    """
    if actor.reach.way not in _WAYS:
        return Photo.objects.none()
    seen = found.visible_to(actor, found.local(now).date()).filter(pk=activity_id)
    return Photo.objects.filter(activity__in=seen)


def photographed(actor: Actor, activity_id: int, now: datetime) -> tuple[Photographed, ...]:
    """Return the photos of an activity for its page, the first kept first; one statement."""
    rows = photos_in_sight(actor, activity_id, now).order_by("pk")
    return tuple(
        _photographed(*row) for row in rows.values_list("pk", "alt", "seen", "width", "height")
    )


def _photographed(pk: int, alt: str, seen: str, width: int, height: int) -> Photographed:
    share = min(1.0, WIDTHS[0] / width)
    small = (round(width * share), max(1, round(height * share)))
    return Photographed(pk, alt, str(texts.SEEN[Seen(seen)]), *small)


def photo_bytes(
    actor: Actor, activity_id: int, photo_id: int, now: datetime, *, small: bool
) -> tuple[bytes, str]:
    """
    Return a photo as a JPEG, with the digest of what was kept.

    Raises:
        Photo.DoesNotExist: Unknown, gone, or not visible to the actor.
    """
    rows = photos_in_sight(actor, activity_id, now).filter(pk=photo_id)
    found_ = rows.values_list("small" if small else "data", "digest").first()
    if found_ is None:
        raise Photo.DoesNotExist
    return bytes(found_[0]), found_[1]
