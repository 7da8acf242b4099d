"""Why an action of this room refuses what the rules let through."""

from __future__ import annotations

from typing import ClassVar

from donghanh.domain.errors import RuleError


class NotYetHeld(RuleError):
    """The meeting is on a day to come."""

    code: ClassVar[str] = "meetings.in_future"


class BodyEnded(RuleError):
    """The body is no more on the day of the meeting, so it cannot meet on it."""

    code: ClassVar[str] = "meetings.body_ended"


class AlreadyClosed(RuleError):
    """The meeting was closed before; a closed meeting is never changed."""

    code: ClassVar[str] = "meetings.already_closed"


class MeetingChanged(RuleError):
    """Somebody typed or recorded since the closing was looked at."""

    code: ClassVar[str] = "meetings.changed_meanwhile"


class NotReady(RuleError):
    """Something on the agenda was neither dealt with nor put off."""

    code: ClassVar[str] = "meetings.not_ready"


class NobodyOnIt(RuleError):
    """Nobody is on the agenda."""

    code: ClassVar[str] = "meetings.empty"


class OnItTwice(RuleError):
    """The pupil is on the agenda already."""

    code: ClassVar[str] = "meetings.twice"


class TooMany(RuleError):
    """More items than one meeting takes."""

    code: ClassVar[str] = "meetings.too_many"


class NotToBeDecided(RuleError):
    """The body decides no such thing, or the pupil is not to be seen."""

    code: ClassVar[str] = "meetings.not_to_be_decided"


class ClassUnknown(RuleError):
    """The class of the chapter has nobody on the road."""

    code: ClassVar[str] = "meetings.class_unknown"
