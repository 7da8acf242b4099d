"""Writes of the room of pictures."""

from __future__ import annotations

import hashlib
import io
import logging
import secrets
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import IO, ClassVar

from django.conf import settings
from django.db import transaction

from donghanh.domain import authority
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.history import actions as history
from donghanh.lib import picturefile
from donghanh.lib.picturefile import Drawn, Limits, PictureError
from donghanh.pictures import queries
from donghanh.pictures.models import Making, Picture, Rendition

#: After so many attempts a picture stays as it is kept; that is told in the library.
ATTEMPTS = 3
_LATER = timedelta(minutes=2)
_log = logging.getLogger(__name__)


class NotTaken(RuleError):
    """The file is no picture we take; ``why`` is the refusal of the file itself."""

    code: ClassVar[str] = "pictures.not_taken"


class AltMissing(RuleError):
    """Nothing says what the picture shows."""

    code: ClassVar[str] = "pictures.alt_missing"


def upload(
    *,
    actor: Actor,
    unit_id: int,
    file: IO[bytes],
    alt: str,
    at: datetime,
    caption: str = "",
    credit: str = "",
) -> int:
    """
    Keep a picture for a unit, clean; a job draws the smaller sizes.

    Args:
        actor: Who keeps it; writes for the public in the name of that unit.
        unit_id: The unit, a school's for its cell and its Union.
        file: What was sent.
        alt: What the picture shows, for who cannot see it.
        at: The instant (aware, UTC).
        caption: What stands below it.
        credit: Who took it.

    Returns:
        Its number.

    Raises:
        NotAllowed: The post writes nothing for the public, or not for this unit.
        AltMissing: Nothing says what it shows.
        NotTaken: The file is no picture we take; see ``picturefile``.
    """
    authority.require(actor, Right.WRITE_NEWS)
    if unit_id not in {authority.home(actor), *actor.units}:
        raise NotAllowed(right=Right.WRITE_NEWS.value, role=actor.post.role.value)
    said = _said(alt, caption, credit)
    drawn = _kept(file)
    with transaction.atomic():
        made = Picture.objects.create(
            unit_id=unit_id,
            token=secrets.token_urlsafe(16),
            width=drawn.width,
            height=drawn.height,
            uploaded_at=at,
            uploaded_by_id=actor.user_id,
            **said,
        )
        Rendition.objects.create(
            picture=made,
            format=drawn.format.value,
            width=drawn.width,
            height=drawn.height,
            data=drawn.data,
        )
        Making.objects.create(picture=made, due_at=at)
        facts = {"unit": unit_id, "digest": hashlib.sha256(drawn.data).hexdigest()}
        _record(actor, at, "pictures.uploaded", made, facts)
    return int(made.pk)


def _kept(file: IO[bytes]) -> Drawn:
    size = getattr(file, "size", None)
    if size is None:
        size = file.seek(0, io.SEEK_END)
    file.seek(0)
    limits = Limits(size=settings.PICTURE_MOST_BYTES, points=settings.PICTURE_MOST_POINTS)
    try:
        return picturefile.kept(file, int(size), limits)
    except PictureError as error:
        raise NotTaken(why=error) from error


def _said(alt: str, caption: str, credit: str) -> dict[str, str]:
    said = {"alt": _line(alt), "caption": _line(caption), "credit": _line(credit)}
    if not said["alt"]:
        raise AltMissing
    return said


def _line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


@transaction.atomic
def describe(
    *, actor: Actor, picture_id: int, alt: str, caption: str, credit: str, at: datetime
) -> None:
    """
    Say anew what a picture shows, what stands below it and who took it.

    Raises:
        Picture.DoesNotExist: Unknown, not visible to the actor, or taken down.
        NotAllowed: The post writes nothing for the public.
        AltMissing: Nothing says what it shows.
    """
    picture = queries.visible_to(actor).select_for_update(of=("self",)).get(pk=picture_id)
    for name, value in _said(alt, caption, credit).items():
        setattr(picture, name, value)
    picture.save(update_fields=["alt", "caption", "credit"])
    _record(actor, at, "pictures.described", picture, {"unit": picture.unit_id})


