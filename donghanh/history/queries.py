"""Reads of the room of history, and the verification of its chain."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import TruncDate

from donghanh.history.models import LISTED, Event, Head, Verification
from donghanh.lib import clock

#: What stands before the first line.
START = "0" * 64
#: The first part of what every digest is taken of; another one would be another chain.
VERSION = "donghanh history 1"
#: How many lines are held at once while the chain is read.
_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Broken:
    """
    The first place at which the chain does not hold.

    Attributes:
        position: The place in the chain, from 1.
        line: The number of the line there; ``None`` where there is none any more.
        why: ``gap``, ``gone``, ``order``, ``changed``, ``cut``, ``head`` or ``unlinked``.
    """

    position: int
    line: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Verified:
    """
    What reading the chain showed.

    Attributes:
        lines: How many lines were read and hold.
        digest: The digest of the last of them.
        broken: The first place that does not hold, if any.
        stands: Whether the digest asked about stands in the chain; ``None`` if none was.
    """

    lines: int
    digest: str
    broken: Broken | None
    stands: bool | None = None


@dataclass(frozen=True, slots=True)
class Viewing:
    """That somebody saw a pupil in lists on a day: how often, and when last."""

    name: str
    role: str
    day: date
    last: datetime
    times: int


def about(subject: str, subject_id: int) -> QuerySet[Event]:
    """
    Return the lines about one thing, newest first, with who acted.

    The caller has already made sure that the reader may see the thing.
    """
    lines = Event.objects.filter(subject=subject, subject_id=subject_id)
    return lines.select_related("actor").order_by("-id")


def viewings(*, dossier_id: int | None, person_id: int, most: int) -> list[Viewing]:
    """
    Return who saw a pupil in a list, by person, post and day, the newest first.

    The caller has already made sure that the reader may know.

    Args:
        dossier_id: The pupil's case, if there is one.
        person_id: The pupil, who is listed by this number before there is a case.
        most: How many are returned at most.
    """
    listed = Q(facts__contains={"persons": [person_id]})
    if dossier_id is not None:
        listed |= Q(facts__contains={"dossiers": [dossier_id]})
    found = (
        Event.objects.filter(listed, action__in=LISTED)
        .annotate(day=TruncDate("at", tzinfo=clock.ZONE))
        .values_list("actor__name", "role", "day", "actor_id")
        .annotate(last=Max("at"), times=Count("id"))
        .order_by("-last", "actor_id")
    )
    return [
        Viewing(name=name, role=role, day=day, last=last, times=times)
        for name, role, day, _, last, times in found[:most]
    ]


def newest() -> Head:
    """
    Return the end of the chain.

    Raises:
        Head.DoesNotExist: Somebody took it away.
    """
    return Head.objects.get(pk=1)


def last_verification() -> Verification | None:
    """Return what the last reading of the whole chain showed."""
    return Verification.objects.order_by("-id").first()


def text_of(position: int, previous: str, line: Sequence[Any]) -> bytes:
    """
    Return what the digest of a line is taken of: twelve parts, each with its length before it.

    Args:
        position: The place in the chain, from 1.
        previous: The digest of the line before.
        line: Its number, instant, actor's number, role, unit's code, action, subject, the subject's
            number, and the facts as the database writes them.
    """
    number, at, actor, role, unit, action, subject, subject_id, facts = line
    instant = at.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"
    parts = (
        *(VERSION, str(position), previous, str(number), instant),
        *("" if actor is None else str(actor), role, unit, action, subject, str(subject_id), facts),
    )
    return "".join(map(_part, parts)).encode()


def _part(text: str) -> str:
    return f"{len(text) if text.isascii() else len(text.encode())}:{text},"


#: One statement, so that what is committed meanwhile does not show: the end as it was, every link.
_CHAIN = """
SELECT link.position, link.event_id, link.previous, link.digest,
       event.id, event.at, event.actor_id, event.role, event.unit_code, event.action,
       event.subject, event.subject_id, event.facts::text
  FROM history_link AS link LEFT JOIN history_event AS event ON event.id = link.event_id
 WHERE link.position > %s AND link.position <= %s
 ORDER BY link.position
"""
_UNLINKED = """
SELECT min(event.id) FROM history_event AS event
 WHERE NOT EXISTS (SELECT FROM history_link AS link WHERE link.event_id = event.id)
"""
#: The head and the last link as they are at one moment.
_END = """
SELECT head.position, head.digest, (SELECT max(position) FROM history_link)
  FROM (VALUES (1)) AS one (id) LEFT JOIN history_head AS head USING (id)
"""
#: Before every place there can be; a link slipped in before the first is read, and found.
_BEFORE = -(2**63)


def verify(*, since: str | None = None, after: int = 0) -> Verified:
    """
    Read the chain in order and compute every digest anew, in Python.

    Lines are read as a stream, in little memory however many there are; a page gives ``after``.

    Args:
        since: A digest kept elsewhere; whether it stands in the chain is told.
        after: Begin after this place, and take the digest that stands there for granted; lines
            beside the chain are looked for only where it is 0.
    """
    with connection.cursor() as cursor:
        cursor.execute(_END)
        kept, kept_digest, last = cursor.fetchone()
    position, digest, stands = after, _digest_at(after), since == START
    for row in _chain(after, last or 0):
        broken = _broken(position, digest, row)
        if broken is not None:
            return Verified(position - after, digest, broken, _told(since, stands))
        position, digest = row[0], row[3]
        stands = stands or digest == since
    broken = _end(kept, kept_digest, position, digest) or (None if after else _unlinked(position))
    return Verified(position - after, digest, broken, _told(since, stands))


def _chain(after: int, last: int) -> Iterator[tuple[Any, ...]]:
    with closing(connection.chunked_cursor()) as cursor:
        cursor.execute(_CHAIN, [after or _BEFORE, last])
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from rows


def _digest_at(position: int) -> str:
    if position == 0:
        return START
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM history_link WHERE position = %s", [position])
        found = cursor.fetchone()
    return found[0] if found else ""


def _broken(position: int, digest: str, row: tuple[Any, ...]) -> Broken | None:
    """Return how a link does not hold after the one before it."""
    place, number, previous, told, *line = row
    if place != position + 1:
        return Broken(position + 1, None, "gap")
    if line[0] is None:
        return Broken(place, number, "gone")
    if previous != digest:
        return Broken(place, number, "order")
    if hashlib.sha256(text_of(place, previous, line)).hexdigest() != told:
        return Broken(place, number, "changed")
    return None


def _end(kept: int | None, kept_digest: str, position: int, digest: str) -> Broken | None:
    """Return how the end that was read is not the end that is kept."""
    if (kept, kept_digest) == (position, digest):
        return None
    if kept is not None and kept > position:
        return Broken(position + 1, None, "cut")
    return Broken(position, None, "head")


def _unlinked(position: int) -> Broken | None:
    """Return the first line that stands beside the chain."""
    with connection.cursor() as cursor:
        cursor.execute(_UNLINKED)
        number = cursor.fetchone()[0]
    return None if number is None else Broken(position + 1, number, "unlinked")


def _told(since: str | None, stands: bool) -> bool | None:
    return None if since is None else stands
