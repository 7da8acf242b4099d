"""Why an action of this room refuses."""

from __future__ import annotations

from typing import ClassVar

from donghanh.domain.errors import RuleError


class PupilsGone(RuleError):
    """One of the pupils chosen is not in sight: stopped meanwhile, or never was."""

    code: ClassVar[str] = "accompaniment.pupils_gone"


class NobodyChosen(RuleError):
    """No pupil is chosen."""

    code: ClassVar[str] = "accompaniment.nobody_chosen"


class ModelUnknown(RuleError):
    """The library has no such challenge any more."""

    code: ClassVar[str] = "accompaniment.model_unknown"


class NotUnderWay(RuleError):
    """The challenge has not been accepted."""

    code: ClassVar[str] = "accompaniment.not_under_way"


class Over(RuleError):
    """The challenge is finished; it is no longer set aside, and nothing more is told of it."""

    code: ClassVar[str] = "accompaniment.over"


class NotDone(RuleError):
    """The pupil has not said that the challenge is done."""

    code: ClassVar[str] = "accompaniment.not_done"


class AnsweredAlready(RuleError):
    """Somebody answered first."""

    code: ClassVar[str] = "accompaniment.answered_already"


class Stopped(RuleError):
    """The pupil's consent does not stand."""

    code: ClassVar[str] = "accompaniment.stopped"


class StepUnknown(RuleError):
    """The challenge has no such step."""

    code: ClassVar[str] = "accompaniment.step_unknown"


class LeaderUnknown(RuleError):
    """The leader holds no post of a club leader at the school."""

    code: ClassVar[str] = "accompaniment.leader_unknown"


class MeetingBeforeFounding(RuleError):
    """The meeting was before the club was founded."""

    code: ClassVar[str] = "accompaniment.meeting_before_founding"


class NotAMember(RuleError):
    """Somebody ticked is not a member of the club."""

    code: ClassVar[str] = "accompaniment.not_a_member"
