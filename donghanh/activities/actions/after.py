"""What comes after an activity was held: how the unit looks back, and photos of it."""

from __future__ import annotations

import hashlib
import io
from datetime import datetime
from typing import IO

from django.conf import settings
from django.db import transaction

from donghanh.activities import queries
from donghanh.activities.actions.refusals import ChangedMeanwhile
from donghanh.activities.actions.writing import locked, record
from donghanh.activities.models import Activity, Photo
from donghanh.domain import accompanying, activities
from donghanh.domain.activities import Seen
from donghanh.domain.authority import Actor
from donghanh.lib import picturefile
from donghanh.lib.picturefile import Drawn, Limits, PictureError
from donghanh.pictures.actions import NotTaken


@transaction.atomic
def look_back(
    *,
    actor: Actor,
    activity_id: int,
    went_well: str,
    next_time: str,
    before: datetime | None,
    at: datetime,
) -> None:
    """
    Keep what went well at a held activity, and what the next time needs; either may be empty.

    Args:
        actor: Who holds it.
        activity_id: The activity.
        went_well: What went well.
        next_time: What the next time needs.
        before: When it was looked back last, as who writes saw it; ``None``: never.
        at: The instant (aware, UTC).

    Raises:
        Activity.DoesNotExist: Unknown, or of another unit.
        NotAllowed: The post holds none.
        NotHeld: It was not held, or nobody has said so yet.
        ChangedMeanwhile: Somebody else looked back since.
        TextMissing, TextTooLong: See ``domain.accompanying``; missing where both are empty.
    """
    one = locked(actor, activity_id).get()
    if one.held_at is None:
        raise activities.NotHeld
    if one.looked_back_at != before:
        raise ChangedMeanwhile
    if not went_well.strip() and not next_time.strip():
        raise accompanying.TextMissing
    one.went_well, one.next_time = _perhaps(went_well), _perhaps(next_time)
    one.looked_back_at = at
    one.save(update_fields=["went_well", "next_time", "looked_back_at"])
    record(actor, at, "activities.looked_back", activity_id, {})


def _perhaps(text: str) -> str:
    return accompanying.written(text, activities.LONGEST_BACK) if text.strip() else ""


def add_photo(
    *, actor: Actor, activity_id: int, file: IO[bytes], alt: str, seen: Seen, at: datetime
) -> int:
    """
    Keep a photo of a held activity, drawn anew; the same one sent twice is kept once.

    Args:
        actor: Who holds the activity.
        activity_id: The activity.
        file: What was sent.
        alt: What the photo shows, for who cannot see it.
        seen: Who can be told on it, as the actor says.
        at: The instant (aware, UTC).

    Returns:
        The number of the photo.

    Raises:
        Activity.DoesNotExist: Unknown, or of another unit.
        NotAllowed: The post holds none.
        NotHeld: It was not held, or nobody has said so yet.
        TooManyPhotos: As many are kept as may be.
        TextMissing, TextTooLong: See ``domain.accompanying``.
        NotTaken: The file is no picture we take; see ``picturefile``.
    """
    _held(queries.held_by(actor).get(pk=activity_id))
    said = accompanying.written(" ".join(alt.split()), activities.LONGEST_ALT)
    # Drawing takes its time: nobody waits for a lock meanwhile.
    whole = _kept(file)
    small = next(picturefile.renditions(whole.data)) if _large(whole) else whole
    digest = hashlib.sha256(whole.data).hexdigest()
    with transaction.atomic():
        one = locked(actor, activity_id).get()
        _held(one)
        known = one.photos.filter(digest=digest).values_list("pk", flat=True).first()
        if known is not None:
            return known
        if one.photos.count() >= activities.MOST_PHOTOS:
            raise activities.TooManyPhotos(most=activities.MOST_PHOTOS)
        made = Photo.objects.create(
            activity=one,
            alt=said,
            seen=seen.value,
            digest=digest,
            width=whole.width,
            height=whole.height,
            data=whole.data,
            small=small.data,
            added_at=at,
            added_by_id=actor.user_id,
        )
        facts = {"photo": made.pk, "digest": digest, "seen": seen.value}
        record(actor, at, "activities.photo_kept", activity_id, facts)
    return int(made.pk)


def _held(one: Activity) -> None:
    if one.held_at is None:
        raise activities.NotHeld


def _large(drawn: Drawn) -> bool:
    """Tell whether a photo is wider than lists show it: then its first rendition is a JPEG."""
    return drawn.width > picturefile.WIDTHS[0]


def _kept(file: IO[bytes]) -> Drawn:
    size = file.seek(0, io.SEEK_END) if getattr(file, "size", None) is None else file.size  # type: ignore[attr-defined]  # of what was sent
    file.seek(0)
    limits = Limits(size=settings.PICTURE_MOST_BYTES, points=settings.PICTURE_MOST_POINTS)
    try:
        return picturefile.kept(file, size, limits)
    except PictureError as error:
        raise NotTaken(why=error) from error


@transaction.atomic
def remove_photo(*, actor: Actor, activity_id: int, photo_id: int, at: datetime) -> None:
    """
    Take a photo of an activity away for good: its bytes and its words go.

    Raises:
        Activity.DoesNotExist: Unknown, or of another unit.
        Photo.DoesNotExist: Unknown, of another activity, or gone already.
        NotAllowed: The post holds none.
    """
    one = locked(actor, activity_id).get()
    one.photos.only("pk").get(pk=photo_id).delete()
    record(actor, at, "activities.photo_removed", activity_id, {"photo": photo_id})