@transaction.atomic
def take_down(*, actor: Actor, picture_id: int, at: datetime) -> None:
    """
    Take a picture down for good: its addresses answer nothing from now on, its bytes are gone.

    Raises:
        Picture.DoesNotExist: Unknown, not visible to the actor, or taken down already.
        NotAllowed: The post writes nothing for the public.
    """
    _gone(actor, queries.visible_to(actor).filter(pk=picture_id).get(), at)


@transaction.atomic
def take_down_shown(*, actor: Actor, picture_ids: Iterable[int], at: datetime) -> None:
    """
    Take pictures down for good with what showed them; the room that did has asked who may.

    Args:
        actor: Who takes down what showed them.
        picture_ids: Their numbers; what was taken down already is passed over.
        at: The instant (aware, UTC).
    """
    found = Picture.objects.filter(pk__in=list(picture_ids), taken_down_at=None)
    for picture in found.order_by("pk"):
        _gone(actor, picture, at)


def _gone(actor: Actor, found: Picture, at: datetime) -> None:
    """
    Take the bytes and the words of a picture away, and leave a line.

    Raises:
        Picture.DoesNotExist: Somebody else was faster.
    """
    still = Picture.objects.select_for_update(of=("self",)).filter(taken_down_at=None)
    picture = still.get(pk=found.pk)
    picture.renditions.all().delete()
    picture.alt = picture.caption = picture.credit = ""
    picture.taken_down_at, picture.taken_down_by_id = at, actor.user_id
    picture.save()
    _record(actor, at, "pictures.taken_down", picture, {"unit": picture.unit_id})


def make_waiting(*, at: datetime, stopped: Callable[[], bool] = lambda: False) -> int:
    """
    Draw the pictures that wait in the sizes pages need; return how many were drawn.

    A job's work: what it writes is drawn from what an action kept, and leaves no line. What was
    taken down meanwhile is left alone.

    Args:
        at: The instant (aware, UTC).
        stopped: Asked before each picture; what is left then waits until the next run.
    """
    done = 0
    while not stopped():
        waiting = Making.objects.filter(state="waiting", due_at__lte=at)
        one = waiting.filter(picture__taken_down_at=None).order_by("due_at", "id").first()
        if one is None:
            return done
        done += _make(one, at)
    return done


def _make(one: Making, at: datetime) -> bool:
    kept = Rendition.objects.filter(picture_id=one.picture_id, format="jpeg")
    data = kept.order_by("-width").values_list("data", flat=True).first()
    try:
        drawn = list(picturefile.renditions(bytes(data or b"")))
    except (OSError, ValueError, MemoryError):
        _log.exception("Picture %s could not be drawn smaller.", one.picture_id)
        drawn = []
    with transaction.atomic():
        picture = Picture.objects.select_for_update().get(pk=one.picture_id)
        making = Making.objects.get(pk=one.pk)
        if picture.taken_down_at is not None or making.state != "waiting":
            return False
        if not drawn:
            making.failed += 1
            making.state = "failed" if making.failed >= ATTEMPTS else "waiting"
            making.due_at = at + _LATER
            making.save()
            return False
        Rendition.objects.bulk_create(
            Rendition(
                picture=picture,
                format=each.format.value,
                width=each.width,
                height=each.height,
                data=each.data,
            )
            for each in drawn
        )
        making.state = "ready"
        making.save(update_fields=["state"])
    return True


def _record(
    actor: Actor, at: datetime, action: str, picture: Picture, facts: Mapping[str, object]
) -> None:
    history.record(
        at=at,
        actor=actor,
        action=action,
        subject="picture",
        subject_id=picture.pk,
        facts=facts,
    )
