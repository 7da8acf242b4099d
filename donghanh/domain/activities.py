"""Activities of ideals education: kinds, days and hours, how many took part, when to check in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import ClassVar

from donghanh.domain.errors import RuleError
from donghanh.domain.reading import parse

#: Signs of a title, a place, an audience, a reason and a plan; limits of the product.
LONGEST_LINE = 200
LONGEST_REASON = 300
LONGEST_PLAN = 4000
#: Signs of each of the two texts by which a unit looks back, and of what a photo shows.
LONGEST_BACK = 2000
LONGEST_ALT = 300
#: So many photos are kept of one activity: enough to remember it by, no album of pupils.
MOST_PHOTOS = 12
#: More than this nobody enters for one activity; a bound of the product, not a figure of anybody.
MOST = 20_000
#: How far ahead an activity may be planned, in days, and how far back one may be kept.
AHEAD = 400
BACK = 3_700
#: How long before the first hour checking in can be opened.
EARLY = timedelta(hours=1)
#: For how long the sign on the screen stays the same, and how many signs back are still taken:
#: whoever has just scanned one has the time to type the own code.
WINDOW = timedelta(minutes=1)
BEFORE = 2


class DayOutside(RuleError):
    """The day lies too far ahead, or too far back."""

    code: ClassVar[str] = "activities.day_outside"


class EndsBeforeItBegins(RuleError):
    """The last hour is not after the first."""

    code: ClassVar[str] = "activities.ends_before_it_begins"


class NumberMissing(RuleError):
    """The day has gone by, and nobody says how many took part."""

    code: ClassVar[str] = "activities.number_missing"


class NumberTooEarly(RuleError):
    """The activity has not begun; nobody can have taken part."""

    code: ClassVar[str] = "activities.number_too_early"


class NumberOutside(RuleError):
    """No activity has so many taking part, or fewer than none."""

    code: ClassVar[str] = "activities.number_outside"


class FewerThanCheckedIn(RuleError):
    """More pupils have checked in than are said to have taken part."""

    code: ClassVar[str] = "activities.fewer_than_checked_in"


class NotTheTime(RuleError):
    """Checking in cannot be opened: too early, or the activity is over."""

    code: ClassVar[str] = "activities.not_the_time"


class KindUnknown(RuleError):
    """There is no such kind of activity on that day."""

    code: ClassVar[str] = "activities.kind_unknown"


class NotHeld(RuleError):
    """Nobody has said yet that it was held; what comes afterwards waits for that."""

    code: ClassVar[str] = "activities.not_held"


class TooManyPhotos(RuleError):
    """As many photos of the activity are kept as may be. Facts: ``most``."""

    code: ClassVar[str] = "activities.too_many_photos"


class Seen(StrEnum):
    """Who can be told on a photo; there is no third: such a photo is not kept."""

    #: Nobody can be recognised.
    NOBODY = "nobody"
    #: Everybody who can be recognised agreed to it; of a child the parents, where the law asks.
    AGREED = "agreed"


class State(StrEnum):
    """Where an activity stands."""

    PLANNED = "planned"
    #: Its day has come or gone by, and nobody has said yet how many took part.
    DUE = "due"
    HELD = "held"
    CALLED_OFF = "called_off"


@dataclass(frozen=True, slots=True)
class Kind:
    """
    A kind of activity.

    Attributes:
        code: Identifier.
        title_vi: Label.
        since: First day it can be chosen.
        until: The day from which it can no longer be chosen, if one is set.
        duty: The part of the dispatch it answers.
        words_vi: The words of the dispatch.
    """

    code: str
    title_vi: str
    since: date
    until: date | None
    duty: int
    words_vi: str


@dataclass(frozen=True, slots=True)
class Hours:
    """The day of an activity and its hours, of the clock of Asia/Ho_Chi_Minh."""

    on: date
    begins: time
    ends: time


@cache
def kinds() -> Mapping[str, Kind]:
    """
    Return the kinds of activities by their codes, in the order of the rulebook.

    >>> kinds()["listening"].duty
    1
    """
    file = files("donghanh.domain") / "rulebook" / "activities.toml"
    top = parse(file.read_text(encoding="utf-8"), "activities.toml")
    return {
        code: Kind(
            code,
            table.table["title_vi"],
            table.table["since"],
            table.table.get("until"),
            table.table["duty"],
            table.table["words_vi"],
        )
        for code, table in top.each()
    }


def kind_on(code: str, today: date) -> Kind:
    """
    Return a kind that can be chosen on a day.

    Raises:
        KindUnknown: There is none of this code, or it is given up.
    """
    found = kinds().get(code)
    if found is None or (found.until is not None and found.until <= today):
        raise KindUnknown(kind=code)
    return found


def check_hours(hours: Hours, today: date) -> None:
    """
    Refuse a day or hours that an activity cannot have.

    Raises:
        DayOutside: More than ``AHEAD`` days ahead, or more than ``BACK`` days back.
        EndsBeforeItBegins: The last hour is not after the first.
    """
    if not -BACK <= (hours.on - today).days <= AHEAD:
        raise DayOutside(on=hours.on)
    if hours.ends <= hours.begins:
        raise EndsBeforeItBegins(begins=hours.begins, ends=hours.ends)


def state(hours: Hours, *, held: bool, called_off: bool, now: datetime) -> State:
    """
    Return where an activity stands at an instant.

    Args:
        hours: Its day and hours.
        held: Whether it is kept that it was held.
        called_off: Whether it was called off.
        now: The instant, as the clock of Asia/Ho_Chi_Minh shows it, without a zone.
    """
    if called_off:
        return State.CALLED_OFF
    if held:
        return State.HELD
    return State.DUE if now > datetime.combine(hours.on, hours.ends) else State.PLANNED


def number(hours: Hours, stated: int | None, checked_in: int, now: datetime) -> int:
    """
    Return how many took part: what the holder states, or else those who checked in.

    Args:
        hours: The day and hours of the activity.
        stated: What the holder says; ``None``: nothing.
        checked_in: How many pupils have checked in.
        now: The instant, as the clock of Asia/Ho_Chi_Minh shows it, without a zone.

    Raises:
        NumberTooEarly: It has not begun.
        NumberMissing: Nothing is stated, and nobody checked in.
        NumberOutside: Below nought, or more than ``MOST``.
        FewerThanCheckedIn: Fewer than have checked in.

    >>> day = Hours(date(2026, 11, 20), time(7), time(9))
    >>> number(day, None, 31, datetime(2026, 11, 20, 9, 5))
    31
    """
    if now < datetime.combine(hours.on, hours.begins):
        raise NumberTooEarly(on=hours.on, begins=hours.begins)
    if stated is None:
        if not checked_in:
            raise NumberMissing(on=hours.on)
        return checked_in
    if not 0 <= stated <= MOST:
        raise NumberOutside(most=MOST)
    if stated < checked_in:
        raise FewerThanCheckedIn(checked_in=checked_in)
    return stated


def opens_until(hours: Hours, now: datetime) -> datetime:
    """
    Return until when checking in, opened at an instant, stays open: the last hour.

    Args:
        hours: The day and hours of the activity.
        now: The instant, as the clock of Asia/Ho_Chi_Minh shows it, without a zone.

    Raises:
        NotTheTime: More than ``EARLY`` before the first hour, or after the last.
    """
    first = datetime.combine(hours.on, hours.begins) - EARLY
    last = datetime.combine(hours.on, hours.ends)
    if not first <= now < last:
        raise NotTheTime(on=hours.on, begins=hours.begins, ends=hours.ends)
    return last


def windows(at: datetime) -> tuple[int, ...]:
    """
    Return the numbers of the windows whose signs are taken at an instant, the present one first.

    Args:
        at: The instant (aware).

    >>> from datetime import UTC
    >>> windows(datetime(1970, 1, 1, 0, 5, 59, tzinfo=UTC))
    (5, 4, 3)
    """
    present = int(at.timestamp() // WINDOW.total_seconds())
    return tuple(present - back for back in range(BEFORE + 1))
