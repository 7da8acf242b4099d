"""What the room refuses."""

from __future__ import annotations

from typing import ClassVar

from donghanh.domain.errors import RuleError


class NotOpen(RuleError):
    """The report has been sent and is frozen."""

    code: ClassVar[str] = "reports.not_open"


class AlreadySent(RuleError):
    """The report has been sent before."""

    code: ClassVar[str] = "reports.already_sent"


class ChangedMeanwhile(RuleError):
    """Somebody else has changed the report since it was looked at."""

    code: ClassVar[str] = "reports.changed_meanwhile"


class SentAgain(RuleError):
    """The report was returned and sent again since the department looked at it."""

    code: ClassVar[str] = "reports.sent_again"


class NotSent(RuleError):
    """The report is not waiting for the department's answer."""

    code: ClassVar[str] = "reports.not_sent"


class CommentMissing(RuleError):
    """A report is returned without saying what to correct."""

    code: ClassVar[str] = "reports.comment_missing"


class NothingAccepted(RuleError):
    """There is no accepted report to consolidate."""

    code: ClassVar[str] = "reports.nothing_accepted"


class TooLong(RuleError):
    """A text is longer than a report or a comment may be."""

    code: ClassVar[str] = "reports.too_long"


class FiguresMoved(RuleError):
    """The cases have changed since the sender looked at the figures."""

    code: ClassVar[str] = "reports.figures_moved"


class ConsolidatedMeanwhile(RuleError):
    """A version has been made since the page was looked at."""

    code: ClassVar[str] = "reports.consolidated_meanwhile"
