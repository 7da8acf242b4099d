"""Why an action of this room refuses."""

from __future__ import annotations

from typing import ClassVar

from donghanh.domain.errors import RuleError


class ChangedMeanwhile(RuleError):
    """The activity was held or called off meanwhile."""

    code: ClassVar[str] = "activities.changed_meanwhile"


class SchoolMissing(RuleError):
    """Whoever reaches several schools says which of them holds the activity."""

    code: ClassVar[str] = "activities.school_missing"


class SignOver(RuleError):
    """What was scanned is no sign of this activity, or none of the last minutes."""

    code: ClassVar[str] = "activities.sign_over"


class CheckInClosed(RuleError):
    """Nobody can check in at this activity at present."""

    code: ClassVar[str] = "activities.check_in_closed"


class Stopped(RuleError):
    """The pupil's consent does not stand."""

    code: ClassVar[str] = "activities.stopped"
