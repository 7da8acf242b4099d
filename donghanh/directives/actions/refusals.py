"""What the room of directives refuses."""

from __future__ import annotations

from typing import ClassVar

from donghanh.domain.errors import RuleError


class AlreadyIssued(RuleError):
    """The directive has been issued before; nothing is issued twice."""

    code: ClassVar[str] = "directives.already_issued"


class ReadingChanged(RuleError):
    """The reading was corrected by somebody else since it was opened."""

    code: ClassVar[str] = "directives.reading_changed"


class NotASchool(RuleError):
    """A unit chosen to receive is not a school of the department."""

    code: ClassVar[str] = "directives.not_a_school"


class AlreadyAnswered(RuleError):
    """The duty was answered before; who answered keeps the answer."""

    code: ClassVar[str] = "duties.already_answered"


class NoLongerAsked(RuleError):
    """The directive was recalled or superseded; its open duties have ended."""

    code: ClassVar[str] = "duties.no_longer_asked"


class AnsweredByReport(RuleError):
    """A duty that a report answers, or one linked with such a one."""

    code: ClassVar[str] = "duties.answered_by_report"


class OneAlone(RuleError):
    """Fewer than two duties would be linked."""

    code: ClassVar[str] = "duties.one_alone"


class LinkedBefore(RuleError):
    """A duty is linked with others already."""

    code: ClassVar[str] = "duties.linked_before"
